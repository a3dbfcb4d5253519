-- What people do with notes and with each other: like, save, comment, follow.
-- The counts a card shows stand in note/, kept through note_count_add().

-- step 1
create table note_like (
    actor id   not null,                     -- personal person
    note  id   not null,                     -- personal person
    primary key (actor, note)
) without rowid;

create table note_save (
    actor id   not null,                     -- personal person
    note  id   not null,                     -- personal person
    at    time not null,                     -- personal person
    collection id not null default 0,        -- personal person: where it is kept; 0 = simply saved
    primary key (actor, note)
) without rowid;
create index note_save_kept on note_save(collection, at, note) where collection > 0;

-- Named places for what is saved.
create table collection (
    id    id   primary key,                  -- personal person
    owner id   not null,                     -- personal person: actor
    name  text not null,                     -- personal person: 1..30 graphemes
    open  bool not null default false,       -- personal person: others may look
    unique (owner, name)
);

create table comment (
    id      id   primary key,                -- public keep
    note    id   not null,                   -- public keep
    author  id   not null,                   -- trade keep: actor key
    thread  id   not null,                   -- public keep: the comment that began it; its own id
    parent  id,                              -- public keep: the comment answered, or null
    body    text not null,                   -- personal person: 1..500 graphemes, empty when deleted
    likes   int  not null default 0,         -- public keep
    deleted bool not null default false,     -- public keep: kept as a line because it was answered
    state   int  not null default 1          -- public keep: enum comment_state
);
create index comment_thread on comment(note, thread, id);
-- Those that began a thread, in the two orders they are read in.
create index comment_newest on comment(note, id) where parent is null;
create index comment_liked on comment(note, likes, id) where parent is null;

create table comment_like (
    actor   id   not null,                   -- personal person
    comment id   not null,                   -- personal person
    primary key (actor, comment),
    foreign key (comment) references comment(id)
) without rowid;
create index comment_like_back on comment_like(comment);

-- Comments with these words wait for the author of the note.
create table comment_word (
    author id   primary key,                 -- personal person: actor whose notes they are
    words  text not null                     -- personal person: one on a line
);

create table follow (
    follower id   not null,                  -- personal person: actor
    followed id   not null,                  -- personal person: actor
    at       time not null,                  -- personal person
    primary key (follower, followed)
) without rowid;
create index follow_back on follow(followed, follower);

-- published
create view follow_edge as select follower, followed from follow;
-- published
create view saved_note as select actor, note, at from note_save;
-- published
create view liked_note as select actor, note from note_like;
