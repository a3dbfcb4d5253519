-- name: thing_of one
-- doc: Remembered.
-- args: id id
-- remembered: thing($id)
select title from thing where id = $id;

-- name: thing_set run
-- doc: Says what it changes.
-- args: id id, title text
-- changes: thing($id)
update thing set title = $title where id = $id;

-- name: thing_add run
-- doc: Says that nothing is remembered of it.
-- args: id id, owner id, title text
-- changes: none, for nobody has asked
--     for it yet
insert into thing(id, owner, title) values ($id, $owner, $title);

-- name: thing_move run
-- doc: The rule says which.
-- args: id id, owner id
-- changes: thing(in C)
update thing set owner = $owner where id = $id;

-- name: thing_drop run
-- doc: Says nothing.
-- args: id id
delete from thing where id = $id;

-- name: thing_drop_all run
-- doc: Says something else.
-- args: owner id
-- changes: shelf($owner)
delete from thing where owner = $owner;
