-- name: guest_set run
-- doc: What a guest took last.
-- args: name text, book id?
insert into guest (name, book) values ($name, $book)
on conflict (name) do update set book = excluded.book;

-- name: guest_books many
-- doc: Guests and the cards of their books.
-- cols: tag text?
select g.name, g.book, c.title, c.tag from guest g join book_card c on c.id = g.book
 order by g.name limit 20;

-- name: guest_titles many
-- doc: Titles through a view on a view.
-- cols: name text, title text
select name, title from guest_card order by name limit 20;
