-- step 1
create table thing (
    id id primary key, -- public keep
    order int not null -- public keep
);
