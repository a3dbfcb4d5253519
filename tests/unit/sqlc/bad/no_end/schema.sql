-- step 1
create table thing (
    id id primary key -- public keep
)
