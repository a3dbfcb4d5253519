-- The statements of the shelf, one of each kind there is.

-- name: book_insert run
-- doc: A new book with all that is known of it, which is a lot, so much in fact that this
--      sentence does not fit on one line of the generated header, and a */ does no harm.
-- args: id id, title text, pages int, weight real?, known bool, lent bool?, cover bytes?
-- args: pin text?, bought time?, price money, note text?
insert into book (id, title, pages, weight, known, lent, cover, pin, bought, price, note)
values ($id, $title, $pages, $weight, $known, $lent, $cover, $pin, $bought, $price, $note)
on conflict do nothing;

-- name: book_by_id one
-- doc: One book, whole.
-- args: id id
select id, title, pages, weight, known, lent, cover, pin, bought, price, note
  from book where id = $id; -- a comment behind the statement is prose

-- name: book_page many
-- doc: The dearest books below a price.
-- args: below money, n int
-- cols: dear bool, rank int
select id, title, price > 500 as dear, row_number() over (order by price desc, id) as rank
  from book where price < $below order by price desc, id limit $n;

-- name: book_of_ids many
-- doc: These books and no others.
-- args: wanted ids, unwanted ids
select b.id, b.title from book b
 where b.id in $wanted and b.id not in $unwanted order by b.id limit 1000;

-- name: book_find many
-- doc: Books whose title starts with one text and holds another.
-- args: start text, part text
select id, title from book where @starts(title, $start) and @contains(title, $part)
 order by id limit 10;

-- name: book_tags_of one
-- doc: What a book is tagged with, in no order, and its dearer price.
-- args: id id, floor money
-- cols: tags text, dearer money, cheaper money, known_text text
select @string_agg(t.tag, ' ') as tags, @greatest(b.price, $floor) as dearer,
       @least(b.price, $floor) as cheaper, cast(count(*) as text) as known_text
  from book b join book_tag t on t.book = b.id
 where b.id = $id group by b.id;

-- name: book_sums one
-- doc: Figures of the shelf.
-- cols: books int, priced money?, weight real?, known int
select count(*) as books, cast(sum(price) as int) as priced, cast(avg(weight) as real) as weight,
       count(*) filter (where known) as known from book;

-- name: book_reprice one
-- doc: Change a price and see what it was called.
-- args: id id, price money
update book set price = $price where id = $id returning title;

-- name: book_tag_add run
-- doc: Tag many books at once.
-- args: books ids, tag text
insert into book_tag (book, tag) select e.value, $tag from @each($books, e) where true
on conflict (book, tag) do nothing;

-- name: book_place_add run
-- doc: Move a book along, or put it first.
-- args: id id, title text, step int
insert into book (id, title, price, place) values ($id, $title, 0, 1)
on conflict (id) do update set place = book.place + $step where book.place < 100;

-- name: book_delete run
-- doc: Take a book away, its tags with it.
-- args: id id
delete from book where id = $id;

-- name: book_note_tags many
-- doc: Books with their notes, the ones without last.
-- cols: tag text?
select b.id, b.note, t.tag from book b left join book_tag t on t.book = b.id
 order by b.note nulls last, b.id limit 50;

-- name: book_seq_add run
-- doc: Write down which transaction this is.
-- args: id id
insert into book_seq (id, tx) values ($id, @tx());

-- name: book_seq_settled one
-- doc: How many rows no open transaction can come before.
-- cols: n int
select count(*) as n from book_seq where @settled(tx);

-- name: book_count_down many
-- doc: Numbers from one down to zero, by recursion.
-- args: top int
-- cols: n int
with recursive down(n) as (
    select cast($top as int) union all select d.n - 1 from down d where d.n > 0
)
select n from down order by n desc limit 100;

-- name: book_nothing run
-- doc: A statement without arguments.
update book set pages = pages;
