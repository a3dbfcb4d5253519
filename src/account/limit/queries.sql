-- name: limit_spend run
-- doc: One more deed of an account under limits.
-- args: id id, actor id, deed int, at time
insert into limit_spent(id, actor, deed, at) values ($id, $actor, $deed, $at);

-- name: limit_spent_since one
-- doc: How many deeds of a kind an account did after a time.
-- args: actor id, deed int, since time
-- cols: n int
select count(*) as n from limit_spent where actor = $actor and deed = $deed and at > $since;

-- name: limit_spent_purge run
-- doc: Forget what is too old to count.
-- args: before time
delete from limit_spent where at < $before;

-- name: limit_spent_erase run
-- doc: Forget what an account did.
-- args: actor id
delete from limit_spent where actor = $actor;

-- name: limit_hold_set run
-- doc: Slow an account down or stop it until a time.
-- args: actor id, kind int, until time
insert into limit_hold(actor, kind, until) values ($actor, $kind, $until)
on conflict (actor) do update set kind = excluded.kind, until = excluded.until;

-- name: limit_hold_lift run
-- doc: Let an account write again.
-- args: actor id
delete from limit_hold where actor = $actor;

-- name: limit_hold_row one
-- doc: What holds an account back at a time.
-- args: actor id, now time
select kind, until from limit_hold where actor = $actor and until > $now;

-- name: limit_spent_own many
-- doc: What is counted of somebody, after an id: for their own data.
-- args: actor id, after id, n int
select id, deed, at from limit_spent where actor = $actor and id > $after order by id limit $n;

-- name: limit_hold_own many
-- doc: What holds somebody back: for their own data.
-- args: actor id, after id, n int
select actor, kind, until from limit_hold where actor = $actor and actor > $after
 order by actor limit $n;
