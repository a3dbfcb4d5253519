-- name: thing_try one
-- doc: Refused.
select name from (select u.name from thing t left join thing u on u.id = t.size) as v where name = 'a';
