-- The loop as numbers: how often each actor did each thing on each day.
-- Learnt from the log by a shared follower; lost, it comes back.

-- step 1
create table board_deed (
    day     time not null,                   -- trade 400d: midnight UTC
    measure int  not null,                   -- trade 400d: kind number of kinds.def; see board.h
    actor   id   not null,                   -- trade 400d: actor key, 0 = the shop or a visitor
    n       int  not null,                   -- trade 400d
    primary key (day, measure, actor)
) without rowid;
