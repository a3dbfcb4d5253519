-- name: thing_try one
-- doc: Refused.
select size as register from thing where id = 1;
