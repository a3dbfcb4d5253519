-- step 1
create table if not exists thing (
    id id primary key -- public keep
);
