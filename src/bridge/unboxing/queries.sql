-- name: unboxing_lines many
-- doc: What was delivered to somebody, the latest order first.
-- args: buyer id
select l.shop_order, l.position, l.product, l.name, l.options, o.delivered
  from order_listed o join line_seen l on l.shop_order = o.id
 where o.buyer = $buyer and o.delivered is not null
 order by l.shop_order desc, l.position limit 50;

-- name: unboxing_line one
-- doc: One line that was delivered to this buyer.
-- args: shop_order id, position int, buyer id
select l.product, l.name from order_seen o join line_seen l on l.shop_order = o.id
 where l.shop_order = $shop_order and l.position = $position and o.buyer = $buyer
   and o.delivered is not null;

-- name: unboxing_of_note one
-- doc: The delivery that a note shows.
-- args: note id
select note, shop_order, position, product, author, condition from unboxing where note = $note;

-- name: unboxing_of_line one
-- doc: The note that shows a delivery.
-- args: shop_order id, position int
select note from unboxing where shop_order = $shop_order and position = $position;

-- name: unboxing_insert run
-- doc: A note shows a delivery.
-- args: note id, shop_order id, position int, product id, author id, condition int
insert into unboxing(note, shop_order, position, product, author, condition)
values ($note, $shop_order, $position, $product, $author, $condition);

-- name: unboxing_delete run
-- doc: A note shows a delivery no longer.
-- args: note id
delete from unboxing where note = $note;

-- name: unboxing_doctor_rows many
-- doc: Unboxings after a note, with whether the delivery was the author's.
-- args: after id, n int
-- cols: delivered bool
select u.note, u.shop_order,
       exists(select 1 from order_seen o join line_seen l on l.shop_order = o.id
               where o.id = u.shop_order and l.position = u.position and l.product = u.product
                 and o.buyer = u.author and o.delivered is not null) as delivered
  from unboxing u where u.note > $after order by u.note limit $n;
