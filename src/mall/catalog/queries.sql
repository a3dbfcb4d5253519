-- name: product_of_slug_row one
-- doc: The product of a slug, in any state.
-- args: slug text
select id, supplier, slug, state, currency from product where slug = $slug;

-- name: product_row one
-- doc: A product, in any state.
-- args: id id
select id, supplier, slug, name, body, category, option1, option2, option3, state, score, currency,
       price_min, price_max, photo, photo_width, photo_height, photo_colour, created
  from product where id = $id;

-- name: product_insert run
-- doc: A new product.
-- args: id id, supplier id, slug text, name text, name_key text, body text, category text, option1 text, option2 text, option3 text, state int, currency text, created time
insert into product(id, supplier, slug, name, name_key, body, category, option1, option2, option3,
                    state, currency, price_min, price_max, created)
values ($id, $supplier, $slug, $name, $name_key, $body, $category, $option1, $option2, $option3,
        $state, $currency, 0, 0, $created);

-- name: product_update run
-- doc: Bring a product up to date.
-- args: id id, slug text, name text, name_key text, body text, category text, option1 text, option2 text, option3 text, currency text
update product set slug = $slug, name = $name, name_key = $name_key, body = $body,
       category = $category, option1 = $option1, option2 = $option2, option3 = $option3,
       currency = $currency
 where id = $id;

-- name: product_state_set run
-- doc: A product is sold, or not.
-- args: id id, state int
update product set state = $state where id = $id;

-- name: product_settle run
-- doc: A product's prices are those of its SKUs; how complete it is.
-- args: id id, score int
update product set score = $score,
       price_min = coalesce((select min(k.price) from sku k where k.product = product.id and k.state = 1), 0),
       price_max = coalesce((select max(k.price) from sku k where k.product = product.id and k.state = 1), 0)
 where id = $id;

-- name: shelf_clear run
-- doc: A product stands on no shelf.
-- args: product id
-- changes: goods()
delete from shelf where product = $product;

-- name: shelf_fill run
-- doc: A product that is sold stands on the shelf of all and on that of its category.
-- args: product id
-- changes: goods()
insert into shelf(name, product, supplier, currency, price, bought)
select '', p.id, p.supplier, p.currency, p.price_min, p.bought from product p
 where p.id = $product and p.state = 1
union all
select p.category, p.id, p.supplier, p.currency, p.price_min, p.bought from product p
 where p.id = $product and p.state = 1 and p.category <> '';

-- name: facet_clear run
-- doc: A product is found by nothing.
-- args: product id
-- changes: goods(), facets()
delete from product_facet where product = $product;

-- name: facet_fill run
-- doc: A product that is sold is found by its specification and the values of its options.
-- args: product id
-- changes: goods(), facets()
insert into product_facet(product, shelf, name, value)
select p.id, p.category, c.name, c.value from product_spec c join product p on p.id = c.product
 where p.id = $product and p.state = 1
union
select p.id, p.category, p.option1, k.value1 from sku k join product p on p.id = k.product
 where p.id = $product and p.state = 1 and k.state = 1 and p.option1 <> '' and k.value1 <> ''
union
select p.id, p.category, p.option2, k.value2 from sku k join product p on p.id = k.product
 where p.id = $product and p.state = 1 and k.state = 1 and p.option2 <> '' and k.value2 <> ''
union
select p.id, p.category, p.option3, k.value3 from sku k join product p on p.id = k.product
 where p.id = $product and p.state = 1 and k.state = 1 and p.option3 <> '' and k.value3 <> '';

-- name: product_spec_delete run
-- doc: A product has no specification.
-- args: product id
delete from product_spec where product = $product;

-- name: product_spec_insert run
-- doc: One line of a specification; a second of that name is passed over.
-- args: product id, position int, name text, value text
insert into product_spec(product, position, name, value) values ($product, $position, $name, $value)
on conflict do nothing;

-- name: product_spec_list many
-- doc: A product's specification, in order.
-- args: product id
select name, value from product_spec where product = $product order by position limit 60;

-- name: needed_field_list many
-- doc: What goods of a category must tell, and what all must.
-- args: category text
select category, field, part, least, needed, points from needed_field
 where category = '' or category = $category order by category, position, field limit 200;

-- name: needed_field_all many
-- doc: The whole table of what goods must tell.
select category, field, part, least, needed, points from needed_field
 order by category, position, field limit 1000;

-- name: needed_field_put run
-- doc: Goods of a category tell this.
-- args: category text, field text, part bool, least int, needed bool, points int, position int
insert into needed_field(category, field, part, least, needed, points, position)
values ($category, $field, $part, $least, $needed, $points, $position)
on conflict (category, field) do update set part = excluded.part, least = excluded.least,
       needed = excluded.needed, points = excluded.points;

-- name: needed_field_delete run
-- doc: Goods of a category need not tell this.
-- args: category text, field text
delete from needed_field where category = $category and field = $field;

-- name: gate_counts one
-- doc: What can be counted of a product, for the gate.
-- args: product id
-- cols: photos int, skus int, weighed int, coded int
select (select count(*) from product_photo f where f.product = p.id) as photos,
       (select count(*) from sku s where s.product = p.id and s.state = 1) as skus,
       (select count(*) from sku s where s.product = p.id and s.state = 1 and s.weight > 0) as weighed,
       (select count(*) from sku s where s.product = p.id and s.state = 1 and s.barcode <> '') as coded
  from product p where p.id = $product;

-- name: product_cover_set run
-- doc: Show this photo first.
-- args: id id, photo text, width int, height int, colour int
update product set photo = $photo, photo_width = $width, photo_height = $height,
       photo_colour = $colour where id = $id;

-- name: product_photo_delete run
-- doc: A product shows no photos.
-- args: product id
delete from product_photo where product = $product;

-- name: product_photo_insert run
-- doc: One photo of a product.
-- args: product id, position int, media id
insert into product_photo(product, position, media) values ($product, $position, $media);

-- name: product_photo_list many
-- doc: The photos of a product, in order.
-- args: product id
select f.media, m.hash, m.width, m.height, m.colour, m.alt
  from product_photo f join media_shown m on m.id = f.media
 where f.product = $product order by f.position limit 12;

-- name: product_photo_ids many
-- doc: The media ids of a product's photos, in order.
-- args: product id
select media from product_photo where product = $product order by position limit 12;

-- name: product_media_row one
-- doc: A photo as a cover needs it.
-- args: media id
select hash, width, height, colour from media_shown where id = $media;

-- name: sku_of_code one
-- doc: The SKU of a code, in any state, and whose it is.
-- args: code text
select s.id, s.product, s.price, p.supplier, p.slug
  from sku s join product p on p.id = s.product where s.code = $code;

-- name: sku_row one
-- doc: A SKU, in any state.
-- args: id id
select id, product, code, options, value1, value2, value3, price, compare, weight, barcode, photo,
       position, state
  from sku where id = $id;

-- name: sku_insert run
-- doc: A new SKU.
-- args: id id, product id, code text, options text, value1 text, value2 text, value3 text, price money, compare money, weight int, barcode text, photo id, position int
insert into sku(id, product, code, options, value1, value2, value3, price, compare, weight, barcode,
                photo, position, state)
values ($id, $product, $code, $options, $value1, $value2, $value3, $price, $compare, $weight,
        $barcode, $photo, $position, 1);

-- name: sku_update run
-- doc: Bring a SKU up to date; it is sold from then on.
-- args: id id, code text, options text, value1 text, value2 text, value3 text, price money, compare money, weight int, barcode text, photo id, position int
update sku set code = $code, options = $options, value1 = $value1, value2 = $value2, value3 = $value3,
       price = $price, compare = $compare, weight = $weight, barcode = $barcode, photo = $photo,
       position = $position, state = 1
 where id = $id;

-- name: sku_retire run
-- doc: A SKU is sold no longer.
-- args: id id
update sku set state = 2 where id = $id;

-- name: sku_retire_others run
-- doc: The other SKUs of a product are sold no longer.
-- args: product id, kept ids
update sku set state = 2 where product = $product and id not in $kept;

-- name: sku_price_insert run
-- doc: What a SKU costs from now on.
-- args: sku id, since time, price money
insert into sku_price(sku, since, price) values ($sku, $since, $price)
on conflict (sku, since) do update set price = excluded.price;

-- name: sku_choices many
-- doc: The SKUs of a product that are sold, in order.
-- args: product id
select id, code, options, value1, value2, value3, price, compare, weight, barcode, photo, position
  from sku where product = $product and state = 1 order by position, id limit 100;

-- name: product_cards_rows many
-- doc: These products as cards.
-- args: ids ids
select id, supplier, slug, name, category, currency, price_min, price_max, photo, photo_width,
       photo_height, photo_colour
  from product_card where id in $ids limit 1000;

-- name: product_find_rows many
-- doc: Products whose folded name holds all four words; an empty word is in every name.
-- args: w1 text, w2 text, w3 text, w4 text, n int
select id from product
 where state = 1 and @contains(name_key, $w1) and @contains(name_key, $w2)
   and @contains(name_key, $w3) and @contains(name_key, $w4)
 order by id desc limit $n;

-- name: catalog_doctor_rows many
-- doc: Products after an id beside the bounds of what they sell and the photos that are gone.
-- args: after id, n int
-- cols: low money, high money, skus int, photos int, shown int, shelves int, wrong int
select p.id, p.state, p.category, p.price_min, p.price_max,
       (select count(*) from shelf h where h.product = p.id) as shelves,
       (select count(*) from shelf h where h.product = p.id
           and (h.price <> p.price_min or h.bought <> p.bought or h.currency <> p.currency
                or h.supplier <> p.supplier or (h.name <> '' and h.name <> p.category))) as wrong,
       (select coalesce(min(s.price), 0) from sku s where s.product = p.id and s.state = 1) as low,
       (select coalesce(max(s.price), 0) from sku s where s.product = p.id and s.state = 1) as high,
       (select count(*) from sku s where s.product = p.id and s.state = 1) as skus,
       (select count(*) from product_photo f where f.product = p.id) as photos,
       (select count(*) from product_photo f join media_shown m on m.id = f.media
         where f.product = p.id) as shown
  from product p where p.id > $after order by p.id limit $n;

-- name: product_mine many
-- doc: A supplier's products, for their copy of them.
-- args: supplier id, after id, n int
select id, slug, name, body, category, state, currency, price_min, price_max, created
  from product where supplier = $supplier and id > $after order by id limit $n;

-- name: product_on_sale_of many
-- doc: What a supplier sells now.
-- args: supplier id, after id, n int
select id from product where supplier = $supplier and state = 1 and id > $after order by id limit $n;

-- name: shelf_erase run
-- doc: A supplier goes: nothing of theirs stands on a shelf.
-- args: supplier id
-- changes: goods()
delete from shelf where supplier = $supplier;

-- name: facet_erase run
-- doc: A supplier goes: their goods are found by nothing.
-- args: supplier id
-- changes: goods(), facets()
delete from product_facet
 where product in (select p.id from product p where p.supplier = $supplier);

-- name: product_erase run
-- doc: A supplier goes: nothing of theirs is sold any more.
-- args: supplier id
update product set state = 2 where supplier = $supplier and state <> 2;

-- name: goods_rows many
-- doc: A supplier's goods in some state, newest first; state 0 is all.
-- args: supplier id, state int, before id, n int
-- cols: skus int, free int
select p.id, p.slug, p.name, p.category, p.state, p.score, p.currency, p.price_min, p.price_max,
       p.photo, p.photo_width, p.photo_height, p.photo_colour,
       (select count(*) from sku s where s.product = p.id and s.state = 1) as skus,
       (select coalesce(cast(sum(f.free) as bigint), 0) from sku s join stock_free f on f.sku = s.id
         where s.product = p.id and s.state = 1) as free
  from product p
 where p.supplier = $supplier and ($state = 0 or p.state = $state) and p.id < $before
 order by p.id desc limit $n;

-- name: goods_counts many
-- doc: How many goods of a supplier are in each state.
-- args: supplier id
-- cols: n int
select state, count(*) as n from product where supplier = $supplier group by state order by state
 limit 10;

-- name: product_free_rows many
-- doc: How many of each of these products can be had.
-- args: ids ids
-- cols: free int
select s.product, cast(sum(f.free) as int) as free
  from sku s join stock_free f on f.sku = s.id
 where s.product in $ids and s.state = 1 group by s.product order by s.product limit 1000;

-- name: shelf_newest many
-- doc: Goods of a shelf that fit, newest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, last id, n int
-- remembered: goods()
select s.product, s.product as key from shelf s
 where s.name = $shelf
   and s.product < $last
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
 order by s.product desc limit $n;

-- name: shelf_cheap many
-- doc: Goods of a shelf that fit, cheapest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key money, last id, n int
-- remembered: goods()
select s.product, s.price as key from shelf s
 where s.name = $shelf
   and (s.price, s.product) > ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
 order by s.price, s.product limit $n;

-- name: shelf_dear many
-- doc: Goods of a shelf that fit, dearest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key money, last id, n int
-- remembered: goods()
select s.product, s.price as key from shelf s
 where s.name = $shelf
   and (s.price, s.product) < ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
 order by s.price desc, s.product desc limit $n;

-- name: shelf_bought many
-- doc: Goods of a shelf that fit, most bought first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key int, last id, n int
-- remembered: goods()
select s.product, s.bought as key from shelf s
 where s.name = $shelf
   and (s.bought, s.product) < ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
 order by s.bought desc, s.product desc limit $n;

-- name: shelf_newest_free many
-- doc: Goods of a shelf that fit and can be had, newest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, last id, n int
select s.product, s.product as key from shelf s
 where s.name = $shelf
   and s.product < $last
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
   and exists(select 1 from sku k join stock_free f on f.sku = k.id
         where k.product = s.product and k.state = 1 and f.free > 0)
 order by s.product desc limit $n;

-- name: shelf_cheap_free many
-- doc: Goods of a shelf that fit and can be had, cheapest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key money, last id, n int
select s.product, s.price as key from shelf s
 where s.name = $shelf
   and (s.price, s.product) > ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
   and exists(select 1 from sku k join stock_free f on f.sku = k.id
         where k.product = s.product and k.state = 1 and f.free > 0)
 order by s.price, s.product limit $n;

-- name: shelf_dear_free many
-- doc: Goods of a shelf that fit and can be had, dearest first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key money, last id, n int
select s.product, s.price as key from shelf s
 where s.name = $shelf
   and (s.price, s.product) < ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
   and exists(select 1 from sku k join stock_free f on f.sku = k.id
         where k.product = s.product and k.state = 1 and f.free > 0)
 order by s.price desc, s.product desc limit $n;

-- name: shelf_bought_free many
-- doc: Goods of a shelf that fit and can be had, most bought first, beyond a key.
-- args: shelf text, supplier id, currency text, low money, high money, n1 text, v1 text, n2 text, v2 text, n3 text, v3 text, key int, last id, n int
select s.product, s.bought as key from shelf s
 where s.name = $shelf
   and (s.bought, s.product) < ($key, $last)
   and ($supplier = 0 or s.supplier = $supplier)
   and ($currency = '' or s.currency = $currency) and s.price between $low and $high
   and ($v1 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n1 and f.value = $v1))
   and ($v2 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n2 and f.value = $v2))
   and ($v3 = '' or exists(select 1 from product_facet f
         where f.product = s.product and f.name = $n3 and f.value = $v3))
   and exists(select 1 from sku k join stock_free f on f.sku = k.id
         where k.product = s.product and k.state = 1 and f.free > 0)
 order by s.bought desc, s.product desc limit $n;

-- name: shelf_names many
-- doc: The shelves, the fullest first; '' is that of all.
-- remembered: goods()
-- cols: n int
select name, count(*) as n from shelf group by name order by count(*) desc, name limit 41;

-- name: shelf_facets many
-- doc: By what the goods of a shelf can be told apart, and how many each.
-- args: shelf text
-- remembered: facets()
-- cols: n int
select f.name, f.value, count(*) as n from product_facet f
 where $shelf = '' or f.shelf = $shelf
 group by f.name, f.value order by count(*) desc, f.name, f.value limit 200;

-- name: shelf_suppliers many
-- doc: Who has goods on a shelf, those with the most first.
-- args: shelf text
-- remembered: goods()
-- cols: n int
select supplier, count(*) as n from shelf where name = $shelf
 group by supplier order by count(*) desc, supplier limit 20;

-- name: shelf_currencies many
-- doc: The currencies of a shelf, the commonest first, and the bounds of its prices.
-- args: shelf text
-- remembered: goods()
-- cols: n int, low money, high money
select currency, count(*) as n, min(price) as low, max(price) as high from shelf
 where name = $shelf group by currency order by count(*) desc, currency limit 10;

-- name: product_bought_add run
-- doc: So many more of a product were paid for.
-- args: id id, n int
update product set bought = product.bought + $n where id = $id;

-- name: shelf_bought_set run
-- doc: A shelf knows how many of a product were paid for.
-- args: id id
-- changes: goods()
update shelf set bought = (select p.bought from product p where p.id = shelf.product)
 where product = $id;

-- name: product_bought_reset run
-- doc: Nothing was bought yet: the log is read again.
update product set bought = 0 where bought <> 0;

-- name: shelf_bought_reset run
-- doc: The same on the shelves.
-- changes: goods()
update shelf set bought = 0 where bought <> 0;

-- name: order_bought_rows many
-- doc: What some orders hold, by product.
-- args: orders ids
-- cols: quantity int
select l.product, cast(sum(l.quantity) as int) as quantity from line_seen l
 where l.shop_order in $orders group by l.product order by l.product limit 10000;

-- name: sku_price_rows many
-- doc: What some SKUs cost and since when, newest first.
-- args: skus ids
select sku, since, price from sku_price where sku in $skus order by sku, since desc limit 2000;

-- name: sku_price_history many
-- doc: What a SKU cost, newest first.
-- args: sku id, n int
select since, price from sku_price where sku = $sku order by since desc limit $n;

-- name: sku_photo_gone run
-- doc: A photo that a product no longer shows is no SKU's either.
-- args: product id, media id
update sku set photo = 0 where product = $product and photo = $media;

-- name: goods_ids many
-- doc: The ids of a supplier's goods, oldest first.
-- args: supplier id, n int
select id from product where supplier = $supplier order by id limit $n;
