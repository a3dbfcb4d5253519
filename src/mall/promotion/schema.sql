-- Coupons, what became of them, and prices that fall with the number bought.

-- step 1
create table coupon (
    id         id    primary key,            -- trade 10y
    code       text  not null,               -- trade 10y: in capitals, as buyers type it
    supplier   id    not null,               -- trade 10y: actor key of who bears it; 0 = the platform
    kind       int   not null,               -- trade 10y: enum coupon_kind
    amount     money not null,               -- trade 10y: of kind amount
    percent    int   not null,               -- trade 10y: of kind percent, parts of ten thousand
    currency   text  not null,               -- trade 10y
    minimum    money not null,               -- trade 10y: goods of so much; 0 = any
    per_person int   not null,               -- trade 10y: how often one person; 0 = as they like
    most       int   not null,               -- trade 10y: how often all together; 0 = as they like
    budget     money not null,               -- trade 10y: what it may give all together; 0 = no end
    used       int   not null default 0,     -- trade 10y: how often it is taken now
    spent      money not null default 0,     -- trade 10y: what it gave so far
    since      time  not null,               -- trade 10y
    until      time  not null,               -- trade 10y: not from then on
    stopped    bool  not null default false, -- trade 10y
    unique (code)
);
create index coupon_supplier on coupon(supplier, id);

create table coupon_use (
    purchase id    not null primary key,     -- trade 10y
    coupon   id    not null,                 -- trade 10y
    actor    id    not null,                 -- trade 10y: actor key of the buyer
    amount   money not null,                 -- trade 10y: what it gave
    live     bool  not null                  -- trade 10y: false = the purchase was given up
);
create index coupon_use_person on coupon_use(coupon, actor);

create table price_tier (
    sku   id    not null,                    -- public keep
    least int   not null,                    -- public keep: from so many on
    price money not null,                    -- public keep: of one
    primary key (sku, least),
    check (least > 1)
) without rowid;
