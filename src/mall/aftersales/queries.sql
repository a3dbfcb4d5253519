-- name: case_entry_mine many
-- doc: What a person did and said in cases, for their copy of it.
-- args: actor id, after id, n int
select id, aftercase, act, role, words, carrier, tracking, amount from aftercase_entry
 where actor = $actor and id > $after order by id limit $n;

-- name: aftercase_mine many
-- doc: A buyer's cases, for their copy of it.
-- args: buyer id, after id, n int
select id, shop_order, position, kind, state, reason, quantity, currency, value, refunded, closed
  from aftercase where buyer = $buyer and id > $after order by id limit $n;

-- name: case_entry_outlived run
-- doc: Forget the words and parcel numbers of entries below an id.
-- args: before id
update aftercase_entry set words = '', tracking = '', media = null
 where id < $before and (words <> '' or tracking <> '' or media is not null);
