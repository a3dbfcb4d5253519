-- The log: written by event.c, read by follower.c.

-- name: event_insert run
-- doc: Add a fact to the log, with the number of its transaction.
-- args: id id, kind int, actor id, object id, about id, at time, simulated bool, body text
insert into event(id, tx, kind, actor, object, about, at, simulated, body)
values ($id, @tx(), $kind, $actor, $object, $about, $at, $simulated, $body);

-- name: event_after_id many
-- doc: The next facts without a number of their transaction, in order of their ids.
-- args: id id, n int
select id, tx, kind, actor, object, about, at, simulated, body
  from event
 where id > $id and tx = 0
 order by id limit $n;

-- name: event_after_tx many
-- doc: The next facts behind (tx, id) that no running transaction can still put one before.
-- args: tx int, id id, n int
select id, tx, kind, actor, object, about, at, simulated, body
  from event
 where tx > 0 and (tx, id) > ($tx, $id) and @settled(tx)
 order by tx, id limit $n;

-- name: event_unsettled one
-- doc: How many facts behind a transaction are written but may still get one before them.
-- args: tx int
-- cols: n int
select count(*) as n from event where tx > 0 and tx > $tx and not @settled(tx);

-- name: event_of_kinds many
-- doc: The newest facts of some kinds, older than a given one.
-- args: kinds ids, before id, n int
select id, kind, actor, object, about, at, simulated, body
  from event
 where kind in $kinds and id < $before
 order by id desc limit $n;

-- name: event_cursor_get one
-- doc: How far a follower has read.
-- args: follower text
select tx, id, learnt from event_cursor where follower = $follower;

-- name: event_cursor_put run
-- doc: Note how far a follower has read.
-- args: follower text, tx int, id id, learnt int
insert into event_cursor(follower, tx, id, learnt) values ($follower, $tx, $id, $learnt)
on conflict (follower) do update
   set tx = excluded.tx, id = excluded.id, learnt = excluded.learnt;

-- What people saw: written and added up by exposure.c.

-- name: exposure_batch_insert run
-- doc: Note that a batch was taken; changes nothing when it already was.
-- args: batch id, who id, at time
insert into exposure_batch(batch, who, at) values ($batch, $who, $at) on conflict do nothing;

-- name: exposure_insert run
-- doc: Add what one person saw.
-- args: at time, who id, kind int, thing id, place int, position int, dwell int
insert into exposure(at, who, kind, thing, place, position, dwell)
values ($at, $who, $kind, $thing, $place, $position, $dwell) on conflict do nothing;

-- name: exposure_first one
-- doc: When the oldest exposure kept was seen; null when there is none.
-- cols: at time?
select min(at) as at from exposure;

-- name: exposure_sums many
-- doc: One day's exposures added up, in pages by (kind, thing, place).
-- args: day time, next time, kind int, thing id, place int, n int
-- cols: seen int, people int, dwell int
select kind, thing, place, count(*) as seen, count(distinct who) as people,
       cast(sum(dwell) as int) as dwell
  from exposure
 where at >= $day and at < $next and (kind, thing, place) > ($kind, $thing, $place)
 group by kind, thing, place
 order by kind, thing, place limit $n;

-- name: exposure_day_put run
-- doc: Set one sum of a day.
-- args: day time, kind int, thing id, place int, seen int, people int, dwell int
insert into exposure_day(day, kind, thing, place, seen, people, dwell)
values ($day, $kind, $thing, $place, $seen, $people, $dwell)
on conflict (day, kind, thing, place) do update
   set seen = excluded.seen, people = excluded.people, dwell = excluded.dwell;

-- name: exposure_day_list many
-- doc: The sums of one day, in pages by (kind, thing, place).
-- args: day time, kind int, thing id, place int, n int
select kind, thing, place, seen, people, dwell
  from exposure_day
 where day = $day and (kind, thing, place) > ($kind, $thing, $place)
 order by kind, thing, place limit $n;

-- name: exposure_mark_get one
-- doc: The first day that is not yet added up.
-- args: name text
select day from exposure_mark where name = $name;

-- name: exposure_mark_put run
-- doc: Note the first day that is not yet added up.
-- args: name text, day time
insert into exposure_mark(name, day) values ($name, $day)
on conflict (name) do update set day = excluded.day;

-- name: exposure_nth one
-- doc: When the n-th of the oldest exposures was seen; that many and a few more go in one step.
-- args: before time, n int
select at from exposure where at < $before order by at limit 1 offset $n;

-- name: exposure_clear run
-- doc: Forget single exposures of before a time.
-- args: before time
delete from exposure where at < $before;

-- name: exposure_batch_clear run
-- doc: Forget batches of before a time.
-- args: before time
delete from exposure_batch where at < $before;

-- name: exposure_forget run
-- doc: Forget what one person saw between two times.
-- args: who id, since time, before time
delete from exposure where at >= $since and at < $before and who = $who;

-- A person's own copy of what is here, and its end: event_privacy.c.

-- name: event_mine many
-- doc: What somebody did, in order.
-- args: actor id, after id, n int
select id, kind, object, about, at, body from event
 where actor = $actor and id > $after order by id limit $n;

-- name: exposure_mine many
-- doc: What somebody saw, of what is kept, beyond a moment and what was seen in it.
-- args: who id, at time, kind int, thing id, n int
select at, kind, thing, place, position, dwell from exposure
 where who = $who and (at, kind, thing) > ($at, $kind, $thing)
 order by at, kind, thing limit $n;

-- name: exposure_erase run
-- doc: Forget what one person saw.
-- args: who id
delete from exposure where who = $who;

-- name: exposure_batch_erase run
-- doc: Forget the batches that one person sent.
-- args: who id
delete from exposure_batch where who = $who;
