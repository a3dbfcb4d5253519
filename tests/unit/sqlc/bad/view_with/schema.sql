-- step 1
create table thing (
    id id primary key -- public keep
);
create view thing_all as with t as (select id from thing) select id from t;
