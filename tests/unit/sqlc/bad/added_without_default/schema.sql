-- step 1
create table thing (
    id id primary key -- public keep
);
insert into thing (id) values (1);
-- step 2
alter table thing add column n int not null; -- public keep
