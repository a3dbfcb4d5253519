-- name: coupon_of_code one
-- doc: The coupon of a code.
-- args: code text
select id, code, supplier, kind, amount, percent, currency, minimum, per_person, most, budget, used,
       spent, since, until, stopped
  from coupon where code = $code;

-- name: coupon_list many
-- doc: The coupons of a supplier, or of the platform, newest first, below an id.
-- args: supplier id, before id, n int
select id, code, supplier, kind, amount, percent, currency, minimum, per_person, most, budget, used,
       spent, since, until, stopped
  from coupon where supplier = $supplier and id < $before order by id desc limit $n;

-- name: coupon_insert run
-- doc: A new coupon; nothing happens when its code is taken.
-- args: id id, code text, supplier id, kind int, amount money, percent int, currency text, minimum money, per_person int, most int, budget money, since time, until time
insert into coupon(id, code, supplier, kind, amount, percent, currency, minimum, per_person, most,
                   budget, since, until)
values ($id, $code, $supplier, $kind, $amount, $percent, $currency, $minimum, $per_person, $most,
        $budget, $since, $until)
on conflict do nothing;

-- name: coupon_stop run
-- doc: A coupon is good for nothing from now on.
-- args: id id, supplier id
update coupon set stopped = true where id = $id and supplier = $supplier and not stopped;

-- name: coupon_take run
-- doc: Use a coupon once, while it is good for it.
-- args: id id, amount money, now time
update coupon set used = used + 1, spent = spent + $amount
 where id = $id and not stopped and since <= $now and until > $now
   and (most = 0 or used < most) and (budget = 0 or spent + $amount <= budget);

-- name: coupon_add run
-- doc: Count a use more, or one less, whatever it is good for.
-- args: id id, n int, amount money
update coupon set used = used + $n, spent = spent + $amount where id = $id;

-- name: coupon_used_by one
-- doc: How often a person has used a coupon.
-- args: coupon id, actor id
-- cols: n int
select count(*) as n from coupon_use where coupon = $coupon and actor = $actor and live;

-- name: coupon_use_insert run
-- doc: A purchase used a coupon.
-- args: purchase id, coupon id, actor id, amount money
insert into coupon_use(purchase, coupon, actor, amount, live)
values ($purchase, $coupon, $actor, $amount, true);

-- name: coupon_use_of one
-- doc: The coupon of a purchase.
-- args: purchase id
select u.purchase, u.coupon, u.actor, u.amount, u.live, c.code
  from coupon_use u join coupon c on c.id = u.coupon where u.purchase = $purchase;

-- name: coupon_use_set run
-- doc: Whether a purchase's use counts.
-- args: purchase id, live bool
update coupon_use set live = $live where purchase = $purchase and live <> $live;

-- name: price_tiers_of many
-- doc: The prices of some SKUs by number, the smallest number first.
-- args: ids ids
select sku, least, price from price_tier where sku in $ids order by sku, least limit 1000;

-- name: price_tier_put run
-- doc: What one costs from so many on.
-- args: sku id, least int, price money
insert into price_tier(sku, least, price) values ($sku, $least, $price)
on conflict (sku, least) do update set price = excluded.price;

-- name: price_tier_delete run
-- doc: That price is gone.
-- args: sku id, least int
delete from price_tier where sku = $sku and least = $least;

-- name: sku_of_supplier one
-- doc: A supplier's SKU by their own code.
-- args: supplier id, code text
select id, product, price, currency from sku_sold where supplier = $supplier and code = $code;

-- name: sku_is_of one
-- doc: Whose a SKU is.
-- args: sku id
select supplier, product from sku_sold where id = $sku;

-- name: price_tiers_by_supplier many
-- doc: A supplier's prices by number.
-- args: supplier id
select t.sku, t.least, t.price, s.code, s.name, s.options, s.price as single, s.currency
  from price_tier t join sku_sold s on s.id = t.sku
 where s.supplier = $supplier order by s.name, s.code, t.least limit 500;

-- name: price_tiers_of_product many
-- doc: The prices by number of a product's SKUs.
-- args: product id
select t.sku, t.least, t.price, s.options, s.price as single, s.currency
  from sku_sold s join price_tier t on t.sku = s.id
 where s.product = $product order by s.position, t.least limit 500;

-- name: coupon_doctor_rows many
-- doc: Coupons after an id beside the uses that count.
-- args: after id, n int
-- cols: uses int, gave money
select c.id, c.used, c.spent, c.most, c.budget,
       (select count(*) from coupon_use u where u.coupon = c.id and u.live) as uses,
       (select coalesce(cast(sum(u.amount) as bigint), 0) from coupon_use u
         where u.coupon = c.id and u.live) as gave
  from coupon c where c.id > $after order by c.id limit $n;
