-- Notes and their attachments.

-- step 1
create table note (
    id       id   primary key,               -- public keep: its age too
    author   id   not null,                  -- trade keep: actor key
    kind     int  not null,                  -- public keep: enum note_kind
    audience int  not null,                  -- public keep: enum note_audience
    state    int  not null,                  -- public keep: enum note_state
    section  text not null,                  -- public keep
    lang     text not null,                  -- public keep: language the author wrote it in
    title    text not null,                  -- personal person: 1..60 graphemes
    simulated bool not null default false,   -- public keep
    likes    int  not null default 0,        -- public keep
    saves    int  not null default 0,        -- public keep
    comments int  not null default 0,        -- public keep
    who_comments int not null default 1,     -- public keep: enum note_comments
    about_kind int not null default 0,       -- public keep: enum note_about: what a complaint is about
    about    id   not null default 0,        -- public keep: product id or actor key, by about_kind
    answer   id   not null default 0,        -- public keep: the comment that answered; 0 = none
    told     bool not null default false,    -- public keep: the log has heard that it was published
    edited   time not null default 0,        -- public keep: when it was last changed; 0 = never
    cover        text not null,              -- personal person: media hash of the first attachment
    cover_width  int  not null,              -- public keep
    cover_height int  not null,              -- public keep
    cover_colour int  not null,              -- public keep
    cover_alt    text not null default '',   -- personal person
    body     text not null                   -- personal person: 0..1000 graphemes; last, so that
                                             -- a card is read without it
);
create index note_author on note(author, id, state, audience);
create index note_section on note(section, id, state, audience);

create table note_attachment (
    note     id   not null,                  -- public keep
    position int  not null,                  -- public keep: 0..17
    media    id   not null,                  -- public keep
    alt      text not null default '',       -- personal person: what a reader who cannot see it hears
    look     int  not null default 0,        -- public keep: enum note_look: what the author says it is
    primary key (note, position),
    foreign key (note) references note(id)
) without rowid;
create index note_attachment_media on note_attachment(media);

-- What a note said before it was changed.
create table note_version (
    note  id   not null,                     -- public keep
    n     int  not null,                     -- public keep: from 1 on
    title text not null,                     -- personal person
    body  text not null,                     -- personal person
    at    time not null,                     -- public keep: until when it stood so
    primary key (note, n),
    foreign key (note) references note(id)
) without rowid;

-- Who was told that a note or a comment names them: nobody is told twice.
create table note_mention (
    note    id not null,                     -- public keep
    comment id not null,                     -- public keep: the comment that names them; 0 = the note itself
    actor   id not null,                     -- personal person: who is named
    primary key (note, comment, actor),
    foreign key (note) references note(id)
) without rowid;
create index note_mention_actor on note_mention(actor, note, comment);

-- Who passed a note on: it counts once for each.
create table note_share (
    actor id not null,                       -- personal person
    note  id not null,                       -- personal person
    primary key (actor, note),
    foreign key (note) references note(id)
) without rowid;

-- What somebody is writing: the composer's form as it stands, right or wrong.
-- A scheduled note keeps its form, so that it can be taken back into it.
create table draft (
    id     id   primary key,                 -- personal person
    author id   not null,                    -- personal person: actor key
    note   id   not null default 0,          -- personal person: the scheduled note; 0 = not scheduled
    due    time not null default 0,          -- personal person: when that comes out
    title  text not null,                    -- personal person
    cover  text not null default '',         -- personal person: media hash of the first photo
    form   text not null,                    -- personal person: names and values, as a query has them
    saved  time not null                     -- personal person
);
create index draft_author on draft(author, saved);
create index draft_note on draft(note) where note > 0;

-- What a card needs, of notes that everyone may see. Who is shown comes from
-- person_shown by the author's actor key.
-- published
create view note_card as
    select id, author, kind, section, lang, title, simulated, likes, saves, comments,
           cover, cover_width, cover_height, cover_colour, cover_alt
      from note where state = 1 and audience = 1;

-- The notes that a follower of their author may see.
-- published
create view note_for_followers as
    select id, author from note where state = 1 and audience <= 2;

-- What others counted on any note, deleted ones too.
-- published
create view note_counted as select id, author, likes, saves, comments from note;
