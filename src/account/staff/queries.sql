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
