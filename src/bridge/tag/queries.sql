-- name: pin_insert run
-- doc: A new pin.
-- args: id id, note id, position int, x int, y int, product id, author id, connection int
-- changes: pins($note)
insert into pin(id, note, position, x, y, product, author, connection)
values ($id, $note, $position, $x, $y, $product, $author, $connection);

-- name: pin_row one
-- doc: One pin that stands.
-- args: id id
select id, note, position, x, y, product, author, connection from pin where id = $id and not removed;

-- name: pins_of_note many
-- doc: The pins of a note.
-- args: note id
-- remembered: pins($note), pins_moved()
select id, position, x, y, product, connection from pin
 where note = $note and not removed order by position, id limit 18;

-- name: pin_move run
-- doc: A pin stands elsewhere on its note.
-- args: id id, position int, x int, y int
-- changes: pins_moved()
update pin set position = $position, x = $x, y = $y where id = $id;

-- name: pin_remove run
-- doc: A pin is taken off.
-- args: id id
-- changes: pins_moved()
update pin set removed = true where id = $id;

-- name: notes_of_product many
-- doc: The public notes that show a product, newest pin first.
-- args: product id, n int
-- cols: newest id
select p.note, max(p.id) as newest
  from pin p join note_card c on c.id = p.note
 where p.product = $product and not p.removed
 group by p.note order by newest desc limit $n;

-- name: product_suppliers many
-- doc: Whose these products are.
-- args: ids ids
select distinct supplier from product_known where id in $ids limit 50;

-- name: pin_products many
-- doc: Which of these products are sold.
-- args: ids ids
select id from product_card where id in $ids limit 50;

-- name: pin_doctor_rows many
-- doc: Pins of public notes after an id, with whether their product was ever there.
-- args: after id, n int
-- cols: found bool
select p.id, p.note, p.product,
       exists(select k.state from product_known k where k.id = p.product) as found
  from pin p join note_card c on c.id = p.note
 where p.id > $after and not p.removed order by p.id limit $n;

-- name: pin_mine many
-- doc: The pins of an author, those taken off too.
-- args: author id, after id, n int
select p.id, p.note, p.position, p.x, p.y, p.product, p.connection, p.removed from pin p
 where p.author = $author and p.id > $after order by p.id limit $n;

-- name: pin_erase run
-- doc: An author goes: their pins come off.
-- args: author id
-- changes: pins_moved()
update pin set removed = true where author = $author and not removed;
