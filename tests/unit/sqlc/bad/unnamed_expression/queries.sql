-- name: thing_try one
-- doc: Refused.
select size + 1 from thing where id = 1;
