-- name: thing_try one
-- doc: Refused.
delete from thing where id = 1;
