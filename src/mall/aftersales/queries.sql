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

-- name: aftercase_insert run
-- doc: A new case.
-- args: id id, shop_order id, position int, buyer id, supplier id, kind int, reason int, quantity int, sku id, want_sku id, currency text, value money, difference money, way_back int, simulated bool
insert into aftercase(id, shop_order, position, buyer, supplier, kind, state, reason, quantity, sku, want_sku,
                      currency, value, difference, way_back, simulated)
values ($id, $shop_order, $position, $buyer, $supplier, $kind, 1, $reason, $quantity, $sku, $want_sku,
        $currency, $value, $difference, $way_back, $simulated);

-- name: aftercase_row one
-- doc: One case.
-- args: id id
select id, shop_order, position, buyer, supplier, kind, state, reason, quantity, sku, want_sku, currency, value,
       difference, refunded, way_back, disposal, purchase, disputed, answered, closed, simulated
  from aftercase where id = $id;

-- name: aftercase_step run
-- doc: Take a case from one state to another; nothing happens when it is not there.
-- args: id id, before int, after int, closed time?
update aftercase set state = $after, closed = $closed where id = $id and state = $before;

-- name: aftercase_refunded run
-- doc: Some of the value went back.
-- args: id id, amount money
update aftercase set refunded = aftercase.refunded + $amount where id = $id;

-- name: aftercase_disposed run
-- doc: What became of the pieces.
-- args: id id, disposal int
update aftercase set disposal = $disposal where id = $id;

-- name: aftercase_asked run
-- doc: By which purchase the difference is paid; 0 = none.
-- args: id id, purchase id
update aftercase set purchase = $purchase where id = $id;

-- name: aftercase_now_return run
-- doc: An exchange becomes a return: the money is wanted.
-- args: id id
update aftercase set kind = 1 where id = $id;

-- name: aftercase_answered run
-- doc: The supplier's first answer; nothing happens after that.
-- args: id id, at time
update aftercase set answered = $at where id = $id and answered is null;

-- name: aftercase_disputed run
-- doc: The platform was asked.
-- args: id id
update aftercase set disputed = true where id = $id;

-- name: aftercase_way_back run
-- doc: Who pays the way back now.
-- args: id id, way_back int
update aftercase set way_back = $way_back where id = $id;

-- name: aftercase_pieces one
-- doc: How many pieces of a line are in cases that were not withdrawn or refused.
-- args: shop_order id, position int
-- cols: pieces int
select coalesce(cast(sum(c.quantity) as bigint), 0) as pieces from aftercase c
 where c.shop_order = $shop_order and c.position = $position and c.state not in (9, 10);

-- name: aftercase_line one
-- doc: What a case must know of a line of an order.
-- args: shop_order id, position int
select l.sku, l.product, l.name, l.options, l.photo, l.quantity, l.return_days, l.policy
  from line_seen l where l.shop_order = $shop_order and l.position = $position;

-- name: aftercase_want one
-- doc: A SKU that is wanted in exchange, as it is sold now.
-- args: sku id
select s.id, s.product, s.supplier, s.name, s.options, s.photo, s.price, s.currency
  from sku_sold s where s.id = $sku;

-- name: aftercase_choices many
-- doc: What a supplier sells for an exchange: the other SKUs of the same product.
-- args: product id
select s.id, s.options, s.code, s.price, s.currency from sku_sold s
 where s.product = $product order by s.position limit 100;

-- name: aftercase_sku_name one
-- doc: What a SKU is called; none when it is not sold any more.
-- args: sku id
select s.name, s.options from sku_sold s where s.id = $sku;

-- name: aftercase_entry_insert run
-- doc: Something done or said in a case.
-- args: id id, aftercase id, act int, role int, actor id, words text, carrier text, tracking text, amount money, media id?
insert into aftercase_entry(id, aftercase, act, role, actor, words, carrier, tracking, amount, media)
values ($id, $aftercase, $act, $role, $actor, $words, $carrier, $tracking, $amount, $media);

-- name: aftercase_entries many
-- doc: All that was done and said in a case, the oldest first.
-- args: aftercase id
-- cols: hash text?, width int?, height int?, colour int?, alt text?
select e.id, e.act, e.role, e.actor, e.words, e.carrier, e.tracking, e.amount, m.hash, m.width, m.height, m.colour,
       m.alt
  from aftercase_entry e left join media_shown m on m.id = e.media
 where e.aftercase = $aftercase order by e.id limit 300;

-- name: aftercases_of_order many
-- doc: The cases of an order.
-- args: shop_order id
select id, position, kind, state, quantity from aftercase where shop_order = $shop_order
 order by id limit 100;

-- name: aftercases_of_buyer many
-- doc: A buyer's cases below an id, newest first.
-- args: actor id, before id, n int
select c.id, c.shop_order, c.kind, c.state, c.reason, c.quantity, c.currency, c.value, l.name, l.options
  from aftercase c join line_seen l on l.shop_order = c.shop_order and l.position = c.position
 where c.buyer = $actor and c.id < $before order by c.id desc limit $n;

-- name: aftercases_of_supplier many
-- doc: A supplier's cases below an id, newest first.
-- args: actor id, before id, n int
select c.id, c.shop_order, c.kind, c.state, c.reason, c.quantity, c.currency, c.value, l.name, l.options
  from aftercase c join line_seen l on l.shop_order = c.shop_order and l.position = c.position
 where c.supplier = $actor and c.id < $before order by c.id desc limit $n;

-- name: aftercases_in_dispute many
-- doc: Cases that the platform is to decide, below an id.
-- args: before id, n int
select c.id, c.shop_order, c.kind, c.state, c.reason, c.quantity, c.currency, c.value, l.name, l.options
  from aftercase c join line_seen l on l.shop_order = c.shop_order and l.position = c.position
 where c.state = 11 and c.id < $before order by c.id desc limit $n;

-- name: aftercase_media_ours many
-- doc: Which of some photos stand in cases of this person.
-- args: ids ids, actor id
select e.media from aftercase_entry e join aftercase c on c.id = e.aftercase
 where e.media in $ids and (c.buyer = $actor or c.supplier = $actor) limit 500;

-- name: aftercase_media_any many
-- doc: Which of some photos stand in cases, for the staff.
-- args: ids ids
select e.media from aftercase_entry e where e.media in $ids limit 500;

-- name: aftercase_doctor_rows many
-- doc: Cases after an id beside their entries and what was given back for them.
-- args: after id, n int
-- cols: opened int, back money
select c.id, c.state, c.value, c.refunded, c.closed,
       (select count(*) from aftercase_entry e where e.aftercase = c.id and e.act = 1) as opened,
       (select coalesce(cast(sum(r.amount) as bigint), 0) from refund_seen r where r.shop_order = c.shop_order
           and r.of_case = c.id) as back
  from aftercase c where c.id > $after order by c.id limit $n;

-- name: aftercase_lines many
-- doc: The lines of an order with how many pieces of each are in cases.
-- args: shop_order id
-- cols: pieces int
select l.position, l.product, l.name, l.options, l.photo, l.quantity, l.return_days,
       (select coalesce(cast(sum(c.quantity) as bigint), 0) from aftercase c
         where c.shop_order = l.shop_order and c.position = l.position and c.state not in (9, 10)) as pieces
  from line_seen l where l.shop_order = $shop_order order by l.position limit 50;
