-- name: cart_sku one
-- doc: A SKU that is sold.
-- args: sku id
select id, product, name, price from sku_sold where id = $sku;

-- name: cart_line_put run
-- doc: Add to a line, or begin it.
-- args: owner id, sku id, quantity int, source text, added time, name text, price money
insert into cart_line(owner, sku, quantity, source, added, name, price)
values ($owner, $sku, $quantity, $source, $added, $name, $price)
on conflict (owner, sku) do update
   set quantity = case when cart_line.quantity + excluded.quantity > 99 then 99
                       else cart_line.quantity + excluded.quantity end,
       source = case when excluded.source = '' then cart_line.source else excluded.source end,
       name = excluded.name, price = excluded.price, later = false;

-- name: cart_line_move run
-- doc: Keep a line for later, or mean to buy it now.
-- args: owner id, sku id, later bool
update cart_line set later = $later where owner = $owner and sku = $sku;

-- name: cart_seen run
-- doc: The owner has seen what these lines cost now.
-- args: owner id
update cart_line
   set price = (select s.price from sku_sold s where s.id = cart_line.sku)
 where owner = $owner and sku in (select s.id from sku_sold s);

-- name: cart_gone_delete run
-- doc: Take out what is not sold any more.
-- args: owner id
delete from cart_line where owner = $owner and sku not in (select s.id from sku_sold s);

-- name: cart_gone many
-- doc: Lines that are not sold any more.
-- args: owner id
select c.sku, c.name from cart_line c
 where c.owner = $owner and not exists(select 1 from sku_sold s where s.id = c.sku)
 order by c.added, c.sku limit 50;

-- name: cart_line_set run
-- doc: Change a line's quantity; what it costs now was seen.
-- args: owner id, sku id, quantity int, price money
update cart_line set quantity = $quantity, price = $price where owner = $owner and sku = $sku;

-- name: cart_line_delete run
-- doc: Take a line out.
-- args: owner id, sku id
delete from cart_line where owner = $owner and sku = $sku;

-- name: cart_delete run
-- doc: Empty a cart.
-- args: owner id
delete from cart_line where owner = $owner;

-- name: cart_bought run
-- doc: What was bought leaves the cart; what is kept for later stays.
-- args: owner id
delete from cart_line where owner = $owner and not later;

-- name: cart_count one
-- doc: How many different things a cart holds.
-- args: owner id
-- cols: n int
select count(*) as n from cart_line where owner = $owner;

-- name: cart_raw many
-- doc: A cart's lines as they are kept.
-- args: owner id
select sku, quantity, source, added, name, price, later from cart_line
 where owner = $owner order by added, sku limit 50;

-- name: cart_lines many
-- doc: A cart's lines with what is sold now, in the order they were added.
-- args: owner id
-- cols: free int
select c.sku, c.quantity, c.source, s.product, s.supplier, s.slug, s.name, s.options, s.price, s.currency,
       s.weight, s.photo, s.photo_width, s.photo_height, s.photo_colour, coalesce(f.free, 0) as free,
       c.price as was, c.later
  from cart_line c
  join sku_sold s on s.id = c.sku
  left join stock_free f on f.sku = c.sku
 where c.owner = $owner order by c.added, c.sku limit 50;

-- name: cart_line_of one
-- doc: One line and how many are free.
-- args: owner id, sku id
-- cols: free int, quantity int
select coalesce((select c.quantity from cart_line c where c.owner = $owner and c.sku = $sku), 0) as quantity,
       coalesce((select f.free from stock_free f where f.sku = $sku), 0) as free;

-- name: cart_mine many
-- doc: All of a cart's lines, for their owner's copy of it.
-- args: owner id
select sku, name, quantity, price, later, source, added from cart_line
 where owner = $owner order by added, sku limit 1000;
