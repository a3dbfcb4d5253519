-- step 1
create table mine (
    id id primary key references owned(id) -- public keep
);
