-- name: thing_try run
-- doc: Refused.
delete from thing where id > 2 limit 3;
