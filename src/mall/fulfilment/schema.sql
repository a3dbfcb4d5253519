-- How goods leave: a shipment for an order.

-- step 1
create table shipment (
    id         id   primary key,             -- trade 10y
    shop_order id   not null,                -- trade 10y
    carrier    text not null,                -- trade 10y
    tracking   text not null,                -- personal 10y
    shipped    time not null,                -- trade 10y
    delivered  time,                         -- trade 10y
    said_by    int  not null default 0       -- trade 10y: who said delivered: 1 buyer, 2 carrier, 3 time
);
create index shipment_order on shipment(shop_order);
create index shipment_tracking on shipment(tracking) where tracking <> '';

-- What is in a parcel of several; one parcel with everything has no rows here.
create table shipment_line (
    shipment id  not null,                   -- trade 10y
    position int not null,                   -- trade 10y: the order's line
    quantity int not null,                   -- trade 10y
    primary key (shipment, position),
    foreign key (shipment) references shipment(id)
) without rowid;
-- published
create view shipment_seen as
    select id, shop_order, carrier, shipped, delivered from shipment;
