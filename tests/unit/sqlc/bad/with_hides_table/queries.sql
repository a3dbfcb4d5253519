-- name: thing_try one
-- doc: Refused.
with thing as (select 1 as id) select id from thing where id = 1;
