-- How many of each SKU can be sold: every change of what is in stock an entry.
--   free = received + adjusted + returned - sold - reserved
-- A checkout takes what it reserves out of `free` at once, and a payment then
-- changes no level: what was reserved is sold. In the house there are
-- free + reserved.

-- step 1
create table stock_level (
    sku  id  not null,                       -- trade keep
    free int not null,                       -- trade keep
    primary key (sku),
    check (free >= 0)
) without rowid;

create table stock_entry (
    id       id   primary key,               -- trade keep
    sku      id   not null,                  -- trade keep
    kind     int  not null,                  -- trade keep: enum stock_kind
    quantity int  not null,                  -- trade keep: signed change of what is in stock
    cause    id   not null                   -- trade keep: the order line or import behind it; 0 = none
);

create table reservation (
    purchase id   not null,                  -- trade keep
    sku      id   not null,                  -- trade keep
    quantity int  not null,                  -- trade keep
    primary key (purchase, sku)
) without rowid;

-- published
create view stock_free as select sku, free from stock_level;
-- Purchases that hold something: those that are neither paid nor given up.
-- published
create view purchase_holding as select distinct purchase from reservation;
