-- name: thing_try one
-- doc: Refused.
SELECT id from thing where id = 1;
