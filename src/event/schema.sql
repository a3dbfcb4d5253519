-- The log of everything that happened, what its followers have read of it,
-- and the stream of what people saw.

-- step 1
-- One fact a row, written in the transaction of the change it tells. Only
-- added to. tx is the transaction's number on PostgreSQL, where a row may
-- become visible after a younger one; followers read by (tx, id). It is 0 on
-- SQLite and after an import.
create table event (
    id        id   primary key,              -- trade keep: its age too
    tx        int  not null,                 -- trade keep
    kind      int  not null,                 -- trade keep: number of kinds.def
    actor     id   not null,                 -- trade keep: actor key of who did it; 0 = the shop
    object    id   not null,                 -- trade keep: to what; the kind says which
    about     id   not null,                 -- trade keep: the second thing concerned; 0 = none
    at        time not null,                 -- trade keep
    simulated bool not null,                 -- trade keep: done by a simulated person
    body      text not null                  -- trade keep: small JSON object, or empty
);
create index event_tx on event(tx, id) where tx > 0;

-- How far each shared follower has read.
create table event_cursor (
    follower text not null,                  -- public keep
    tx       int  not null,                  -- public keep
    id       id   not null,                  -- public keep: the last row learnt
    learnt   int  not null,                  -- public keep: rows learnt since row one
    primary key (follower)
) without rowid;

-- What people saw, of those who agreed to be counted.
create table exposure (
    at       time not null,                  -- personal 30d
    who      id   not null,                  -- personal 30d: actor, or the key of a visitor's browser
    kind     int  not null,                  -- personal 30d: enum exposure_kind
    thing    id   not null,                  -- personal 30d: the note, product or author; 0 = none
    place    int  not null,                  -- personal 30d: enum exposure_place
    position int  not null,                  -- personal 30d: which in its list, from 0
    dwell    int  not null,                  -- personal 30d: milliseconds, for a dwell
    primary key (at, who, kind, thing)
) without rowid;
-- What one person saw lately is read from this index alone.
create index exposure_who on exposure(who, at, kind, thing);

-- Batches that were taken, so that one sent twice counts once.
create table exposure_batch (
    batch id   not null,                     -- personal 2d: number made by the browser, time first
    who   id   not null,                     -- personal 2d
    at    time not null,                     -- personal 2d
    primary key (batch, who)
) without rowid;

-- Whole days, added up. What stays when the single rows go.
create table exposure_day (
    day    time not null,                    -- public keep: its first moment, UTC
    kind   int  not null,                    -- public keep
    thing  id   not null,                    -- public keep
    place  int  not null,                    -- public keep
    seen   int  not null,                    -- public keep: rows
    people int  not null,                    -- public keep: different ones
    dwell  int  not null,                    -- public keep: milliseconds, of all
    primary key (day, kind, thing, place)
) without rowid;

-- How far adding up and clearing have come.
create table exposure_mark (
    name text not null,                      -- public keep: "days"
    day  time not null,                      -- public keep: the first day not yet added up
    primary key (name)
) without rowid;

-- The log, for reports and drill-downs.
-- published
create view event_seen as
    select id, kind, actor, object, about, at, simulated, body from event;
-- Single exposures, as long as they are kept, and the sums of whole days.
-- published
create view exposure_seen as
    select at, who, kind, thing, place, position, dwell from exposure;
-- published
create view exposure_by_day as
    select day, kind, thing, place, seen, people, dwell from exposure_day;
