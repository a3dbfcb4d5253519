-- name: thing_try
-- doc: Refused.
select id from thing where id = 1;
