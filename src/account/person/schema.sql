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
    avatar_media id  not null default 0,      -- public person: the photo of avatar; 0 = none
    cover        text not null default '',    -- public person: media hash of the wide photo, or empty
    cover_media  id  not null default 0,      -- public person
    cover_width  int not null default 0,      -- public person
    cover_height int not null default 0,      -- public person
    cover_colour int not null default 0,      -- public person
    handle_changed time,                      -- personal person: null = still the first
    source      text not null default '',     -- personal person: what brought them: note, invite,
                                              -- a campaign's label, or empty
    invited_by  id   not null default 0,      -- personal person: actor; 0 = nobody
    unique (actor),
    unique (handle)
);

-- A handle that was given up stays its owner's identifier: nobody else can take
-- it, and its old addresses lead to the new one.
create table identifier (
    kind     int  not null,                   -- personal person: 1 handle, 2 mail, 3 phone
    value    text not null,                   -- personal person: folded
    person   id   not null,                   -- personal person
    verified time,                            -- personal person: null until shown to be theirs
    primary key (kind, value),
    foreign key (person) references person(id)
) without rowid;
create index identifier_person on identifier(person, kind);

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
    used    time  not null,                   -- personal 60d: to the hour
    strong  bool  not null,                   -- personal 60d: a second factor was shown
    agent   text  not null,                   -- personal 60d: what the browser says it is, cut
    primary key (token),
    foreign key (person) references person(id)
) without rowid;
create index session_person on session(person);

-- The second factor: a key that the person's phone holds too (codec/totp.h). It
-- has to be readable, since codes are made from it.
create table second_factor (
    person    id    not null,                 -- personal person
    secret    bytes not null,                 -- secret person
    confirmed time,                           -- personal person: null until a code was right
    last_step int   not null default 0,       -- personal person: no code is taken twice
    tries     int   not null default 0,       -- personal person: wrong ones since tries_from
    tries_from time not null default 0,       -- personal person
    primary key (person),
    foreign key (person) references person(id)
) without rowid;

create table recovery_code (
    person id    not null,                    -- personal person
    hash   bytes not null,                    -- secret person: BLAKE2b-256 of the code
    used   time,                              -- personal person
    primary key (person, hash),
    foreign key (person) references person(id)
) without rowid;

-- Whose password was right and who still has to show the second factor.
create table sign_in_wait (
    token   bytes not null,                   -- secret 1d: BLAKE2b-256 of the cookie's token
    person  id    not null,                   -- personal 1d
    expires time  not null,                   -- personal 1d
    primary key (token),
    foreign key (person) references person(id)
) without rowid;

-- Who an actor is, as everyone may see it.
-- published
create view person_shown as
    select actor, handle, name, avatar, roles, simulated from person;
-- Who shows a second factor when they sign in.
-- published
create view second_factor_shown as
    select p.actor from second_factor f join person p on p.id = f.person where f.confirmed is not null;
