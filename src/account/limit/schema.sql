-- How much an account may write: what new ones did lately, and whom the
-- moderators slowed down or stopped.

-- step 1
-- One row for each deed of an account under limits. A deed stays counted when
-- what it made is deleted.
create table limit_spent (
    id    id   primary key,                   -- personal 2d
    actor id   not null,                      -- personal 2d
    deed  int  not null,                      -- personal 2d: enum limit_deed
    at    time not null                       -- personal 2d
);
create index limit_spent_actor on limit_spent(actor, deed, at);
create index limit_spent_at on limit_spent(at);

create table limit_hold (
    actor id   primary key,                   -- personal person
    kind  int  not null,                      -- personal person: enum limit_kind
    until time not null                       -- personal person
);
