-- name: thing_try one
-- doc: Refused.
with gone as (delete from thing where id = 1 returning id) select id from gone;
