-- name: guest_try one
-- doc: Refused.
select pin from owned where id = 1;
