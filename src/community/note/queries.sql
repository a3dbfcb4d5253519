-- name: section_list many
-- doc: The sections, in the operator's order.
-- remembered: sections()
select key, name_en, name_zh from section where open order by position, key limit 100;

-- name: section_of one
-- doc: One section.
-- args: key text
-- remembered: sections()
select key, name_en, name_zh, open from section where key = $key;

-- name: note_insert run
-- doc: A new note.
-- args: id id, author id, kind int, audience int, state int, who_comments int, about_kind int, about id, section text, lang text, title text, body text, simulated bool, cover text, cover_width int, cover_height int, cover_colour int, cover_alt text
-- changes: note($id), author($author)
insert into note(id, author, kind, audience, state, who_comments, about_kind, about, section, lang,
                 title, body, simulated, cover, cover_width, cover_height, cover_colour, cover_alt)
values ($id, $author, $kind, $audience, $state, $who_comments, $about_kind, $about, $section, $lang,
        $title, $body, $simulated, $cover, $cover_width, $cover_height, $cover_colour, $cover_alt);

-- name: note_update run
-- doc: A note as its author changed it.
-- args: id id, kind int, audience int, who_comments int, about_kind int, about id, section text, lang text, title text, body text, edited time, cover text, cover_width int, cover_height int, cover_colour int, cover_alt text
-- changes: note($id), author(in C)
update note set kind = $kind, audience = $audience, who_comments = $who_comments,
       about_kind = $about_kind, about = $about, section = $section, lang = $lang, title = $title,
       body = $body, edited = $edited, cover = $cover, cover_width = $cover_width,
       cover_height = $cover_height, cover_colour = $cover_colour, cover_alt = $cover_alt
 where id = $id;

-- name: note_remove run
-- doc: A scheduled note that is taken back.
-- args: id id
-- changes: note($id), author(in C)
delete from note where id = $id and state = 6;

-- name: note_set_audience run
-- doc: Who a note is for from now on.
-- args: id id, audience int
-- changes: note($id), author(in C)
update note set audience = $audience where id = $id;

-- name: note_set_told run
-- doc: The log has heard of a note.
-- args: id id
-- changes: note($id), author(in C)
update note set told = true where id = $id;

-- name: note_set_answer run
-- doc: The comment that answers a note; 0 = none.
-- args: id id, answer id
-- changes: note($id), author(in C)
update note set answer = $answer where id = $id;

-- name: note_version_add run
-- doc: What a note said until now, under the next number.
-- args: note id, title text, body text, at time
insert into note_version(note, n, title, body, at)
select $note, coalesce(max(v.n), 0) + 1, $title, $body, $at from note_version v where v.note = $note;

-- name: note_versions many
-- doc: What a note said before, newest first.
-- args: note id
select n, title, body, at from note_version where note = $note order by n desc limit 100;

-- name: note_attachments_clear run
-- doc: A note's photos, before it gets others.
-- args: note id
-- changes: note($note)
delete from note_attachment where note = $note;

-- name: notes_of_media many
-- doc: Notes that show one of these photos, and which.
-- args: ids ids
select note, media from note_attachment where media in $ids order by note desc limit 100;

-- name: note_attachment_insert run
-- doc: One photo of a note.
-- args: note id, position int, media id, alt text, look int
-- changes: note($note)
insert into note_attachment(note, position, media, alt, look)
values ($note, $position, $media, $alt, $look);

-- name: draft_insert run
-- doc: A new draft.
-- args: id id, author id, title text, cover text, form text, saved time
insert into draft(id, author, title, cover, form, saved)
values ($id, $author, $title, $cover, $form, $saved);

-- name: draft_update run
-- doc: A draft as it stands now.
-- args: id id, title text, cover text, form text, saved time
update draft set title = $title, cover = $cover, form = $form, saved = $saved where id = $id;

-- name: draft_schedule run
-- doc: A draft is a scheduled note from now on, or a draft again.
-- args: id id, note id, due time
update draft set note = $note, due = $due where id = $id;

-- name: draft_row one
-- doc: One draft, whoever asks.
-- args: id id
select id, author, note, due, title, cover, form, saved from draft where id = $id;

-- name: draft_of_note one
-- doc: The form of a scheduled note.
-- args: note id
select id, form from draft where note = $note;

-- name: draft_list many
-- doc: Somebody's drafts and scheduled notes, last saved first.
-- args: author id
select id, note, due, title, cover, saved from draft
 where author = $author order by saved desc, id desc limit 100;

-- name: draft_count one
-- doc: How many drafts somebody has.
-- args: author id
-- cols: n int
select count(*) as n from draft where author = $author;

-- name: draft_delete run
-- doc: A draft that is not needed any more.
-- args: id id
delete from draft where id = $id;

-- name: note_media many
-- doc: The photos and videos that a note in the making names, as their owner has them.
-- args: ids ids, owner id
select id, kind, hash, width, height, colour, alt, machine_made from media_shown
 where id in $ids and owner = $owner limit 18;

-- name: note_media_unready many
-- doc: The videos among them that cannot be shown yet, or never will be.
-- args: ids ids, owner id
select id, hash, width, height, colour, alt, machine_made, state from media_unready
 where id in $ids and owner = $owner limit 18;

-- name: note_attached many
-- doc: The photos and videos that a note names, ready or not.
-- args: note id
select media from note_attachment where note = $note order by position limit 18;

-- name: note_unready many
-- doc: The videos of a note that cannot be shown yet, or never will be.
-- args: note id
select m.id, m.state from note_attachment a join media_unready m on m.id = a.media
 where a.note = $note limit 18;

-- name: note_attachments many
-- doc: The photos and videos of a note, in order.
-- args: note id
-- cols: captions_lang text?
-- remembered: note($note), media_shown(), authors_gone()
select a.position, a.media, m.kind, m.hash, m.width, m.height, m.colour, m.machine_made, a.alt, a.look,
       t.captions_lang
  from note_attachment a join media_shown m on m.id = a.media
  left join media_captioned t on t.media = a.media
 where a.note = $note order by a.position limit 18;

-- name: note_row one
-- doc: One note, whoever asks; the rule that follows decides whether they may see it.
-- args: id id
-- remembered: note($id), note_counts($id), authors_gone()
select id, author, kind, audience, state, who_comments, about_kind, about, answer, told, edited,
       section, lang, title, body, simulated, likes, saves, comments,
       cover, cover_width, cover_height, cover_colour, cover_alt
  from note where id = $id;

-- name: note_brief_row one
-- doc: The little of a note that others need to act on it, whoever asks.
-- args: id id
-- cols: photos int
-- remembered: note($id), note_counts($id), authors_gone()
select id, author, kind, audience, state, who_comments, answer, about_kind, about, section, title,
       simulated, likes, saves, comments,
       (select count(*) from note_attachment a where a.note = note.id) as photos
  from note where id = $id;

-- name: note_reached many
-- doc: Which of these notes a reader may see: the rule of community/note/reach.h.
-- args: ids ids, reader id
select n.id from note n
 where n.id in $ids and n.state = 1
   and (n.author = $reader
        or ((n.audience = 1
             or (n.audience = 2
                 and exists(select 1 from follow_edge f
                             where f.follower = $reader and f.followed = n.author)))
            and not exists(select 1 from block_edge b
                            where b.actor = n.author and b.other = $reader)
            and not exists(select 1 from block_edge b
                            where b.actor = $reader and b.other = n.author)))
 limit 100;

-- name: note_cards_rows many
-- doc: What the cards of these notes need, for one reader; whom a note is for is asked elsewhere.
-- args: ids ids, reader id
-- cols: video bool, liked bool, saved bool, handle text?, name text?, avatar text?, roles int?, author_simulated bool?
select c.id, c.author, c.kind, c.audience, c.section, c.lang, c.title, c.simulated,
       c.likes, c.saves, c.comments,
       c.cover, c.cover_width, c.cover_height, c.cover_colour, c.cover_alt,
       p.handle, p.name, p.avatar, p.roles, p.simulated as author_simulated,
       exists(select 1 from media_shown m
               where m.hash = c.cover and m.owner = c.author and m.kind = 2) as video,
       exists(select 1 from liked_note l where l.actor = $reader and l.note = c.id) as liked,
       exists(select 1 from saved_note s where s.actor = $reader and s.note = c.id) as saved
  from note c left join person_shown p on p.actor = c.author
 where c.id in $ids and c.state = 1 limit 100;

-- name: note_follows one
-- doc: Whether a reader follows an author.
-- args: reader id, author id
-- cols: follows bool
select exists(select 1 from follow_edge where follower = $reader and followed = $author) as follows;

-- name: note_likes many
-- doc: The notes that a reader likes.
-- args: reader id, n int
select note from liked_note where actor = $reader order by note limit $n;

-- name: note_likes_among many
-- doc: Which of these notes a reader likes.
-- args: reader id, ids ids
select note from liked_note where actor = $reader and note in $ids limit 100;

-- name: note_newest_all many
-- doc: The newest public notes below an id.
-- args: before id, n int
select id from note where state = 1 and audience = 1 and id < $before order by id desc limit $n;

-- name: note_newest_author many
-- doc: An author's newest notes below an id, up to an audience.
-- args: author id, reach int, before id, n int
-- remembered: author($author)
select id from note where author = $author and state = 1 and audience <= $reach and id < $before
 order by id desc limit $n;

-- name: note_newest_section many
-- doc: A section's newest public notes below an id.
-- args: section text, before id, n int
select id from note where section = $section and state = 1 and audience = 1 and id < $before
 order by id desc limit $n;

-- name: notes_judged many
-- doc: Which of these notes somebody has to judge: staff all that have a case, others those of
--      their sections.
-- args: ids ids, staff bool, actor id
select c.note from note_case c
 where c.note in $ids
   and ($staff or exists(select 1 from note_judge j where j.note = c.note and j.actor = $actor))
 limit 100;

-- name: note_set_state run
-- doc: Take a note away, or bring it back.
-- args: id id, state int
-- changes: note($id), author(in C)
update note set state = $state where id = $id;

-- name: note_likes_add one
-- doc: Move the likes of a note; whose it is.
-- args: id id, delta int
-- changes: note_counts($id), author(in C)
update note set likes = note.likes + $delta where id = $id returning likes, author;

-- name: note_saves_add one
-- doc: Move the saves of a note; whose it is.
-- args: id id, delta int
-- changes: note_counts($id), author(in C)
update note set saves = note.saves + $delta where id = $id returning saves, author;

-- name: note_comments_add one
-- doc: Move the comments of a note; whose it is.
-- args: id id, delta int
-- changes: note_counts($id), author(in C)
update note set comments = note.comments + $delta where id = $id returning comments, author;

-- name: note_doctor_rows many
-- doc: Notes after an id, with how many photos they name and how many of those exist.
-- args: after id, n int
-- cols: photos int, found int
select n.id, n.state,
       (select count(*) from note_attachment a where a.note = n.id) as photos,
       (select count(*) from note_attachment a join media_shown m on m.id = a.media
         where a.note = n.id) as found
  from note n where n.id > $after order by n.id limit $n;

-- name: note_mine many
-- doc: An author's notes in any state, for their copy of them.
-- args: author id, after id, n int
select id, kind, audience, state, section, lang, title, body, likes, saves, comments, edited, cover, cover_alt,
       simulated
  from note where author = $author and id > $after order by id limit $n;

-- name: note_attachment_mine many
-- doc: The photos of an author's notes, beyond a note and a place in it.
-- args: author id, note id, position int, n int
select t.note, t.position, t.media, t.alt
  from note n join note_attachment t on t.note = n.id
 where n.author = $author and (t.note, t.position) > ($note, $position)
 order by t.note, t.position limit $n;

-- name: note_version_mine many
-- doc: What an author's notes said before, beyond a note and a version.
-- args: author id, note id, version int, n int
select v.note, v.n, v.title, v.body, v.at
  from note n join note_version v on v.note = n.id
 where n.author = $author and (v.note, v.n) > ($note, $version) order by v.note, v.n limit $n;

-- name: draft_mine many
-- doc: Somebody's drafts, for their copy of them.
-- args: author id, after id, n int
select id, note, due, title, form, saved from draft
 where author = $author and id > $after order by id limit $n;

-- name: note_standing many
-- doc: An author's notes that are not deleted.
-- args: author id, after id, n int
select id, state from note where author = $author and id > $after and state <> 2 order by id limit $n;

-- name: note_erase_attachments run
-- doc: An author goes: what their photos show.
-- args: author id
-- changes: authors_gone()
delete from note_attachment where note in (select n.id from note n where n.author = $author);

-- name: note_erase_versions run
-- doc: An author goes: what their notes said before.
-- args: author id
delete from note_version where note in (select n.id from note n where n.author = $author);

-- name: note_erase_words run
-- doc: An author goes: nothing of what they wrote stands in their notes' rows.
-- args: author id
-- changes: authors_gone(), author($author)
update note
   set title = '', body = '', cover = '', cover_alt = '', cover_width = 0, cover_height = 0,
       cover_colour = 0
 where author = $author;

-- name: draft_erase run
-- doc: An author goes: what they were writing.
-- args: author id
delete from draft where author = $author;

-- name: note_mention_add run
-- doc: Somebody is named; nothing happens when they were told already.
-- args: note id, comment id, actor id
insert into note_mention(note, comment, actor) values ($note, $comment, $actor) on conflict do nothing;

-- name: note_mention_mine many
-- doc: Where somebody is named, beyond a note and a comment.
-- args: actor id, note id, comment id, n int
select note, comment from note_mention where actor = $actor and (note, comment) > ($note, $comment)
 order by note, comment limit $n;

-- name: note_mention_erase run
-- doc: Whoever was named is gone.
-- args: actor id
delete from note_mention where actor = $actor;

-- name: note_share_add run
-- doc: Somebody passed a note on; nothing happens when they did before.
-- args: actor id, note id
insert into note_share(actor, note) values ($actor, $note) on conflict do nothing;

-- name: note_share_mine many
-- doc: What somebody passed on.
-- args: actor id, after id, n int
select note from note_share where actor = $actor and note > $after order by note limit $n;

-- name: note_share_erase run
-- doc: Whoever passed it on is gone.
-- args: actor id
delete from note_share where actor = $actor;
