-- name: thing_try one
-- doc: Refused.
-- cols: top int
select max(size) as top, name from thing;
