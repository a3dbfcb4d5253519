-- What somebody means to buy. The owner is an actor, or the key of a
-- visitor's browser; signing in moves the lines over.

-- step 1
create table cart_line (
    owner    id   not null,                  -- personal person: actor, or visitor key
    sku      id   not null,                  -- personal person
    quantity int  not null,                  -- personal person: 1..99
    source   text not null default '',       -- personal person: what brought them, as bridge/ reads it
    added    time not null,                  -- personal person
    name     text not null default '',       -- personal person: as it was called then
    price    money not null default 0,       -- personal person: of one, when they last saw it
    later    bool not null default false,    -- personal person: kept for another time
    primary key (owner, sku)
) without rowid;
