-- The loop as numbers: how often each actor did each thing on each day.
-- Learnt from the log by a shared follower; lost, it comes back. What one actor
-- did on a day stands together, for that is how it is learnt.

-- step 1
create table board_deed (
    day     time not null,                   -- trade 400d: midnight UTC
    actor   id   not null,                   -- trade 400d: actor key, 0 = the shop or a visitor
    measure int  not null,                   -- trade 400d: kind number of kinds.def; see board.h
    n       int  not null,                   -- trade 400d
    primary key (day, actor, measure)
) without rowid;
