-- name: thing_try one
-- doc: Refused.
-- cols: n int
select @greatest(size) as n from thing where id = 1;
