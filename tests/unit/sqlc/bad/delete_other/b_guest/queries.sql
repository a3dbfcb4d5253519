-- name: guest_try run
-- doc: Refused.
delete from owned where id = 1;
