-- name: thing_try run
-- doc: Refused.
replace into thing (id, name, size) values (1, 'a', 2);
