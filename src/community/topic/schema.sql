-- Topics: made by writing #them in a note.

-- step 1
create table topic (
    id    id   primary key,                  -- public keep
    key   text not null,                     -- public keep: folded name, what makes it the same topic
    name  text not null,                     -- public keep: as first written
    notes int  not null default 0,           -- public keep
    intro_en text not null default '',       -- public keep: what it is about, in the operator's words
    intro_zh text not null default '',       -- public keep
    unique (key)
);

create table topic_note (
    topic id not null,                       -- public keep
    note  id not null,                       -- public keep
    shown bool not null default true,        -- public keep: false while not everyone sees the note
    primary key (topic, note),
    foreign key (topic) references topic(id)
) without rowid;
create index topic_note_back on topic_note(note);

create table topic_follow (
    actor id   not null,                     -- personal person
    topic id   not null,                     -- personal person
    at    time not null,                     -- personal person
    primary key (actor, topic),
    foreign key (topic) references topic(id)
) without rowid;
create index topic_follow_back on topic_follow(topic);

-- published
create view topic_follow_edge as select actor, topic from topic_follow;
-- published
create view topic_shown as select id, key, name from topic;
-- Which note is in which topic, of those that everyone may see.
-- published
create view topic_note_shown as select topic, note from topic_note where shown;

-- published
create view topic_of_note as
    select tn.note, t.id, t.key, t.name from topic_note tn join topic t on t.id = tn.topic
     where tn.shown;
