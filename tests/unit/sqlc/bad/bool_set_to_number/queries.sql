-- name: thing_try run
-- doc: Refused.
update thing set good = 0 where id = 1;
