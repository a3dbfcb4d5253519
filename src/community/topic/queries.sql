-- name: topic_by_key one
-- doc: A topic by its folded name.
-- args: key text
select id, key, name, notes, intro_en, intro_zh from topic where key = $key;

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

-- name: topic_best many
-- doc: Of a topic's newest thousand notes those that readers gave most, beyond a place in that list.
--      Worth is counted as Explore weighs it.
-- args: topic id, worth int, before id, n int
-- cols: worth int
select t.note, c.likes + 3 * c.saves + 4 * c.comments as worth
  from (select tn.note from topic_note tn where tn.topic = $topic and tn.shown
         order by tn.note desc limit 1000) t
  join note_counted c on c.id = t.note
 where (c.likes + 3 * c.saves + 4 * c.comments, t.note) < ($worth, $before)
 order by c.likes + 3 * c.saves + 4 * c.comments desc, t.note desc limit $n;

-- name: topic_follow_add run
-- doc: Follow a topic; nothing happens when it is followed.
-- args: actor id, topic id, at time
insert into topic_follow(actor, topic, at) values ($actor, $topic, $at) on conflict do nothing;

-- name: topic_follow_remove run
-- doc: Stop following a topic.
-- args: actor id, topic id
delete from topic_follow where actor = $actor and topic = $topic;

-- name: topic_followers one
-- doc: How many follow a topic, and whether the reader does.
-- args: topic id, reader id
-- cols: followers int, followed bool
select (select count(*) from topic_follow f where f.topic = $topic) as followers,
       exists(select 1 from topic_follow f where f.actor = $reader and f.topic = $topic) as followed;

-- name: topic_intro_set run
-- doc: What a topic is about.
-- args: id id, intro_en text, intro_zh text
update topic set intro_en = $intro_en, intro_zh = $intro_zh where id = $id;

-- name: topic_follow_mine many
-- doc: The topics that somebody follows, for their copy of them.
-- args: actor id, after id, n int
select f.topic, t.name, f.at from topic_follow f join topic t on t.id = f.topic
 where f.actor = $actor and f.topic > $after order by f.topic limit $n;

-- name: topic_follow_erase run
-- doc: The follower is gone.
-- args: actor id
delete from topic_follow where actor = $actor;
