-- name: guest_try one
-- doc: Refused.
select pin from owned_all where id = 1;
