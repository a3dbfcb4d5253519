-- name: shipment_insert run
-- doc: An order was handed to a carrier.
-- args: id id, shop_order id, carrier text, tracking text, shipped time
insert into shipment(id, shop_order, carrier, tracking, shipped)
values ($id, $shop_order, $carrier, $tracking, $shipped);

-- name: shipments_of_orders many
-- doc: What was sent for some orders.
-- args: orders ids
select id, shop_order, carrier, tracking, shipped, delivered, said_by from shipment
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
select shop_order, position, sku, name, options, quantity from line_seen
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

-- name: shipment_line_insert run
-- doc: What is in a parcel of several.
-- args: shipment id, position int, quantity int
insert into shipment_line(shipment, position, quantity) values ($shipment, $position, $quantity);

-- name: shipment_lines_of many
-- doc: What is in the parcels of some orders.
-- args: orders ids
select l.shipment, l.position, l.quantity
  from shipment s join shipment_line l on l.shipment = s.id
 where s.shop_order in $orders order by l.shipment, l.position limit 2000;

-- name: shipment_arrived run
-- doc: A parcel arrived; nothing happens the second time.
-- args: id id, at time, said_by int
update shipment set delivered = $at, said_by = $said_by where id = $id and delivered is null;

-- name: shipment_row one
-- doc: One parcel.
-- args: id id
select id, shop_order, carrier, tracking, shipped, delivered, said_by from shipment where id = $id;

-- name: shipments_underway many
-- doc: Parcels of an order that have not arrived.
-- args: shop_order id
select id from shipment where shop_order = $shop_order and delivered is null order by id limit 100;

-- name: shipments_tracked many
-- doc: Parcels of that number, for a carrier that says what became of them.
-- args: tracking text
select id, carrier, delivered from shipment where tracking = $tracking order by id limit 20;

-- name: shipment_doctor_rows many
-- doc: Orders after an id that have parcels: pieces bought, in parcels of some, and parcels of all.
-- args: after id, n int
-- cols: bought int, parted int, whole int
select o.id as shop_order, o.state,
       (select coalesce(cast(sum(l.quantity) as bigint), 0) from line_seen l where l.shop_order = o.id) as bought,
       (select coalesce(cast(sum(x.quantity) as bigint), 0)
          from shipment s join shipment_line x on x.shipment = s.id where s.shop_order = o.id) as parted,
       (select count(*) from shipment s where s.shop_order = o.id
           and not exists(select 1 from shipment_line x where x.shipment = s.id)) as whole
  from order_seen o
 where o.id > $after and exists(select 1 from shipment s where s.shop_order = o.id)
 order by o.id limit $n;
