-- name: guest_try many
-- doc: Refused.
select c.pin from (select pin from owned) as owned_card_x, (select o.pin from owned o) as c limit 5;
