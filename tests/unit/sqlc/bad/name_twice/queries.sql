-- name: thing_try one
-- doc: Fine.
select id from thing where id = 1;

-- name: thing_try one
-- doc: Refused.
select id from thing where id = 2;
