-- name: guest_try one
-- doc: Refused.
select id from mine where id in (select id from owned);
