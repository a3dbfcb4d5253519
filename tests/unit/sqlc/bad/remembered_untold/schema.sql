-- step 1
create table thing (
    id    id   primary key,  -- public keep
    owner id   not null,     -- public keep
    title text not null      -- public keep
);
