-- What the staff did and why, what they set on the console, and who may not
-- write for a while. Rows of staff_act are only ever added (a reason goes with the
-- person it speaks of): who answers for
-- the place can be asked about every act.

-- step 1
create table staff_act (
    id          id   primary key,              -- trade keep
    actor       id   not null,                 -- trade keep: who did it; 0 = the operator's key
    act         text not null,                 -- public keep: dotted key, "role.given"
    object_kind text not null,                 -- public keep: "person", "note", "section", "setting"
    object      id   not null,                 -- trade keep: its id; 0 = it has a name alone
    name        text not null,                 -- public keep: key of a role, a setting or a section, or empty
    reason      text not null,                 -- personal person: in the staff's own words
    at          time not null                  -- public keep
);
create index staff_act_by_actor on staff_act(actor, id);
create index staff_act_by_act on staff_act(act, id);
create index staff_act_by_object on staff_act(object_kind, object, id);

-- Settings that were changed on the console; the others have their default,
-- or what the file, the environment or a flag says.
create table setting_stored (
    name    text not null,                     -- public keep
    value   text not null,                     -- public keep: never a secret
    changed time not null,                     -- public keep
    primary key (name)
) without rowid;

create table suspension (
    actor   id   not null,                     -- personal person: who may not write
    reason  text not null,                     -- personal person: they read it
    since   time not null,                     -- personal person
    until   time not null,                     -- personal person: when it ends; 0 = when it is lifted
    answer  text not null default '',          -- personal person: what they said to it, once
    answered time not null default 0,          -- personal person: when; 0 = not yet
    primary key (actor)
) without rowid;
