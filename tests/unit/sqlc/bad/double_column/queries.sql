-- name: thing_try one
-- doc: Refused.
select id, size as id from thing where id = 1;
