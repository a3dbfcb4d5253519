-- name: thing_try one
-- doc: Refused.
select size + 1 as more from thing where id = 1;
