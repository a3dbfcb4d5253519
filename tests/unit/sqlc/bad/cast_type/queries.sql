-- name: thing_try one
-- doc: Refused.
-- cols: n int
select cast(size as integer) as n from thing where id = 1;
