-- step 1
create table thing (
    id id primary key -- public keep
);
-- step 3
alter table thing add column n int; -- public keep
