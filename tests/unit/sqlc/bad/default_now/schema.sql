-- step 1
create table thing (
    id id primary key, -- public keep
    at time default current_timestamp -- public keep
);
