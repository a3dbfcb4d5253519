-- name: product_of_slug_row one
-- doc: The product of a slug, in any state.
-- args: slug text
select id, supplier, slug, name, body, category, state, currency, price_min, price_max,
       photo, photo_width, photo_height, photo_colour, created
  from product where slug = $slug;

-- name: product_insert run
-- doc: A new product.
-- args: id id, supplier id, slug text, name text, name_key text, body text, category text, currency text, price_min money, price_max money, created time
insert into product(id, supplier, slug, name, name_key, body, category, state, currency, price_min,
                    price_max, created)
values ($id, $supplier, $slug, $name, $name_key, $body, $category, 1, $currency, $price_min,
        $price_max, $created);

-- name: product_update run
-- doc: Bring a product up to date; it is on sale from then on.
-- args: id id, name text, name_key text, body text, category text, currency text, price_min money, price_max money
update product set name = $name, name_key = $name_key, body = $body, category = $category, state = 1,
       currency = $currency, price_min = $price_min, price_max = $price_max
 where id = $id;

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

-- name: sku_insert run
-- doc: A new SKU.
-- args: id id, product id, code text, options text, price money, position int
insert into sku(id, product, code, options, price, position, state)
values ($id, $product, $code, $options, $price, $position, 1);

-- name: sku_update run
-- doc: Bring a SKU up to date; it is sold from then on.
-- args: id id, options text, price money, position int
update sku set options = $options, price = $price, position = $position, state = 1 where id = $id;

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
select id, code, options, price from sku
 where product = $product and state = 1 order by position, id limit 100;

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

-- name: product_newest_rows many
-- doc: Products on sale, newest first, below an id.
-- args: before id, n int
select id from product where state = 1 and id < $before order by id desc limit $n;

-- name: product_newest_of_category many
-- doc: Products of a category on sale, newest first, below an id.
-- args: category text, before id, n int
select id from product
 where category = $category and state = 1 and id < $before order by id desc limit $n;

-- name: product_category_rows many
-- doc: The categories of what is on sale, the fullest first.
-- cols: n int
select category, count(*) as n from product
 where state = 1 and category <> '' group by category order by count(*) desc, category limit 40;

-- name: catalog_doctor_rows many
-- doc: Products after an id beside the bounds of what they sell and the photos that are gone.
-- args: after id, n int
-- cols: low money, high money, skus int, photos int, shown int
select p.id, p.price_min, p.price_max,
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

-- name: product_erase run
-- doc: A supplier goes: nothing of theirs is sold any more.
-- args: supplier id
update product set state = 2 where supplier = $supplier and state = 1;
