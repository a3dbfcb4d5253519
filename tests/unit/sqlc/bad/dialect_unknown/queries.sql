-- name: thing_try one
-- doc: Refused.
-- cols: n int
select @most(size, 2) as n from thing where id = 1;
