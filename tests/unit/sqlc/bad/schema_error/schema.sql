-- step 1
create table thing (
    id id primary key, -- public keep
    n  int not null,   -- public keep
    unique (m)
);
