-- step 1
create table thing (
    id id primary key, -- public keep
    name text collate nocase -- public keep
);
