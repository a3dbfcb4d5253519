-- name: thing_try run
-- doc: Refused.
insert into thing (id, name, size) select id + 1, name, size from thing
on conflict (id) do nothing;
