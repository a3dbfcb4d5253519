-- name: thing_try one
-- doc: Refused.
select * from thing where id = 1;
