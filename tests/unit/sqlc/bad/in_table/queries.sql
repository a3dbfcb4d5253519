-- name: thing_try one
-- doc: Refused.
select id from thing where id in thing;
