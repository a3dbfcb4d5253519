-- Topics: made by writing #them in a note.

-- step 1
create table topic (
    id    id   primary key,                  -- public keep
    key   text not null,                     -- public keep: folded name, what makes it the same topic
    name  text not null,                     -- public keep: as first written
    notes int  not null default 0,           -- public keep
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

-- published
create view topic_of_note as
    select tn.note, t.id, t.key, t.name from topic_note tn join topic t on t.id = tn.topic
     where tn.shown;
