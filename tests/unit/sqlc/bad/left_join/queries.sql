-- name: thing_try one
-- doc: Refused.
select t.id, u.name from thing t left join thing u on u.id = t.size where t.id = 1;
