-- name: thing_try one
-- doc: Refused.
-- cols: n text
select group_concat(name, ',') as n from thing;
