-- A shelf of books: every type, and every kind of step.

-- step 1
create table book (
    id      id    primary key,             -- public keep: also its age
    title   text  not null,                -- public keep: what the spine says, it's short
    pages   int   not null default 0,      -- public keep
    weight  real,                          -- public keep: kilograms
    known   bool  not null default false,  -- personal person
    lent    bool,                          -- personal person: nothing when nobody asked
    cover   bytes,                         -- public 30d
    pin     text,                          -- secret 2y
    bought  time,                          -- trade 7y
    price   money not null,                -- trade 7y: minor units
    check (price >= 0),
    unique (title)
);
create index book_by_price on book(price, id);
create table book_tag (
    book id   not null references book(id) on delete cascade, -- public keep
    tag  text not null,                                       -- public keep
    primary key (book, tag)
) without rowid;
create table book_seq (
    id id   primary key, -- public keep
    tx int  not null     -- public keep: the transaction that wrote it
);
-- published
create view book_card as select id, title, price from book;

-- step 2
alter table book add column note text; -- personal person
alter table book add column place int not null default 1 -- public keep: on the shelf
;
drop view book_card;
-- published
create view book_card as
    select b.id, b.title, b.price, b.note, t.tag
      from book b left join book_tag t on t.book = b.id and t.tag = 'best; of --all';
insert into book (id, title, price) values (1, 'The first, it''s', 100);
update book set pages = 10 where id = 1;
