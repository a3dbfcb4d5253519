-- name: thing_try many
-- doc: Refused.
select id from thing order by said desc limit 9;
