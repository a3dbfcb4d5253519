-- name: thing_try run
-- doc: Refused.
insert or ignore into thing (id, name, size) values (1, 'a', 2);
