-- name: purchase_insert run
-- doc: A new purchase, open to be paid.
-- args: id id, buyer id, currency text, total money, expires time, simulated bool
insert into purchase(id, buyer, state, currency, total, expires, simulated)
values ($id, $buyer, 1, $currency, $total, $expires, $simulated);

-- name: purchase_address_insert run
-- doc: Where a purchase goes.
-- args: purchase id, name text, phone text, line1 text, line2 text, city text, region text, postcode text, country text
insert into purchase_address(purchase, name, phone, line1, line2, city, region, postcode, country)
values ($purchase, $name, $phone, $line1, $line2, $city, $region, $postcode, $country);

-- name: purchase_row one
-- doc: One purchase.
-- args: id id
select id, buyer, state, currency, total, expires, simulated from purchase where id = $id;

-- name: purchases_over many
-- doc: Open purchases after an id whose time is over, the oldest first.
-- args: after id, now time, n int
select p.id from purchase_holding h join purchase p on p.id = h.purchase
 where h.purchase > $after and p.state = 1 and p.expires <= $now
 order by p.id limit $n;

-- name: purchase_step run
-- doc: Take a purchase from one state to another; nothing happens when it is not there.
-- args: id id, before int, after int
update purchase set state = $after where id = $id and state = $before;

-- name: purchase_address_of one
-- doc: Where a purchase goes.
-- args: purchase id
select name, phone, line1, line2, city, region, postcode, country from purchase_address
 where purchase = $purchase;

-- name: address_of_buyer one
-- doc: Where a buyer's newest purchase went.
-- args: buyer id
select name, phone, line1, line2, city, region, postcode, country from purchase_address
 where purchase = (select o.purchase from order_listed o where o.buyer = $buyer
                    order by o.id desc limit 1);

-- name: order_insert run
-- doc: One supplier's part of a purchase.
-- args: id id, purchase id, supplier id, buyer id, currency text, total money, delivery money, delivery_tax money, method text
insert into shop_order(id, purchase, supplier, buyer, state, currency, total, delivery, delivery_tax,
                       method)
values ($id, $purchase, $supplier, $buyer, 1, $currency, $total, $delivery, $delivery_tax, $method);

-- name: order_line_insert run
-- doc: One line of an order, as things were.
-- args: shop_order id, position int, sku id, product id, name text, options text, photo text, quantity int, price money, amount money, tax money, return_days int, fee_rule id, source text, discount money, subsidy money, tax_included bool, policy id
insert into order_line(shop_order, position, sku, product, name, options, photo, quantity, price,
                       amount, tax, return_days, fee_rule, source, discount, subsidy, tax_included,
                       policy)
values ($shop_order, $position, $sku, $product, $name, $options, $photo, $quantity, $price,
        $amount, $tax, $return_days, $fee_rule, $source, $discount, $subsidy, $tax_included,
        $policy);

-- name: order_claim_insert run
-- doc: Who else is paid from a line.
-- args: shop_order id, position int, party id, reason int, rate int, cause id
insert into order_claim(shop_order, position, party, reason, rate, cause)
values ($shop_order, $position, $party, $reason, $rate, $cause);

-- name: order_row one
-- doc: One order.
-- args: id id
select id, purchase, supplier, buyer, state, currency, total, paid, shipped, delivered, closed,
       delivery, delivery_tax, method
  from shop_order where id = $id;

-- name: orders_of_purchase many
-- doc: The orders of a purchase, with the note that led to each, if one did.
-- args: purchase id
-- cols: note id
select o.id, o.supplier, o.buyer, o.state, o.currency, o.total,
       coalesce((select min(c.cause) from order_claim c where c.shop_order = o.id), 0) as note
  from shop_order o where o.purchase = $purchase order by o.id limit 50;

-- name: orders_of_buyer many
-- doc: A buyer's orders, newest first, below an id, with their first line.
-- args: buyer id, before id, n int
-- cols: lines int
select o.id, o.purchase, o.supplier, o.state, o.currency, o.total, l.name, l.options, l.photo, l.quantity,
       (select count(*) from order_line x where x.shop_order = o.id) as lines
  from order_listed o
  join order_line l on l.shop_order = o.id and l.position = 0
 where o.buyer = $buyer and o.id < $before
 order by o.id desc limit $n;

-- name: order_lines many
-- doc: The lines of an order.
-- args: shop_order id
select position, sku, product, name, options, photo, quantity, price, amount, tax, return_days, fee_rule,
       source, discount, subsidy, tax_included, policy
  from order_line where shop_order = $shop_order order by position limit 50;

-- name: order_claims many
-- doc: Who else is paid from an order.
-- args: shop_order id
select position, party, reason, rate, cause from order_claim
 where shop_order = $shop_order order by position, reason limit 200;

-- name: order_step_paid run
-- doc: A placed order was paid.
-- args: id id, at time
update shop_order set state = 2, paid = $at where id = $id and state = 1;

-- name: order_step_shipped run
-- doc: A paid order was shipped.
-- args: id id, at time
update shop_order set state = 3, shipped = $at where id = $id and state = 2;

-- name: order_step_delivered run
-- doc: A shipped order arrived.
-- args: id id, at time
update shop_order set state = 4, delivered = $at where id = $id and state = 3;

-- name: order_step_closed run
-- doc: A delivered order's return window ended.
-- args: id id, at time
update shop_order set state = 5, closed = $at where id = $id and state = 4;

-- name: order_step_cancelled run
-- doc: An order ends before anything was sent.
-- args: id id, at time
update shop_order set state = 6, closed = $at where id = $id and state in (1, 2);

-- name: order_step_reopened run
-- doc: An order that ran out of time was paid after all.
-- args: id id
update shop_order set state = 1, closed = null where id = $id and state = 6 and paid is null;

-- name: order_file_some run
-- doc: Enter the oldest of the new orders in the indexes of their buyers and suppliers.
-- args: n int
update shop_order set filed = true
 where id in (select o.id from shop_order o where not o.filed order by o.id limit $n);

-- name: order_items_of_purchase many
-- doc: What a purchase needs of each SKU.
-- args: purchase id
-- cols: quantity int
select l.sku, cast(sum(l.quantity) as bigint) as quantity
  from shop_order o join order_line l on l.shop_order = o.id
 where o.purchase = $purchase group by l.sku order by l.sku limit 100;

-- name: order_doctor_rows many
-- doc: Orders after an id beside what their lines come to for the buyer, and how many lines gain more than they cost.
-- args: after id, n int
-- cols: lines money, odd int
select o.id, o.state, o.total, o.delivery, o.delivery_tax, o.paid, o.shipped, o.delivered, o.closed,
       (select coalesce(cast(sum(l.amount - l.discount - l.subsidy
                                 + case when l.tax_included then 0 else l.tax end) as bigint), 0)
          from order_line l where l.shop_order = o.id) as lines,
       (select count(*) from order_line l
         where l.shop_order = o.id
           and (l.discount < 0 or l.subsidy < 0 or l.amount < l.discount + l.subsidy
                or l.amount <> l.price * l.quantity)) as odd
  from shop_order o where o.id > $after order by o.id limit $n;

-- name: addresses_of_purchases many
-- doc: Where some purchases go.
-- args: purchases ids
select purchase, name, phone, line1, line2, city, region, postcode, country from purchase_address
 where purchase in $purchases limit 500;

-- name: purchase_mine many
-- doc: A buyer's purchases and where they went, for their copy of it.
-- args: buyer id, after id, n int
-- cols: name text?, phone text?, line1 text?, line2 text?, city text?, region text?, postcode text?, country text?
select p.id, p.state, p.currency, p.total, p.expires, a.name, a.phone, a.line1, a.line2, a.city,
       a.region, a.postcode, a.country
  from purchase p left join purchase_address a on a.purchase = p.id
 where p.buyer = $buyer and p.id > $after order by p.id limit $n;

-- name: order_mine many
-- doc: A buyer's orders, for their copy of it.
-- args: buyer id, after id, n int
select o.id, o.purchase, o.supplier, o.state, o.currency, o.total, o.paid, o.shipped, o.delivered, o.closed,
       o.delivery, o.delivery_tax, o.method
  from purchase p join shop_order o on o.purchase = p.id
 where p.buyer = $buyer and o.id > $after order by o.id limit $n;

-- name: order_line_mine many
-- doc: The lines of a buyer's orders beyond an order and a line.
-- args: buyer id, shop_order id, position int, n int
select l.shop_order, l.position, l.sku, l.product, l.name, l.options, l.quantity, l.price, l.amount,
       l.tax, l.discount, l.subsidy, l.tax_included, l.return_days, l.source
  from purchase p join shop_order o on o.purchase = p.id join order_line l on l.shop_order = o.id
 where p.buyer = $buyer and (l.shop_order, l.position) > ($shop_order, $position)
 order by l.shop_order, l.position limit $n;

-- name: order_unsent one
-- doc: How many paid orders wait for a supplier to send them.
-- args: supplier id
-- cols: n int
select count(*) as n from shop_order o where o.supplier = $supplier and o.state = 2;

-- name: purchase_address_erase run
-- doc: A buyer goes: addresses of what they never paid for. The others are kept as the law wants it.
-- args: buyer id
delete from purchase_address
 where purchase in (select p.id from purchase p
                     where p.buyer = $buyer
                       and not exists(select 1 from shop_order o
                                       where o.purchase = p.id and o.paid is not null));

-- name: purchase_address_outlived run
-- doc: Forget where purchases of before a time went, but those of buyers under a legal hold.
-- args: before time
delete from purchase_address
 where purchase in (select p.id from purchase p
                     where p.expires < $before
                       and not exists(select 1 from legal_hold_standing h where h.actor = p.buyer));

-- name: receipt_told_put run
-- doc: A buyer is written of a fact; nothing happens the second time.
-- args: id id, kind int, at time
insert into receipt_told(shop_order, told, at) values ($id, $kind, $at)
on conflict (shop_order) do update set told = excluded.told, at = excluded.at
 where receipt_told.told < excluded.told;

-- name: receipt_told_old run
-- doc: Forget facts that are not written of any more.
-- args: before time
delete from receipt_told where at < $before;

-- name: order_policy_in_force one
-- doc: The version that holds for a shop at a time: its own before that of all.
-- args: supplier id, at time
select id from order_policy
 where since <= $at and supplier in (0, $supplier)
 order by supplier desc, since desc, id desc limit 1;

-- name: order_policy_row one
-- doc: One version.
-- args: id id
select id, since, supplier, return_days, way_back, fee_rule, tax_rule, note
  from order_policy where id = $id;

-- name: order_policy_rows many
-- doc: All versions, the newest first.
-- args: before id, n int
select id, since, supplier, return_days, way_back, fee_rule, tax_rule, note
  from order_policy where id < $before order by id desc limit $n;

-- name: order_policy_excluded many
-- doc: The categories that versions leave out.
-- args: policies ids
select policy, category from order_policy_exclusion
 where policy in $policies order by policy, category limit 2000;

-- name: order_policy_insert run
-- doc: A new version.
-- args: id id, since time, supplier id, return_days int, way_back int, fee_rule id, note text
insert into order_policy(id, since, supplier, return_days, way_back, fee_rule, note)
values ($id, $since, $supplier, $return_days, $way_back, $fee_rule, $note);

-- name: order_policy_exclusion_insert run
-- doc: A category that a version leaves out.
-- args: policy id, category text
insert into order_policy_exclusion(policy, category) values ($policy, $category)
on conflict do nothing;

-- name: order_has_case one
-- doc: Whether a case of an order is open.
-- args: shop_order id
-- cols: held bool
select exists(select 1 from case_open c where c.shop_order = $shop_order) as held;

-- name: order_terms_now one
-- doc: What the version in force says of a line, and whether it leaves any category out.
-- args: supplier id, at time
-- cols: excludes bool
select p.id, p.return_days,
       exists(select 1 from order_policy_exclusion e where e.policy = p.id) as excludes
  from order_policy p where p.since <= $at and p.supplier in (0, $supplier)
 order by p.supplier desc, p.since desc, p.id desc limit 1;

-- name: order_terms_exclude one
-- doc: Whether a version leaves out the category of a product.
-- args: policy id, product id
-- cols: left_out bool
select exists(select 1 from order_policy_exclusion e join product_card c on c.category = e.category
               where e.policy = $policy and c.id = $product) as left_out;

-- name: order_has_parcel one
-- doc: Whether anything of an order was sent.
-- args: shop_order id
-- cols: sent bool
select exists(select 1 from shipment_seen s where s.shop_order = $shop_order) as sent;

-- name: order_called_off run
-- doc: Who cancelled a paid order, and why.
-- args: id id, who int, why text
update shop_order set called_off = $who, why = $why where id = $id;

-- name: order_called_off_of one
-- doc: Who cancelled a paid order, and why.
-- args: id id
select called_off, why from shop_order where id = $id;

-- name: invoice_series_open run
-- doc: A selling entity begins its numbers.
-- args: supplier id
insert into invoice_series(supplier, last) values ($supplier, 0) on conflict do nothing;

-- name: invoice_series_next run
-- doc: Take the next number.
-- args: supplier id
update invoice_series set last = invoice_series.last + 1 where supplier = $supplier;

-- name: invoice_series_last one
-- doc: The newest number.
-- args: supplier id
select last from invoice_series where supplier = $supplier;

-- name: invoice_insert run
-- doc: A document.
-- args: supplier id, number int, kind int, shop_order id, position int, amount money, at time
insert into invoice(supplier, number, kind, shop_order, position, amount, at)
values ($supplier, $number, $kind, $shop_order, $position, $amount, $at);

-- name: invoices_of_order many
-- doc: The documents of an order, in their order.
-- args: shop_order id
select number, kind, position, amount, at from invoice where shop_order = $shop_order
 order by number limit 200;

-- name: invoice_doctor_rows many
-- doc: Series after a supplier: its newest number, how many documents, and the greatest of them.
-- args: after id, n int
-- cols: documents int, greatest int
select s.supplier, s.last,
       (select count(*) from invoice i where i.supplier = s.supplier) as documents,
       (select coalesce(cast(max(i.number) as bigint), 0) from invoice i where i.supplier = s.supplier) as greatest
  from invoice_series s where s.supplier > $after order by s.supplier limit $n;
