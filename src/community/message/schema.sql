-- Conversations between two people: what was written, how far each has read,
-- and whether the one who was written to wants it.

-- step 1
create table conversation (
    id     id  primary key,                  -- trade keep
    one    id  not null,                     -- trade keep: actor key, the smaller
    two    id  not null,                     -- trade keep: actor key
    opener id  not null,                     -- trade keep: who wrote first
    state  int not null,                     -- trade keep: enum talk_state
    unique (one, two)
);

-- A conversation as one of the two has it. It goes with its person; the other
-- keeps theirs.
create table talk_side (
    actor    id  not null,                   -- personal person
    other    id  not null,                   -- trade keep: actor key
    talk     id  not null,                   -- trade keep: the conversation
    shelf    int not null,                   -- personal person: enum talk_shelf
    newest   id  not null,                   -- personal person: the newest message
    by_other bool not null,                  -- personal person: the other wrote it
    seen     id  not null,                   -- personal person: newest message they have seen
    cleared  id  not null,                   -- personal person: up to here it is deleted for them
    primary key (actor, other),
    foreign key (talk) references conversation(id)
) without rowid;
create index talk_side_list on talk_side(actor, shelf, newest);
create index talk_side_talk on talk_side(talk, actor);

create table message (
    id      id   primary key,                -- trade keep: its time too
    talk    id   not null,                   -- trade keep
    author  id   not null,                   -- trade keep: actor key
    body    text not null,                   -- personal person: up to 1000 graphemes
    media   id,                              -- personal person: a photo
    product id,                              -- personal person: what it is about
    note    id,                              -- personal person: what it is about
    gone    bool not null default false,     -- trade keep: an empty line: taken back, or its author left
    hidden  bool not null default false,     -- trade keep: by moderation; shown as an empty line
    foreign key (talk) references conversation(id)
);
create index message_talk on message(talk, id);
create index message_author on message(author, id);
create index message_photo on message(media);
