-- name: delivery_zones_of many
-- doc: A supplier's zones.
-- args: supplier id
-- remembered: delivery($supplier)
select id, supplier, name, countries from delivery_zone
 where supplier = $supplier order by id limit 100;

-- name: delivery_methods_of many
-- doc: A supplier's ways of delivery, by zone.
-- args: supplier id
-- remembered: delivery($supplier)
select m.id, m.zone, m.name, m.days, m.currency, m.price, m.free_from, m.steps
  from delivery_zone z join delivery_method m on m.zone = z.id
 where z.supplier = $supplier order by m.zone, m.id limit 500;

-- name: delivery_zone_insert run
-- doc: A new zone.
-- args: id id, supplier id, name text, countries text
-- changes: delivery($supplier)
insert into delivery_zone(id, supplier, name, countries) values ($id, $supplier, $name, $countries);

-- name: delivery_zone_delete run
-- doc: A zone goes; its methods went before.
-- args: id id, supplier id
-- changes: delivery($supplier)
delete from delivery_zone where id = $id and supplier = $supplier;

-- name: delivery_method_insert run
-- doc: A new way of delivery in a supplier's zone; nothing happens when the zone is not theirs.
-- args: id id, zone id, supplier id, name text, days text, currency text, price money, free_from money, steps text
-- changes: delivery($supplier)
insert into delivery_method(id, zone, name, days, currency, price, free_from, steps)
select $id, z.id, $name, $days, $currency, $price, $free_from, $steps
  from delivery_zone z where z.id = $zone and z.supplier = $supplier;

-- name: delivery_method_delete run
-- doc: A way of delivery goes.
-- args: id id, supplier id
-- changes: delivery($supplier)
delete from delivery_method
 where id = $id and zone in (select z.id from delivery_zone z where z.supplier = $supplier);

-- name: delivery_methods_delete run
-- doc: All ways of delivery of a supplier's zone go.
-- args: zone id, supplier id
-- changes: delivery($supplier)
delete from delivery_method
 where zone in (select z.id from delivery_zone z where z.id = $zone and z.supplier = $supplier);
