-- name: thing_try one
-- doc: Refused.
-- cols: said time
select ifnull(said, 0) as said from thing where id = 1;
