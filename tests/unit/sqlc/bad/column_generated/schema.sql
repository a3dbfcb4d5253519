-- step 1
create table thing (
    id id primary key, -- public keep
    twice int generated always as (id * 2) -- public keep
);
