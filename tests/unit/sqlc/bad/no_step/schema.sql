create table thing (
    id id primary key -- public keep
);
