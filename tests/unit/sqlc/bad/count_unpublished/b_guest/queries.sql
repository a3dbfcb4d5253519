-- name: guest_try one
-- doc: Refused.
-- cols: n int
select count(*) as n from owned_all;
