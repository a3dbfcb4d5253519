-- Explore's memory: how warm each note is. Learnt from the log; lost, it comes back.

-- step 1
create table feed_note (
    note    id   primary key,                -- public keep
    section text not null,                   -- public keep
    author  id   not null,                   -- trade keep: actor key
    weight  int  not null,                   -- public keep: 1 like, 3 save, 4 comment
    heat    int  not null                    -- public keep: millionths, by the rule of feed.h
);
-- A page of Explore is read from this index alone.
create index feed_note_heat on feed_note(heat, note, section, author);

-- Notes that somebody does not want in their Explore.
create table feed_dismissed (
    actor   id   not null,                   -- personal person
    note    id   not null,                   -- personal person
    author  id   not null,                   -- personal person: of the note
    section text not null,                   -- personal person: of the note
    at      time not null,                   -- personal person
    primary key (actor, note)
) without rowid;
