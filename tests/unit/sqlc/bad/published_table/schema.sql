-- step 1
-- published
create table thing (
    id id primary key -- public keep
);
