-- name: thing_try one
-- doc: Refused.
-- cols: x int
select size as user from thing where id = 1;
