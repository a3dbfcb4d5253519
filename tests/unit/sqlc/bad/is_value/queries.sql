-- name: thing_try one
-- doc: Refused.
-- args: at time?
select id from thing where said is $at;
