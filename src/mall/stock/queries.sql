-- name: stock_open run
-- doc: A SKU begins with nothing.
-- args: sku id
insert into stock_level(sku, free) values ($sku, 0) on conflict do nothing;

-- name: stock_add run
-- doc: Change what is free, unless it would fall below zero or pass a bound.
-- args: sku id, change int, most int
update stock_level set free = stock_level.free + $change
 where sku = $sku and stock_level.free + $change between 0 and $most;

-- name: stock_take run
-- doc: Take some of what is free, if there is so much.
-- args: sku id, quantity int
update stock_level set free = stock_level.free - $quantity
 where sku = $sku and stock_level.free >= $quantity;

-- name: stock_put_back run
-- doc: What was taken is free again.
-- args: sku id, quantity int
update stock_level set free = stock_level.free + $quantity where sku = $sku;

-- name: stock_entry_insert run
-- doc: Why what is on hand changed.
-- args: id id, sku id, kind int, quantity int, cause id
insert into stock_entry(id, sku, kind, quantity, cause) values ($id, $sku, $kind, $quantity, $cause);

-- name: stock_level_of one
-- doc: How many of a SKU are free, and how many reserved.
-- args: sku id
-- cols: reserved int
select l.free,
       (select coalesce(cast(sum(r.quantity) as bigint), 0) from reservation r where r.sku = l.sku)
           as reserved
  from stock_level l where l.sku = $sku;

-- name: stock_levels many
-- doc: How many of some SKUs are free.
-- args: skus ids
select sku, free from stock_level where sku in $skus limit 1000;

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
select l.sku, l.free, coalesce(e.quantity, 0) as entries, coalesce(r.quantity, 0) as reserved
  from stock_level l
  left join (select sku, cast(sum(quantity) as bigint) as quantity from stock_entry group by sku) e
    on e.sku = l.sku
  left join (select sku, cast(sum(quantity) as bigint) as quantity from reservation group by sku) r
    on r.sku = l.sku
 where l.sku > $after order by l.sku limit $n;
