-- Copies of their data that people asked for, and holds that the law lays on
-- somebody's data.

-- step 1
create table privacy_export (
    id    id   primary key,                  -- personal person: when it was asked for
    actor id   not null,                     -- personal person: by whom, and of whom
    state int  not null,                     -- personal person: enum privacy_export_state
    lang  text not null,                     -- personal person: of its README
    done  int  not null default 0,           -- personal person: rooms gathered so far
    bytes int  not null default 0,           -- personal person: size of the file once it is ready
    ready time                               -- personal person: when it was; null until then
);
create index privacy_export_actor on privacy_export(actor, id);

-- Names an actor alone, so it may outlive the person.
create table legal_hold (
    id     id   primary key,                 -- trade keep: when it was laid
    actor  id   not null,                    -- trade keep: on whose data
    reason text not null,                    -- trade keep: which duty; names nobody
    laid_by id  not null,                    -- trade keep: actor key of the operator
    lifted time,                             -- trade keep: when it ended; null = it stands
    kept   bool not null default false       -- trade keep: the person went, a sealed copy is kept
);
create index legal_hold_actor on legal_hold(actor);

-- On whose data a hold stands: what has had its time waits for that.
-- published
create view legal_hold_standing as select actor from legal_hold where lifted is null;
