-- name: thing_try many
-- doc: Refused.
select id from thing order by id;
