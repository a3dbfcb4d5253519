-- name: thing_try run
-- doc: Refused.
delete from thing as t where t.id = 2;
