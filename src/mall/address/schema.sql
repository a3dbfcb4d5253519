-- A person's address book. An order keeps its address as it was: nothing here
-- changes where a placed order goes.

-- step 1
create table saved_address (
    id       id   primary key,               -- personal person
    owner    id   not null,                  -- personal person: actor key
    name     text not null,                  -- personal person
    phone    text not null,                  -- personal person
    line1    text not null,                  -- personal person
    line2    text not null,                  -- personal person
    city     text not null,                  -- personal person
    region   text not null,                  -- personal person
    postcode text not null,                  -- personal person
    country  text not null,                  -- personal person: ISO 3166 alpha 2
    chosen   bool not null                   -- personal person: the one that is proposed
);
create index saved_address_owner on saved_address(owner, id);
