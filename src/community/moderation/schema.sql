-- What was reported or waits for a look, what the moderators did about it, and
-- what the author answered. One case a thing; each time it opens is a round.

-- step 1
create table mod_case (
    id        id   primary key,              -- trade keep
    kind      int  not null,                 -- trade keep: enum thing_kind
    object    id   not null,                 -- trade keep: its id, or an actor key
    owner     id   not null,                 -- trade keep: actor key of who made it; 0 = nobody
    section   text not null,                 -- trade keep: empty = belongs to none
    complaint bool not null,                 -- trade keep: a note that complains
    state     int  not null,                 -- trade keep: enum case_state
    rank      int  not null,                 -- trade keep: 0 = urgent, 1 = any other
    round     int  not null,                 -- trade keep: how often it opened, from 1
    opened    time not null,                 -- trade keep: this round
    first_act time,                          -- trade keep: of this round
    due       time,                          -- trade keep: until when the author corrects it
    corrected bool not null default false,   -- trade keep: the author says so, in this round
    hidden    bool not null default false,   -- trade keep: by a moderator, now
    held      bool not null default false,   -- trade keep: waits for a look, unseen by others
    holder    id   not null default 0,       -- trade keep: the moderator who looks at it now
    held_until time not null default 0,      -- trade keep
    title     text not null,                 -- personal person: as it was last seen
    seen      text not null,                 -- personal person
    unique (kind, object)
);
create index mod_case_queue on mod_case(state, rank, opened, id);
create index mod_case_owner on mod_case(owner, id);

create table report (
    id        id   primary key,              -- trade keep: its time too
    thing_case id  not null,                 -- trade keep
    round     int  not null,                 -- trade keep
    reporter  id   not null,                 -- personal person: actor key; 0 = a visitor
    visitor   id   not null,                 -- personal 90d: key of a visitor's browser
    harm      int  not null,                 -- trade keep: enum harm
    brand     bool not null,                 -- trade keep: by the one whom the note speaks of
    body      text not null,                 -- personal person: in the reporter's words
    unique (thing_case, round, reporter, visitor),
    foreign key (thing_case) references mod_case(id)
);
create index report_reporter on report(reporter, id);
create index report_visitor on report(visitor, id);

create table mod_act (
    id        id   primary key,              -- trade keep: its time too
    thing_case id  not null,                 -- trade keep
    round     int  not null,                 -- trade keep
    actor     id   not null,                 -- trade keep: the moderator; 0 = the operator's key
    owner     id   not null,                 -- trade keep: whom it concerns
    act       int  not null,                 -- trade keep: enum act
    rule      int  not null,                 -- trade keep: enum harm that it rests on
    until     time not null,                 -- trade keep: end of a limit, or of a correction; 0 = none
    body      text not null,                 -- personal person: what the author is told
    foreign key (thing_case) references mod_case(id)
);
create index mod_act_case on mod_act(thing_case, id);
create index mod_act_owner on mod_act(owner, id);

create table mod_answer (
    thing_case id  not null,                 -- trade keep
    round     int  not null,                 -- trade keep
    at        time not null,                 -- trade keep
    decided   time,                          -- trade keep
    restored  bool not null default false,   -- trade keep
    body      text not null,                 -- personal person: the author's words
    primary key (thing_case, round),
    foreign key (thing_case) references mod_case(id)
) without rowid;

create table held_word (
    id      id   primary key,                -- trade keep
    section text not null,                   -- trade keep: empty = everywhere
    word    text not null,                   -- trade keep: as the operator wrote it
    words   text not null,                   -- trade keep: made ready for comparing
    tight   text not null,                   -- trade keep: the same, letters alone
    unique (section, tight)
);

create table section_moderator (
    actor   id   not null,                   -- personal person
    section text not null,                   -- personal person
    primary key (actor, section)
) without rowid;

-- Notes that somebody has to judge, or had to.
-- published
create view note_case as select object as note from mod_case where kind = 1;
-- published
create view note_judge as
    select c.object as note, m.actor from mod_case c
      join section_moderator m on m.section = c.section
     where c.kind = 1;
-- Messages that were reported: only these are shown to who judges.
-- published
create view message_case as select object as message from mod_case where kind = 5;
-- What waits for a look, by when it opened.
-- published
create view case_waiting as select opened from mod_case where state in (1, 5);
