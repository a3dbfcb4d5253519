-- name: thing_try run
-- doc: Refused.
update thing as t set size = 1 where t.id = 2;
