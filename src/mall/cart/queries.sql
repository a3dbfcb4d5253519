-- name: cart_sku one
-- doc: A SKU that is sold.
-- args: sku id
select id, product from sku_sold where id = $sku;

-- name: cart_line_put run
-- doc: Add to a line, or begin it.
-- args: owner id, sku id, quantity int, source text, added time
insert into cart_line(owner, sku, quantity, source, added)
values ($owner, $sku, $quantity, $source, $added)
on conflict (owner, sku) do update
   set quantity = case when cart_line.quantity + excluded.quantity > 99 then 99
                       else cart_line.quantity + excluded.quantity end,
       source = case when excluded.source = '' then cart_line.source else excluded.source end;

-- name: cart_line_set run
-- doc: Change a line's quantity.
-- args: owner id, sku id, quantity int
update cart_line set quantity = $quantity where owner = $owner and sku = $sku;

-- name: cart_line_delete run
-- doc: Take a line out.
-- args: owner id, sku id
delete from cart_line where owner = $owner and sku = $sku;

-- name: cart_delete run
-- doc: Empty a cart.
-- args: owner id
delete from cart_line where owner = $owner;

-- name: cart_count one
-- doc: How many different things a cart holds.
-- args: owner id
-- cols: n int
select count(*) as n from cart_line where owner = $owner;

-- name: cart_raw many
-- doc: A cart's lines as they are kept.
-- args: owner id
select sku, quantity, source, added from cart_line where owner = $owner order by added, sku limit 50;

-- name: cart_lines many
-- doc: A cart's lines with what is sold now, in the order they were added.
-- args: owner id
-- cols: free int
select c.sku, c.quantity, c.source, s.product, s.supplier, s.slug, s.name, s.options, s.price, s.currency,
       s.photo, s.photo_width, s.photo_height, s.photo_colour, coalesce(f.free, 0) as free
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
select sku, quantity, source, added from cart_line where owner = $owner order by added, sku limit 1000;
