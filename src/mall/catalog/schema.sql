-- Suppliers' products, their options as SKUs, and their photos.

-- step 1
create table product (
    id        id    primary key,             -- public keep
    supplier  id    not null,                -- trade keep: actor key
    slug      text  not null,                -- public keep: unique, in the address
    name      text  not null,                -- public keep
    name_key  text  not null,                -- public keep: the name folded, for pickers
    body      text  not null default '',     -- public keep
    category  text  not null default '',     -- public keep
    state     int   not null,                -- public keep: 1 published, 2 hidden
    currency  text  not null,                -- public keep: of all its prices
    price_min money not null,                -- public keep: lowest price of its SKUs
    price_max money not null,                -- public keep
    photo        text not null default '',   -- public keep: media hash of the first photo
    photo_width  int  not null default 0,    -- public keep
    photo_height int  not null default 0,    -- public keep
    photo_colour int  not null default 0,    -- public keep
    created   time  not null,                -- public keep
    unique (slug)
);
create index product_supplier on product(supplier, id);
create index product_category on product(category, id);

create table sku (
    id       id    primary key,              -- public keep
    product  id    not null,                 -- public keep
    code     text  not null,                 -- public keep: the supplier's own SKU code
    options  text  not null default '',      -- public keep: "13 inch · 8 GB"
    price    money not null,                 -- public keep: in the product's currency, tax included
    position int   not null,                 -- public keep
    state    int   not null default 1,       -- public keep: 1 sold, 2 no longer
    unique (code),
    foreign key (product) references product(id)
);
create index sku_product on sku(product, position);

create table sku_price (
    sku   id    not null,                    -- public keep
    since time  not null,                    -- public keep
    price money not null,                    -- public keep
    primary key (sku, since),
    foreign key (sku) references sku(id)
) without rowid;

create table product_photo (
    product  id  not null,                   -- public keep
    position int not null,                   -- public keep
    media    id  not null,                   -- public keep
    primary key (product, position),
    foreign key (product) references product(id)
) without rowid;

-- published
create view product_card as
    select id, supplier, slug, name, category, currency, price_min, price_max,
           photo, photo_width, photo_height, photo_colour
      from product where state = 1;
-- published
create view sku_sold as
    select s.id, s.product, s.code, s.options, s.price, s.position, p.supplier, p.slug, p.name,
           p.currency, p.photo, p.photo_width, p.photo_height, p.photo_colour
      from sku s join product p on p.id = s.product
     where s.state = 1 and p.state = 1;
-- Every product there ever was, sold or not: for those who keep its id.
-- published
create view product_known as select id, supplier, state from product;
