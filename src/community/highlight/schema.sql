-- The notes that a person puts first on their profile.

-- step 1
create table highlight (
    actor    id  not null,                   -- personal person: whose profile
    position int not null,                   -- public person: 0..2
    note     id  not null,                   -- public person
    primary key (actor, position),
    unique (actor, note)
) without rowid;
