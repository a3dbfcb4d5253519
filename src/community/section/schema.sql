-- The sections that notes stand in, as the operator keeps them, and the notes
-- that the house pins over a section or over Explore.

-- step 1
create table section_entry (
    key      text not null,                  -- public keep
    name_en  text not null,                  -- public keep
    name_zh  text not null,                  -- public keep
    position int  not null,                  -- public keep: its place among the others
    rules_en text not null default '',       -- public keep: what belongs here, or empty
    rules_zh text not null default '',       -- public keep
    open     bool not null default true,     -- public keep: takes new notes
    primary key (key)
) without rowid;
create index section_order on section_entry(position, key);

insert into section_entry(key, name_en, name_zh, position) values
    ('beauty', 'Beauty & skincare', '美妆护肤', 1),
    ('clothing', 'Clothing', '穿搭', 2),
    ('baby', 'Maternity & baby', '母婴', 3),
    ('food', 'Food', '美食', 4),
    ('travel', 'Travel', '旅行', 5),
    ('home', 'Home', '家居', 6),
    ('lifestyle', 'Lifestyle', '生活', 7);

create table section_pin (
    section text not null,                   -- public keep: key; empty = Explore
    note    id   not null,                   -- public keep
    since   time not null,                   -- public keep: the newest stands first
    primary key (section, note)
) without rowid;

-- published
create view section as
    select key, name_en, name_zh, position, rules_en, rules_zh, open from section_entry;
