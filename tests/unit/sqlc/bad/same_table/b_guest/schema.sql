-- step 1
create table owned (
    id id primary key -- public keep
);
