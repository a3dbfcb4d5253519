-- name: thing_try one
-- doc: Refused.
-- args: ids ids
select id from thing where id = any($ids);
