-- name: thing_try one
-- doc: Refused.
select id from thing where id = 2 and good = 1;
