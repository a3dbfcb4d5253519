-- name: thing_try one
-- doc: Refused.
-- cols: a text
select name ->> 'a' as a from thing where id = 1;
