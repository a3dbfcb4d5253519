-- Answers to requests that may be sent again (web/idempotency.h).

-- step 1
create table web_key (
    key         text  not null,            -- secret 2d: named by the client, time first
    actor       id    not null,            -- personal 2d: whose; 0 = a visitor
    route       text  not null,            -- personal 2d
    fingerprint bytes not null,            -- personal 2d: hash of address and body
    status      int   not null,            -- personal 2d
    location    text  not null,            -- personal 2d: empty = none
    body        text  not null,            -- personal 2d: the JSON answer; empty = none
    created     time  not null,            -- personal 2d
    primary key (key, actor)
) without rowid;
create index web_key_by_created on web_key(created);
