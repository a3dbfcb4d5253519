-- name: thing_try run
-- doc: Refused.
-- args: id id
insert into thing (id, name, size) values ($id, 'a', 1)
on conflict (id) do update set size = size + 1;
