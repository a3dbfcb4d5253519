-- step 1
create view thing_all as select id from thing;
create table thing (
    id id primary key -- public keep
);
