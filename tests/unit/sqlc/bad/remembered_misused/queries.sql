-- name: thing_of one
-- doc: No such argument, and a text as one.
-- args: id id, sold bool
-- remembered: thing($di), thing($sold)
select owner from thing where id = $id and $sold;

-- name: thing_some many
-- doc: A list is no key.
-- args: ids ids
-- remembered: things()
select title from thing where id in $ids limit 10;

-- name: thing_set run
-- doc: A write is not remembered.
-- args: id id, title text
-- remembered: thing($id)
-- changes: thing($id), things()
update thing set title = $title where id = $id;

-- name: thing_look one
-- doc: A select changes nothing, and these are no subjects.
-- args: id id
-- remembered: thing, thing(id), thing(in C)
-- changes: thing($id)
select title from thing where id = $id;
