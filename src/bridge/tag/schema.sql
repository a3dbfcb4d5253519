-- Pins: a product on a photo of a note, and what connects the author to it.

-- step 1
create table pin (
    id         id   primary key,             -- public keep
    note       id   not null,                -- public keep
    position   int  not null,                -- public keep: which photo
    x          int  not null,                -- public keep: 0..1000 of the width
    y          int  not null,                -- public keep: 0..1000 of the height
    product    id   not null,                -- public keep
    author     id   not null,                -- trade keep: actor key
    connection int  not null,                -- public keep: enum connection, shown as a label
    removed    bool not null default false   -- public keep
);
create index pin_note on pin(note, position);
create index pin_product on pin(product, id);

-- published
create view pin_seen as
    select id, note, position, x, y, product, author, connection from pin where not removed;
