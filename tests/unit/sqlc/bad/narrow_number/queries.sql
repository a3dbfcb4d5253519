-- name: thing_try one
-- doc: Refused.
-- cols: n int
select 1 as n from thing where id = 1;
