-- name: guest_try many
-- doc: Refused.
with owned_card as (select pin from owned) select pin from owned_card limit 5;
