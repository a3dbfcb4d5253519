-- step 1
create table thing (
    id id primary key -- public keep
);
create view thing_all as
    select id,
           nmae from thing;
