-- name: thing_try one
-- doc: Refused.
-- args: id id
select id from thing where id = 1;
