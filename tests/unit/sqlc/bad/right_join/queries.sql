-- name: thing_try many
-- doc: Refused.
select t.id from thing t right join thing u on u.id = t.id limit 3;
