-- Work that must be done, later or again, whatever crashes.

-- step 1
-- A job that is done is removed; one that failed for good stays to be seen.
create table job (
    id     id   primary key,                 -- trade keep: its age too
    kind   text not null,                    -- trade keep: name of the job_kind
    key    text,                             -- trade keep: one waiting job for each kind and key
    due    time not null,                    -- trade keep: not before
    lease  time not null default 0,          -- trade keep: a worker has it until then; 0 = nobody
    tries  int  not null default 0,          -- trade keep: how often it was begun
    failed time,                             -- trade keep: when it was given up; null = it waits
    error  text not null default '',         -- trade keep: why the last try failed
    body   text not null                     -- trade keep: what to do it with
);
create unique index job_key on job(kind, key) where failed is null and key is not null;
create index job_due on job(due, id) where failed is null;
