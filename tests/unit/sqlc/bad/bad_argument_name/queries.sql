-- name: thing_try one
-- doc: Refused.
-- args: err id, int int
select id from thing where id = $err and size = $int;
