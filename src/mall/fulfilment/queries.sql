-- name: shipment_insert run
-- doc: An order was handed to a carrier.
-- args: id id, shop_order id, carrier text, tracking text, shipped time
insert into shipment(id, shop_order, carrier, tracking, shipped)
values ($id, $shop_order, $carrier, $tracking, $shipped);

-- name: shipment_delivered run
-- doc: What was sent for an order arrived.
-- args: shop_order id, at time, said_by int
update shipment set delivered = $at, said_by = $said_by
 where shop_order = $shop_order and delivered is null;

-- name: shipments_of_orders many
-- doc: What was sent for some orders.
-- args: orders ids
select shop_order, carrier, tracking, shipped, delivered, said_by from shipment
 where shop_order in $orders order by id limit 500;

-- name: supplier_waiting many
-- doc: A supplier's paid orders that wait to be sent, the longest waiting first.
-- args: supplier id, n int
select id, purchase, currency, total, paid from order_listed
 where supplier = $supplier and state = 2 order by id limit $n;

-- name: supplier_sold many
-- doc: A supplier's orders that were paid, newest first, below an id, with their first line.
-- args: supplier id, before id, n int
-- cols: lines int
select o.id, o.state, o.currency, o.total, l.name, l.options, l.quantity,
       (select count(*) from line_seen x where x.shop_order = o.id) as lines
  from order_listed o join line_seen l on l.shop_order = o.id and l.position = 0
 where o.supplier = $supplier and o.state between 2 and 5 and o.id < $before
 order by o.id desc limit $n;

-- name: supplier_packing many
-- doc: What goes into some orders' parcels.
-- args: orders ids
select shop_order, position, name, options, quantity from line_seen
 where shop_order in $orders order by shop_order, position limit 1000;

-- name: supplier_figures many
-- doc: By currency: how many orders wait to be sent, and what was paid and is not released yet.
-- args: supplier id
-- cols: waiting int, held money
select currency, count(case when state = 2 then 1 end) as waiting,
       cast(sum(total) as bigint) as held
  from order_listed where supplier = $supplier and state between 2 and 4
 group by currency order by currency limit 50;

-- name: shipment_mine many
-- doc: What was sent to a buyer.
-- args: buyer id, after id, n int
select s.id, s.shop_order, s.carrier, s.tracking, s.shipped, s.delivered
  from order_seen o join shipment s on s.shop_order = o.id
 where o.buyer = $buyer and s.id > $after order by s.id limit $n;

-- name: tracking_outlived run
-- doc: Forget the parcel numbers of before a time.
-- args: before time
update shipment set tracking = '' where shipped < $before and tracking <> '';
