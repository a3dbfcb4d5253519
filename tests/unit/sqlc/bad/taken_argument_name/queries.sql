-- name: thing_try one
-- doc: Refused.
-- args: err id
select id from thing where id = $err;
