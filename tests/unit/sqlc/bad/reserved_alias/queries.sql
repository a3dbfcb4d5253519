-- name: thing_try one
-- doc: Refused.
select size as "order" from thing where id = 1;
