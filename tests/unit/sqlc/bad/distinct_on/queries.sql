-- name: thing_try many
-- doc: Refused.
select distinct on (size) id from thing limit 2;
