-- step 1
create table thing (
    id id primary key -- public keep
);
-- step 2
drop table thing;
