-- Who does not want to meet whom. A block holds in both directions, a mute
-- only hides; nobody is told of either.

-- step 1
create table bond (
    actor id   not null,                     -- personal person: who blocked or muted
    other id   not null,                     -- personal person: whom
    kind  int  not null,                     -- personal person: enum bond_kind
    at    time not null,                     -- personal person
    primary key (actor, other, kind)
) without rowid;
create index bond_back on bond(other, kind, actor);

-- published
create view block_edge as select actor, other from bond where kind = 1;
-- published
create view mute_edge as select actor, other from bond where kind = 2;
