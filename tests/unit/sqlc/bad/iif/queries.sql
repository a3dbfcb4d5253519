-- name: thing_try one
-- doc: Refused.
-- cols: n int
select iif(good, 1, 0) as n from thing where id = 1;
