-- name: feed_note_insert run
-- doc: A note begins to count; nothing happens when it already does.
-- args: note id, section text, author id, heat int
insert into feed_note(note, section, author, weight, heat)
values ($note, $section, $author, 0, $heat)
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
select note, section, author, heat from feed_note
 where (heat, note) < ($heat, $note) and note < $since
 order by heat desc, note desc limit $n;

-- name: feed_followed_lately many
-- doc: Of the newest notes below an id, those of the people somebody follows, or in topics they follow.
-- args: reader id, before id, among int, n int
select c.id from (select id, author from note_for_followers where id < $before
                   order by id desc limit $among) c
 where exists(select 1 from follow_edge f where f.follower = $reader and f.followed = c.author)
    or (c.author <> $reader
        and exists(select 1 from topic_note_shown t join topic_follow_edge f on f.topic = t.topic
                    where t.note = c.id and f.actor = $reader))
 order by c.id desc limit $n;

-- name: feed_followed many
-- doc: The newest notes of the people and in the topics somebody follows, below an id.
-- args: reader id, before id, n int
select u.id
  from (select c.id from note_for_followers c
          join follow_edge f on f.followed = c.author and f.follower = $reader
         where c.id < $before
        union
        select c.id from note_for_followers c join topic_note_shown t on t.note = c.id
          join topic_follow_edge f on f.topic = t.topic and f.actor = $reader
         where c.id < $before and c.author <> $reader) u
 order by u.id desc limit $n;

-- name: feed_by_topic many
-- doc: Which of these notes stand in Follow for a topic alone, and for which.
-- args: reader id, ids ids
-- cols: key text, name text
select t.note, min(s.key) as key, min(s.name) as name
  from topic_note_shown t join topic_follow_edge f on f.topic = t.topic and f.actor = $reader
  join topic_shown s on s.id = t.topic
  join note_for_followers c on c.id = t.note
 where t.note in $ids
   and not exists(select 1 from follow_edge e where e.follower = $reader and e.followed = c.author)
 group by t.note limit 100;

-- name: feed_taste many
-- doc: What counts for one reader: 1 notes they saw, 2 notes they do not want, and of those since a
--      time 3 the authors, 4 the notes of the same topics, 5 the sections.
-- args: reader id, since time, each int
-- cols: what int, id int, section text
select cast(1 as int) as what, e.thing as id, '' as section
  from (select x.thing from exposure_seen x where x.who = $reader and x.kind in (1, 2)
         order by x.at desc limit $each) e
union all
select cast(2 as int) as what, d.note as id, '' as section from feed_dismissed d where d.actor = $reader
union all
select cast(3 as int) as what, d.author as id, '' as section
  from feed_dismissed d where d.actor = $reader and d.at > $since
union all
select cast(4 as int) as what, n.note as id, '' as section
  from (select t.note from topic_note_shown t
         where t.topic in (select o.topic from feed_dismissed d
                             join topic_note_shown o on o.note = d.note
                         where d.actor = $reader and d.at > $since)
         order by t.note desc limit $each) n
union all
select cast(5 as int) as what, cast(0 as id) as id, d.section
  from feed_dismissed d where d.actor = $reader and d.at > $since
limit 4000;

-- name: feed_note_row one
-- doc: What Explore knows of a note.
-- args: note id
select section, author, weight, heat from feed_note where note = $note;

-- name: feed_dismiss_add run
-- doc: Somebody does not want this note in Explore; nothing happens when they said so.
-- args: actor id, note id, author id, section text, at time
insert into feed_dismissed(actor, note, author, section, at)
values ($actor, $note, $author, $section, $at) on conflict do nothing;

-- name: feed_dismiss_remove run
-- doc: They do not mind it any more.
-- args: actor id, note id
delete from feed_dismissed where actor = $actor and note = $note;

-- name: feed_dismiss_count one
-- doc: How many notes somebody does not want.
-- args: actor id
-- cols: n int
select count(*) as n from feed_dismissed where actor = $actor;

-- name: feed_dismiss_list many
-- doc: The notes that somebody does not want, said last first.
-- args: actor id
select note, at from feed_dismissed where actor = $actor order by at desc, note desc limit 100;

-- name: feed_dismiss_mine many
-- doc: The same, for their copy of them.
-- args: actor id, after id, n int
select note, author, section, at from feed_dismissed where actor = $actor and note > $after
 order by note limit $n;

-- name: feed_dismiss_erase run
-- doc: The reader is gone.
-- args: actor id
delete from feed_dismissed where actor = $actor;
