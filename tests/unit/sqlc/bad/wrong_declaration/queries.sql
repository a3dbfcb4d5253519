-- name: thing_try one
-- doc: Refused.
-- cols: size text
select size from thing where id = 1;
