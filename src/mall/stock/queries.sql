-- name: stock_open run
-- doc: A SKU begins with nothing.
-- args: sku id
insert into stock_level(sku, on_hand, held) values ($sku, 0, 0) on conflict do nothing;

-- name: stock_add run
-- doc: Move what is on hand, unless it would pass a bound or fall below what is held.
-- args: sku id, change int, most int
update stock_level set on_hand = stock_level.on_hand + $change
 where sku = $sku and stock_level.on_hand + $change >= stock_level.held
   and stock_level.on_hand + $change <= $most;

-- name: stock_hold_add run
-- doc: Hold some more, if so many are free.
-- args: sku id, quantity int
update stock_level set held = stock_level.held + $quantity
 where sku = $sku and stock_level.on_hand - stock_level.held >= $quantity;

-- name: stock_hold_end run
-- doc: Hold less.
-- args: sku id, quantity int
update stock_level set held = stock_level.held - $quantity
 where sku = $sku and stock_level.held >= $quantity;

-- name: stock_take run
-- doc: What was held leaves.
-- args: sku id, quantity int
update stock_level set on_hand = stock_level.on_hand - $quantity, held = stock_level.held - $quantity
 where sku = $sku and stock_level.held >= $quantity;

-- name: stock_entry_insert run
-- doc: Why what is on hand changed.
-- args: id id, sku id, kind int, quantity int, cause id
insert into stock_entry(id, sku, kind, quantity, cause) values ($id, $sku, $kind, $quantity, $cause);

-- name: stock_level_of one
-- doc: The level of a SKU.
-- args: sku id
select on_hand, held from stock_level where sku = $sku;

-- name: stock_levels many
-- doc: The levels of some SKUs.
-- args: skus ids
select sku, on_hand, held from stock_level where sku in $skus limit 1000;

-- name: reservation_insert run
-- doc: What a purchase holds.
-- args: purchase id, sku id, quantity int
insert into reservation(purchase, sku, quantity) values ($purchase, $sku, $quantity);

-- name: reservation_list many
-- doc: What a purchase holds.
-- args: purchase id
select sku, quantity from reservation where purchase = $purchase order by sku limit 1000;

-- name: reservation_delete run
-- doc: A purchase holds nothing any more.
-- args: purchase id
delete from reservation where purchase = $purchase;

-- name: stock_doctor_rows many
-- doc: Levels after a SKU beside the sums of their entries and reservations.
-- args: after id, n int
-- cols: entries int, reserved int
select l.sku, l.on_hand, l.held, coalesce(e.quantity, 0) as entries, coalesce(r.quantity, 0) as reserved
  from stock_level l
  left join (select sku, cast(sum(quantity) as bigint) as quantity from stock_entry group by sku) e
    on e.sku = l.sku
  left join (select sku, cast(sum(quantity) as bigint) as quantity from reservation group by sku) r
    on r.sku = l.sku
 where l.sku > $after order by l.sku limit $n;
