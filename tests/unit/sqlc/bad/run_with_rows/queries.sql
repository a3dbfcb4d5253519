-- name: thing_try run
-- doc: Refused.
select id from thing where id = 1;
