-- name: thing_try one
-- doc: Refused.
-- cols: n int
select max(size, 3) as n from thing where id = 1;
