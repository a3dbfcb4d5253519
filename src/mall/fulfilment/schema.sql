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
