-- name: feed_note_insert run
-- doc: A note begins to count; nothing happens when it already does.
-- args: note id, section text, heat int
insert into feed_note(note, section, weight, heat) values ($note, $section, 0, $heat)
on conflict do nothing;

-- name: feed_note_weight one
-- doc: What readers gave a note so far.
-- args: note id
select weight from feed_note where note = $note;

-- name: feed_note_set run
-- doc: A note's new weight and heat.
-- args: note id, weight int, heat int
update feed_note set weight = $weight, heat = $heat where note = $note;

-- name: feed_note_delete run
-- doc: A note no longer counts.
-- args: note id
delete from feed_note where note = $note;

-- name: feed_reset run
-- doc: Forget everything; the log tells it again.
delete from feed_note;

-- name: feed_newest one
-- doc: The newest note that counts.
select note from feed_note order by note desc limit 1;

-- name: feed_window many
-- doc: The warmest notes below a place in the list, of those older than an id.
-- args: since id, heat int, note id, n int
select note, section, heat from feed_note
 where (heat, note) < ($heat, $note) and note < $since
 order by heat desc, note desc limit $n;

-- name: feed_followed_lately many
-- doc: Of the newest notes below an id, those of the people somebody follows.
-- args: reader id, before id, among int, n int
select c.id from (select id, author from note_for_followers where id < $before
                   order by id desc limit $among) c
 where exists(select 1 from follow_edge f where f.follower = $reader and f.followed = c.author)
 order by c.id desc limit $n;

-- name: feed_followed many
-- doc: The newest notes of the people somebody follows, below an id.
-- args: reader id, before id, n int
select c.id from note_for_followers c join follow_edge f on f.followed = c.author and f.follower = $reader
 where c.id < $before
 order by c.id desc limit $n;
