-- name: thing_try many
-- doc: Refused.
select id from thing order by id limit 5, 10;
