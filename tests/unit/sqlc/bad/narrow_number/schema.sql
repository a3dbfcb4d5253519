-- step 1
create table thing (
    id    id   primary key,            -- public keep
    name  text not null,               -- public keep
    size  int  not null,               -- public keep
    good  bool not null default false, -- public keep
    said  time                         -- public keep
);
