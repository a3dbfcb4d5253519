-- name: thing_try one
-- doc: Refused.
select id /* no */ from thing where id = 1;
