-- step 1
create table mine (
    id id primary key -- public keep
);
create index owned_by_pin on owned(pin);
