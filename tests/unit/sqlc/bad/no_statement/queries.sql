-- name: thing_try one
-- doc: Refused.

-- name: thing_other one
-- doc: Fine.
select id from thing where id = 1;
