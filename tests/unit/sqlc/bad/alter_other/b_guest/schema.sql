-- step 1
create table mine (
    id id primary key -- public keep
);
-- step 2
alter table owned add column n int; -- public keep
