-- name: thing_try one
-- doc: Refused.
-- cols: n int
select case when good then 1 else 0 end as n from thing where id = 1;
