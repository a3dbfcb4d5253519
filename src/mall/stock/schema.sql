-- How many of each SKU there are: every change an entry, the level their sum.
--   on_hand  = received + adjusted + returned - shipped out of it by a paid order
--   held     = reserved by checkouts that are not yet paid
-- What can be sold is on_hand - held, and never below zero.

-- step 1
create table stock_level (
    sku     id  primary key,                 -- trade keep
    on_hand int not null,                    -- trade keep
    held    int not null,                    -- trade keep
    check (on_hand >= 0),
    check (held >= 0),
    check (held <= on_hand)
);

create table stock_entry (
    id       id   primary key,               -- trade keep
    sku      id   not null,                  -- trade keep
    kind     int  not null,                  -- trade keep: enum stock_kind
    quantity int  not null,                  -- trade keep: signed change of on_hand
    cause    id   not null                   -- trade keep: the order line or import behind it; 0 = none
);

create table reservation (
    purchase id   not null,                  -- trade keep
    sku      id   not null,                  -- trade keep
    quantity int  not null,                  -- trade keep
    primary key (purchase, sku)
) without rowid;

-- published
create view stock_free as select sku, on_hand - held as free from stock_level;
