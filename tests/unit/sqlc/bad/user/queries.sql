-- name: thing_try one
-- doc: Refused.
-- cols: who text
select user as who from thing where id = 1;
