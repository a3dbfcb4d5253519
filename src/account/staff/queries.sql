-- name: staff_act_insert run
-- doc: One act of the staff, for good.
-- args: id id, actor id, act text, object_kind text, object id, name text, reason text, at time
insert into staff_act(id, actor, act, object_kind, object, name, reason, at)
values ($id, $actor, $act, $object_kind, $object, $name, $reason, $at);

-- name: staff_act_rows many
-- doc: Acts below an id, newest first; of one person, of one kind, of some days.
-- args: before id, any_actor bool, actor id, act text, since time, until time, n int
select id, actor, act, object_kind, object, name, reason, at
  from staff_act
 where id < $before and ($any_actor or actor = $actor) and ($act = '' or act = $act)
   and at >= $since and at < $until
 order by id desc limit $n;

-- name: staff_act_kinds many
-- doc: The kinds of act that stand in the list, to choose from.
select distinct act from staff_act order by act limit 200;

-- name: staff_act_of_object many
-- doc: What the staff did to one thing, newest first.
-- args: object_kind text, object id, n int
select id, actor, act, object_kind, object, name, reason, at
  from staff_act where object_kind = $object_kind and object = $object
 order by id desc limit $n;

-- name: setting_stored_rows many
-- doc: What was set on the console.
select name, value, changed from setting_stored order by name limit 1000;

-- name: setting_store run
-- doc: Keep a value that was set on the console.
-- args: name text, value text, changed time
insert into setting_stored(name, value, changed) values ($name, $value, $changed)
on conflict (name) do update set value = excluded.value, changed = excluded.changed;

-- name: setting_forget run
-- doc: Let a setting have its default again.
-- args: name text
delete from setting_stored where name = $name;

-- name: suspension_set run
-- doc: Say why somebody may not write.
-- args: actor id, reason text, since time, until time
insert into suspension(actor, reason, since, until) values ($actor, $reason, $since, $until)
on conflict (actor) do update set reason = excluded.reason, since = excluded.since,
       until = excluded.until, answer = '', answered = 0;

-- name: suspension_lift run
-- doc: Somebody may write again.
-- args: actor id
delete from suspension where actor = $actor;

-- name: suspension_of one
-- doc: Why somebody may not write.
-- args: actor id
select reason, since, until, answer, answered from suspension where actor = $actor;

-- name: suspension_answer run
-- doc: What a suspended person says to it; nothing happens when they did already.
-- args: actor id, answer text, at time
update suspension set answer = $answer, answered = $at where actor = $actor and answered = 0;

-- name: staff_people many
-- doc: People whose handle begins so, after a handle, with any of these roles (0 = whatever they are).
-- args: begins text, after text, roles int, n int
-- cols: second bool
select actor, handle, name, avatar, roles, simulated,
       exists(select 1 from second_factor_shown f where f.actor = person_shown.actor) as second
  from person_shown
 where handle > $after and handle >= $begins and @starts(handle, $begins)
   and ($roles = 0 or (roles & $roles) <> 0)
 order by handle limit $n;

-- name: staff_with_role one
-- doc: How many people have any of these roles.
-- args: roles int
-- cols: n int
select count(*) as n from person_shown where (roles & $roles) <> 0;

-- name: staff_act_mine many
-- doc: Acts on this person, or by them, after an id.
-- args: actor id, after id, n int
select id, act, object_kind, name, reason, at from staff_act
 where id > $after and (actor = $actor or (object_kind = 'person' and object = $actor))
 order by id limit $n;

-- name: staff_act_unsay run
-- doc: Forget what was written about a person who goes; that something was done stays.
-- args: actor id
update staff_act set reason = '' where object_kind = 'person' and object = $actor;
