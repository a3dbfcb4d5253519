-- What the staff did, and why. Rows are only ever added: who answers for the
-- place can be asked about every act.

-- step 1
create table staff_act (
    id          id   primary key,              -- trade keep
    actor       id   not null,                 -- trade keep: who did it; 0 = the operator's key
    act         text not null,                 -- public keep: key of enum-like texts, "role.given"
    object_kind text not null,                 -- public keep: "person", "note", "section", "setting"
    object      id   not null,                 -- trade keep: its id; 0 = it has a name alone
    name        text not null,                 -- personal keep: what it is called, or empty
    reason      text not null,                 -- personal keep: in the staff's own words
    at          time not null                  -- public keep
);
create index staff_act_by_actor on staff_act(actor, id);
create index staff_act_by_act on staff_act(act, id);
