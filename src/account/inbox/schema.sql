-- What happened that concerns a person. Learnt from the log, but for what was
-- read, what was switched off, and the words that staff told.

-- step 1
-- A line: facts of one kind about one thing within a day.
create table inbox_line (
    person   id    not null,                 -- personal person: actor who is told
    first    id    not null,                 -- personal 90d: its first fact, or the word told
    kind     int   not null,                 -- personal 90d: enum inbox_kind
    tab      int   not null,                 -- personal 90d: enum inbox_tab
    object   id    not null,                 -- personal 90d: inbox.h says what
    note     id    not null,                 -- personal 90d: the note concerned; 0 = none
    n        int   not null,                 -- personal 90d: people behind it now; 0 = not shown
    told     int   not null,                 -- personal 90d: facts that made it new
    unread   bool  not null,                 -- personal 90d
    state    int   not null,                 -- personal 90d: number of its newest fact's kind
    amount   money not null,                 -- personal 90d
    currency text  not null,                 -- personal 90d
    began    time  not null,                 -- personal 90d: of the first fact
    last     id    not null,                 -- personal 90d: its newest fact
    at       time  not null,                 -- personal 90d: of the newest fact
    primary key (person, first)
) without rowid;
create index inbox_line_newest on inbox_line(person, last);
create index inbox_line_thing on inbox_line(object, kind, person, first);
create index inbox_line_unread on inbox_line(person, unread, kind);

-- Who stands behind a line.
create table inbox_actor (
    person id   not null,                    -- personal person: whose line
    first  id   not null,                    -- personal 90d
    actor  id   not null,                    -- personal person: who did it
    fact   id   not null,                    -- personal 90d: newest first
    gone   bool not null default false,      -- personal 90d: took it back
    primary key (person, first, actor)
) without rowid;
create index inbox_actor_newest on inbox_actor(person, first, fact);
create index inbox_actor_own on inbox_actor(actor);

-- Whose side an order is on: its later facts do not say.
create table inbox_order (
    id       id not null primary key,        -- trade 1y: the order
    buyer    id not null,                    -- trade 1y: actor
    supplier id not null,                    -- trade 1y: actor
    at       time not null                   -- trade 1y: when it was placed
);

-- Who makes no lines for whom.
create table inbox_quiet (
    person id  not null,                     -- personal person
    other  id  not null,                     -- personal person
    kind   int not null,                     -- personal person: number of the fact's kind
    primary key (person, other, kind)
) without rowid;

-- The three below are not learnt: the log does not hold them.
create table inbox_seen (
    person id   not null,                    -- personal person
    first  id   not null,                    -- personal 90d
    told   int  not null,                    -- personal 90d: as far as this the line was read
    primary key (person, first)
) without rowid;

create table inbox_off (
    person id  not null,                     -- personal person
    kind   int not null,                     -- personal person: enum inbox_kind, not told
    primary key (person, kind)
) without rowid;

create table inbox_word (
    id     id   not null primary key,        -- personal 90d
    person id   not null,                    -- personal person: who is told
    words  text not null,                    -- personal 90d: an English message
    n      int  not null,                    -- personal 90d: its {n}
    detail text not null,                    -- personal 90d: what staff wrote
    href   text not null                     -- personal 90d: where it leads
);
create index inbox_word_person on inbox_word(person);
