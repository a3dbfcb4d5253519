-- Photos and videos that people brought in, and the sizes they are kept in. Of a
-- video the renditions of its poster are kept too, under its own hash.
-- Files are named by the hash of the original's bytes, so the same photo
-- brought by two people has two rows and is stored once. The original itself
-- is not kept.

-- step 1
create table media (
    id           id   primary key,            -- personal person: also its age
    owner        id   not null,               -- personal person: actor key of who brought it
    kind         int  not null,               -- public person: 1 photo, 2 video
    state        int  not null,               -- public person: 1 ready; 2 being made, 3 failed (video)
    hash         text not null,               -- public person: of the original, names its files
    width        int  not null,               -- public person: pixels of the original, upright
    height       int  not null,               -- public person
    duration     int  not null default 0,     -- public person: milliseconds of a video
    colour       int  not null,               -- public person: the dominant one, 0xRRGGBB
    machine_made int  not null,               -- public person: 0 no mark, 1 made by a model, 2 partly
    credentials  bool not null,               -- public person: came with a signed history (C2PA)
    alt          text not null,               -- public person: what it shows, in the owner's words
    bytes        int  not null,               -- personal person: size of the original
    attached     int  not null default 0,     -- personal person: how many things show it
    open_uses    int  not null default 0,     -- personal person: how many of them everyone sees
    created      time not null,               -- personal person
    touched      time not null,               -- personal person: last brought, attached or detached
    unique (hash, owner)
);
create index media_loose on media(touched) where attached = 0;
create index media_open on media(hash) where open_uses > 0;

create table media_rendition (
    media   id   not null,                    -- public person
    purpose int  not null,                    -- public person: enum rendition
    format  text not null,                    -- public person: webp, jpg, mp4, video
    width   int  not null,                    -- public person: pixels
    height  int  not null,                    -- public person
    hash    text not null,                    -- public person: of the file's bytes
    bytes   int  not null,                    -- public person
    primary key (media, purpose),
    foreign key (media) references media(id)
) without rowid;

-- What a video has and a photo has not.
create table media_video (
    media    id   primary key,                -- public person
    percent  int  not null default 0,         -- personal person: how much of it is made
    failure  int  not null default 0,         -- personal person: enum video_failure
    captions text not null default '',        -- personal person: WebVTT; empty = none
    captions_lang text not null default '',   -- public person: "en" or "zh"
    foreign key (media) references media(id)
) without rowid;

-- What other rooms join into a page: enough to make every address of it.
-- published
create view media_shown as
    select id, owner, kind, hash, width, height, duration, colour, machine_made, alt
      from media where state = 1;

-- Videos that cannot be shown yet (state 2), or never will be (3).
-- published
create view media_unready as
    select id, owner, hash, width, height, colour, alt, machine_made, duration, state
      from media where state <> 1;

-- Which videos have captions, and in which language.
-- published
create view media_captioned as
    select media, captions_lang from media_video where captions <> '';
