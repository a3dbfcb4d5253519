-- Unboxings: which delivery a note shows, and how it arrived.

-- step 1
create table unboxing (
    note       id   primary key,             -- public keep
    shop_order id   not null,                -- trade keep
    position   int  not null,                -- trade keep: the line
    product    id   not null,                -- public keep
    author     id   not null,                -- trade keep: actor key, who bought it
    condition  int  not null,                -- public keep: enum unbox_condition
    unique (shop_order, position)
);

-- What a product's deliveries looked like.
-- published
create view unboxing_seen as select note, product, condition from unboxing;
