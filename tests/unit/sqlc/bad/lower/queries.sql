-- name: thing_try one
-- doc: Refused.
-- cols: n text
select lower(name) as n from thing where id = 1;
