-- step 1
create table mine (
    id id primary key -- public keep
);
