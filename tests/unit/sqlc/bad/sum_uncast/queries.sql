-- name: thing_try one
-- doc: Refused.
-- cols: n int
select sum(size) as n from thing;
