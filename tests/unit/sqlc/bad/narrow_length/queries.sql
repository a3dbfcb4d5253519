-- name: thing_try one
-- doc: Refused.
-- cols: n int
select length(name) as n from thing where id = 1;
