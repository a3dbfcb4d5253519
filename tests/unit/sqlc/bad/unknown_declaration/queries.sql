-- name: thing_try one
-- doc: Refused.
-- cols: more int
select id from thing where id = 1;
