-- name: thing_try run
-- doc: Refused.
create table other (id int);
