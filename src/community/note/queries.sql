-- name: section_list many
-- doc: The sections, in the operator's order.
select key, name_en, name_zh from section order by position, key limit 100;

-- name: section_of one
-- doc: One section.
-- args: key text
select key, name_en, name_zh from section where key = $key;

-- name: note_insert run
-- doc: A new note.
-- args: id id, author id, kind int, section text, lang text, title text, body text, simulated bool, cover text, cover_width int, cover_height int, cover_colour int, cover_alt text
insert into note(id, author, kind, audience, state, section, lang, title, body, simulated,
                 cover, cover_width, cover_height, cover_colour, cover_alt)
values ($id, $author, $kind, 1, 1, $section, $lang, $title, $body, $simulated,
        $cover, $cover_width, $cover_height, $cover_colour, $cover_alt);

-- name: note_attachment_insert run
-- doc: One photo of a note.
-- args: note id, position int, media id, alt text
insert into note_attachment(note, position, media, alt) values ($note, $position, $media, $alt);

-- name: note_media many
-- doc: The photos that a note in the making names, as their owner has them.
-- args: ids ids, owner id
select id, hash, width, height, colour, alt from media_shown
 where id in $ids and owner = $owner and kind = 1 limit 18;

-- name: note_attachments many
-- doc: The photos of a note, in order.
-- args: note id
select a.position, a.media, m.hash, m.width, m.height, m.colour, m.machine_made, a.alt
  from note_attachment a join media_shown m on m.id = a.media
 where a.note = $note order by a.position limit 18;

-- name: note_row one
-- doc: One note, whoever asks; the rule that follows decides whether they may see it.
-- args: id id
select id, author, kind, audience, state, section, lang, title, body, simulated, likes, saves, comments,
       cover, cover_width, cover_height, cover_colour, cover_alt
  from note where id = $id;

-- name: note_brief_row one
-- doc: The little of a note that others need to act on it, whoever asks.
-- args: id id
-- cols: photos int
select id, author, audience, state, section, title, likes, saves, comments,
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
-- doc: What the cards of these notes need, for one reader.
-- args: ids ids, reader id
-- cols: liked bool, saved bool, handle text?, name text?, avatar text?, roles int?, author_simulated bool?
select c.id, c.author, c.kind, c.section, c.lang, c.title, c.simulated, c.likes, c.saves, c.comments,
       c.cover, c.cover_width, c.cover_height, c.cover_colour, c.cover_alt,
       p.handle, p.name, p.avatar, p.roles, p.simulated as author_simulated,
       exists(select 1 from liked_note l where l.actor = $reader and l.note = c.id) as liked,
       exists(select 1 from saved_note s where s.actor = $reader and s.note = c.id) as saved
  from note_card c left join person_shown p on p.actor = c.author
 where c.id in $ids limit 100;

-- name: note_newest_all many
-- doc: The newest public notes below an id.
-- args: before id, n int
select id from note where state = 1 and audience = 1 and id < $before order by id desc limit $n;

-- name: note_newest_author many
-- doc: An author's newest public notes below an id.
-- args: author id, before id, n int
select id from note where author = $author and state = 1 and audience = 1 and id < $before
 order by id desc limit $n;

-- name: note_newest_section many
-- doc: A section's newest public notes below an id.
-- args: section text, before id, n int
select id from note where section = $section and state = 1 and audience = 1 and id < $before
 order by id desc limit $n;

-- name: note_set_state run
-- doc: Take a note away, or bring it back.
-- args: id id, state int
update note set state = $state where id = $id;

-- name: note_likes_add one
-- doc: Move the likes of a note.
-- args: id id, delta int
update note set likes = note.likes + $delta where id = $id returning likes;

-- name: note_saves_add one
-- doc: Move the saves of a note.
-- args: id id, delta int
update note set saves = note.saves + $delta where id = $id returning saves;

-- name: note_comments_add one
-- doc: Move the comments of a note.
-- args: id id, delta int
update note set comments = note.comments + $delta where id = $id returning comments;

-- name: note_doctor_rows many
-- doc: Notes after an id, with how many photos they name and how many of those exist.
-- args: after id, n int
-- cols: photos int, found int
select n.id, n.state,
       (select count(*) from note_attachment a where a.note = n.id) as photos,
       (select count(*) from note_attachment a join media_shown m on m.id = a.media
         where a.note = n.id) as found
  from note n where n.id > $after order by n.id limit $n;
