-- A room that reads another's published view.
-- step 1
create table guest (
    name text primary key, -- personal person
    book id                -- public keep: the last one taken
);
create view guest_card as select g.name, c.title from guest g join book_card c on c.id = g.book;
