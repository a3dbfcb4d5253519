-- step 1
create table mine (
    id id primary key -- public keep
);
insert into owned (id, pin) values (1, 'a');
