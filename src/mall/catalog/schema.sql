-- Suppliers' products, their options as SKUs, their photos and facts, and the
-- shelves they stand on. What is on sale stands on two shelves, that of its
-- category and that of all (named ''); a product that is not sold on none.

-- step 1
create table product (
    id        id    primary key,             -- public keep
    supplier  id    not null,                -- trade keep: actor key
    slug      text  not null,                -- public keep: unique, in the address
    name      text  not null,                -- public keep
    name_key  text  not null,                -- public keep: the name folded, for pickers
    body      text  not null default '',     -- public keep
    category  text  not null default '',     -- public keep
    option1   text  not null default '',     -- public keep: what the first choice is about: "Colour"
    option2   text  not null default '',     -- public keep
    option3   text  not null default '',     -- public keep
    state     int   not null,                -- public keep: enum product_state
    score     int   not null default 0,      -- public keep: how complete it is, in percent
    currency  text  not null,                -- public keep: of all its prices
    price_min money not null,                -- public keep: lowest price of its SKUs
    price_max money not null,                -- public keep
    photo        text not null default '',   -- public keep: media hash of the first photo
    photo_width  int  not null default 0,    -- public keep
    photo_height int  not null default 0,    -- public keep
    photo_colour int  not null default 0,    -- public keep
    bought    int   not null default 0,      -- public keep: how many were paid for
    created   time  not null,                -- public keep
    unique (slug)
);
create index product_supplier on product(supplier, id);

create table sku (
    id       id    primary key,              -- public keep
    product  id    not null,                 -- public keep
    code     text  not null,                 -- public keep: the supplier's own SKU code
    options  text  not null default '',      -- public keep: "13 inch · 8 GB"
    value1   text  not null default '',      -- public keep: of the product's first option
    value2   text  not null default '',      -- public keep
    value3   text  not null default '',      -- public keep
    price    money not null,                 -- public keep: in the product's currency, tax included
    compare  money not null default 0,       -- public keep: the price before, as the supplier says; 0 = none
    weight   int   not null default 0,       -- public keep: grams with its wrapping; 0 = not said
    barcode  text  not null default '',      -- public keep: GTIN
    photo    id    not null default 0,       -- public keep: media of the product that shows it; 0 = none
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

-- A line of a product's specification: "Material", "oak".
create table product_spec (
    product  id   not null,                  -- public keep
    position int  not null,                  -- public keep
    name     text not null,                  -- public keep
    value    text not null,                  -- public keep
    primary key (product, position),
    unique (product, name),
    foreign key (product) references product(id)
) without rowid;

-- By what a product that is sold can be found on a shelf: its specification and
-- the values of its options.
create table product_facet (
    product id   not null,                   -- public keep
    shelf   text not null,                   -- public keep: its category
    name    text not null,                   -- public keep
    value   text not null,                   -- public keep
    primary key (product, name, value),
    foreign key (product) references product(id)
) without rowid;

create table shelf (
    name     text  not null,                 -- public keep: the category; '' = all
    product  id    not null,                 -- public keep
    supplier id    not null,                 -- trade keep: actor key
    currency text  not null,                 -- public keep
    price    money not null,                 -- public keep: the lowest of its SKUs
    bought   int   not null default 0,       -- public keep: how many were paid for
    primary key (name, product),
    foreign key (product) references product(id)
) without rowid;
create index shelf_price on shelf(name, price, product);
create index shelf_bought on shelf(name, bought, product);
create index shelf_product on shelf(product);

-- What a product must tell before it is sold, and what is merely good to know.
create table needed_field (
    category text not null,                  -- public keep: '' = all goods
    field    text not null,                  -- public keep: photos, body, category, weight, barcode; or a line of the specification
    part     bool not null,                  -- public keep: a part of the product, not a line of its specification
    least    int  not null default 1,        -- public keep: photos; characters of the body
    needed   bool not null,                  -- public keep: nothing is sold without it; else it only counts
    points   int  not null default 1,        -- public keep: its weight in the score
    position int  not null,                  -- public keep
    primary key (category, field),
    check (points between 1 and 100)
) without rowid;
insert into needed_field(category, field, part, least, needed, points, position) values
    ('', 'category', true, 1, true, 2, 1),
    ('', 'body', true, 20, true, 3, 2),
    ('', 'photos', true, 1, true, 3, 3),
    ('', 'weight', true, 1, false, 1, 4),
    ('', 'barcode', true, 1, false, 1, 5);

-- published
create view product_card as
    select id, supplier, slug, name, category, currency, price_min, price_max,
           photo, photo_width, photo_height, photo_colour
      from product where state = 1;
-- published
create view sku_sold as
    select s.id, s.product, s.code, s.options, s.price, s.weight, s.barcode, s.position, p.supplier,
           p.slug, p.name, p.category, p.currency, p.photo, p.photo_width, p.photo_height, p.photo_colour
      from sku s join product p on p.id = s.product
     where s.state = 1 and p.state = 1;
-- Every product there ever was, sold or not: for those who keep its id.
-- published
create view product_known as select id, supplier, state, slug, name from product;
