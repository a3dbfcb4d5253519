-- name: thing_try one
-- doc: Refused.
-- args: few ids?
select id from thing where id in $few;
