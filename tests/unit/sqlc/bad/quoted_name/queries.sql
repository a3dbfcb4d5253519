-- name: thing_try one
-- doc: Refused.
select "nmae" from thing where id = 1;
