-- name: guest_try run
-- doc: Refused.
insert into owned (id, pin) values (1, 'a');
