-- step 1
create table mine (
    id id primary key -- public keep
);
create view mine_all as select m.id, o.pin from mine m join owned o on o.id = m.id;
