-- Notes, their attachments and the sections they stand in.

-- step 1
create table section (
    key      text not null,                  -- public keep
    name_en  text not null,                  -- public keep
    name_zh  text not null,                  -- public keep
    position int  not null,                  -- public keep
    primary key (key)
) without rowid;
create index section_order on section(position, key, name_en, name_zh);

insert into section(key, name_en, name_zh, position) values
    ('beauty', 'Beauty & skincare', '美妆护肤', 1),
    ('clothing', 'Clothing', '穿搭', 2),
    ('baby', 'Maternity & baby', '母婴', 3),
    ('food', 'Food', '美食', 4),
    ('travel', 'Travel', '旅行', 5),
    ('home', 'Home', '家居', 6),
    ('lifestyle', 'Lifestyle', '生活', 7);

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
    cover        text not null,              -- personal person: media hash of the first attachment
    cover_width  int  not null,              -- public keep
    cover_height int  not null,              -- public keep
    cover_colour int  not null,              -- public keep
    cover_alt    text not null default '',   -- personal person
    body     text not null                   -- personal person: 0..1000 graphemes; last, so that
                                             -- a card is read without it
);
create index note_author on note(author, id);
create index note_section on note(section, id);

create table note_attachment (
    note     id   not null,                  -- public keep
    position int  not null,                  -- public keep: 0..17
    media    id   not null,                  -- public keep
    alt      text not null default '',       -- personal person: what a reader who cannot see it hears
    primary key (note, position),
    foreign key (note) references note(id)
) without rowid;

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
