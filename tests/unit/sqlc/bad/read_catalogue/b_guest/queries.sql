-- name: guest_try many
-- doc: Refused.
select name from sqlite_schema limit 5;
