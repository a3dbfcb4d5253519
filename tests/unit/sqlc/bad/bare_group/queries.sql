-- name: thing_try many
-- doc: Refused.
select size, name from thing group by size limit 9;
