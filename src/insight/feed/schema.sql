-- Explore's memory: how warm each note is. Learnt from the log; lost, it comes back.

-- step 1
create table feed_note (
    note    id   primary key,                -- public keep
    section text not null,                   -- public keep
    weight  int  not null,                   -- public keep: 1 like, 3 save, 4 comment
    heat    int  not null                    -- public keep: millionths, by the rule of feed.h
);
-- A page of Explore is read from this index alone.
create index feed_note_heat on feed_note(heat, note, section);
