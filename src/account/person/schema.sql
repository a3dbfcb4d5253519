-- People, how they sign in, and the one link from a person to their actor key.
-- The log, the ledger and every trade record name actors; only this room knows
-- who an actor is. Deleting the row of a person destroys the link.

-- step 1
create table person (
    id          id   primary key,             -- personal person
    actor       id   not null,                -- personal person: the key used everywhere else
    handle      text not null,                -- public person: folded, 3..20 of a-z 0-9 _
    name        text not null,                -- public person: shown name, 1..30 graphemes
    bio         text not null default '',     -- public person
    avatar      text not null default '',     -- public person: media hash, empty = initials
    roles       int  not null,                -- public person: bits of enum role
    lang        text not null default '',     -- personal person: chosen language, empty = by browser
    interests   text not null default '',     -- personal person: section keys, by commas
    personalised bool not null default true,  -- personal person
    exposure_ok bool not null default false,  -- personal person: agreed to be counted
    simulated   bool not null default false,  -- public person
    created     time not null,                -- public person
    unique (actor),
    unique (handle)
);

create table identifier (
    kind     int  not null,                   -- personal person: 1 handle, 2 mail, 3 phone
    value    text not null,                   -- personal person: folded
    person   id   not null,                   -- personal person
    verified time,                            -- personal person: null until shown to be theirs
    primary key (kind, value),
    foreign key (person) references person(id)
) without rowid;

create table credential (
    person  id   not null,                    -- personal person
    kind    int  not null,                    -- secret person: 1 password
    secret  text not null,                    -- secret person: argon2id string
    changed time not null,                    -- personal person
    primary key (person, kind),
    foreign key (person) references person(id)
) without rowid;

create table session (
    token   bytes not null,                   -- secret 60d: BLAKE2b-256 of the cookie's token
    id      id    not null,                   -- personal 60d
    person  id    not null,                   -- personal 60d
    created time  not null,                   -- personal 60d
    expires time  not null,                   -- personal 60d
    primary key (token),
    foreign key (person) references person(id)
) without rowid;
create index session_person on session(person);

-- Who an actor is, as everyone may see it.
-- published
create view person_shown as
    select actor, handle, name, avatar, roles, simulated from person;
