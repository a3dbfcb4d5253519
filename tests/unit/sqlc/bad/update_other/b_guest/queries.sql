-- name: guest_try run
-- doc: Refused.
update owned set pin = 'a' where id = 1;
