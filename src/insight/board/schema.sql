-- The loop as numbers: events counted by day. Learnt from the log.

-- step 1
create table board_day (
    day  time not null,                      -- public keep
    kind int  not null,                      -- public keep: number of kinds.def
    n    int  not null,                      -- public keep
    primary key (day, kind)
) without rowid;

create table board_actor (
    day   time not null,                     -- trade 400d
    actor id   not null,                     -- trade 400d
    kind  int  not null,                     -- trade 400d
    n     int  not null,                     -- trade 400d
    primary key (day, kind, actor)
) without rowid;
