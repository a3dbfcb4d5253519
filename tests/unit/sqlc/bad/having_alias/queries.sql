-- name: thing_try many
-- doc: Refused.
-- cols: n int
select size, count(*) as n from thing group by size having n > 1 limit 9;
