-- name: thing_try one
select id from thing where id = 1;
