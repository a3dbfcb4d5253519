-- name: thing_try one
-- doc: Refused.
-- args: id bigint
select id from thing where id = $id;
