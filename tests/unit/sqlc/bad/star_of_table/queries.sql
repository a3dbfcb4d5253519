-- name: thing_try one
-- doc: Refused.
select t.* from thing t where t.id = 1;
