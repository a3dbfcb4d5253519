-- name: thing_try one
-- doc: Refused.
select rowid from thing where id = 1;
