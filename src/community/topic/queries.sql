-- name: topic_by_key one
-- doc: A topic by its folded name.
-- args: key text
select id, key, name, notes from topic where key = $key;

-- name: topic_row one
-- doc: One topic.
-- args: id id
select key, name from topic where id = $id;

-- name: topic_insert run
-- doc: A new topic; nothing happens when it is there.
-- args: id id, key text, name text
insert into topic(id, key, name) values ($id, $key, $name) on conflict do nothing;

-- name: topic_bind run
-- doc: Bind a note to a topic; nothing happens when it is bound.
-- args: topic id, note id
insert into topic_note(topic, note) values ($topic, $note) on conflict do nothing;

-- name: topic_show run
-- doc: A note that was in a topic is in it again.
-- args: topic id, note id
update topic_note set shown = true where topic = $topic and note = $note and not shown;

-- name: topic_bound many
-- doc: The topics that count a note.
-- args: note id
select t.id, t.key from topic_note tn join topic t on t.id = tn.topic
 where tn.note = $note and tn.shown order by t.id limit 100;

-- name: topic_leave run
-- doc: A note is in this topic no longer.
-- args: topic id, note id
update topic_note set shown = false where topic = $topic and note = $note and shown;

-- name: topic_notes_add run
-- doc: Move the number of notes of a topic.
-- args: id id, delta int
update topic set notes = topic.notes + $delta where id = $id;

-- name: topic_notes_less run
-- doc: One note less for each topic of a note.
-- args: note id
update topic set notes = topic.notes - 1
 where id in (select tn.topic from topic_note tn where tn.note = $note and tn.shown);

-- name: topic_unbind run
-- doc: Take a note out of its topics.
-- args: note id
update topic_note set shown = false where note = $note and shown;

-- name: topic_newest many
-- doc: Notes of a topic below an id, newest first.
-- args: topic id, before id, n int
select note from topic_note where topic = $topic and note < $before and shown order by note desc limit $n;

-- name: topic_doctor_rows many
-- doc: Topics after an id, with the notes bound to them and how many of those exist.
-- args: after id, n int
-- cols: bound int, found int
select t.id, t.notes,
       (select count(*) from topic_note tn where tn.topic = t.id and tn.shown) as bound,
       (select count(c.author) from topic_note tn join note_counted c on c.id = tn.note
         where tn.topic = t.id and tn.shown) as found
  from topic t where t.id > $after order by t.id limit $n;
