-- Invitations, whom they brought, and those who ask to join while the operator
-- looks first.

-- step 1
create table invite (
    code     text not null,                   -- personal person: 10 letters and digits
    owner    id   not null,                   -- personal person: actor who invites; 0 = the place itself
    label    text not null,                   -- public keep: what the place calls its link; empty = a person's
    uses_max int  not null,                   -- public keep
    uses     int  not null default 0,         -- public keep
    created  time not null,                   -- public keep
    expires  time,                            -- public keep: null = never
    closed   bool not null default false,     -- public keep
    primary key (code)
) without rowid;
create index invite_owner on invite(owner, created);

create table invited (
    newcomer id   not null,                   -- personal person: actor
    code     text not null,                   -- personal person
    inviter  id   not null,                   -- personal person: actor; 0 = the place itself
    at       time not null,                   -- personal person
    primary key (newcomer)
) without rowid;
create index invited_by on invited(inviter, at);

create table asking (
    id      id   primary key,                 -- personal 90d
    handle  text not null,                    -- personal 90d
    name    text not null,                    -- personal 90d
    mail    text not null,                    -- personal 90d: empty = none
    secret  text not null,                    -- secret 90d: argon2id string
    lang    text not null,                    -- personal 90d
    said    text not null,                    -- personal 90d: why they would like to join
    source  text not null,                    -- personal 90d
    arrived_by id not null,                   -- personal 90d: the note that brought them; 0 = none
    created time not null,                    -- personal 90d
    unique (handle)
);

-- Who waits to be let in, by when they asked.
-- published
create view asking_waiting as select created from asking;
