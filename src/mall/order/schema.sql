-- A purchase is what a buyer pays at once; it holds one order for each
-- supplier, and each order its lines. Prices, tax and rules stand on the line
-- as they were.

-- step 1
create table purchase (
    id       id    primary key,              -- trade 10y
    buyer    id    not null,                 -- trade 10y: actor key
    state    int   not null,                 -- trade 10y: enum purchase_state
    currency text  not null,                 -- trade 10y
    total    money not null,                 -- trade 10y: what the buyer pays
    expires  time  not null,                 -- trade 10y: when the stock held for it is let go
    simulated bool not null default false    -- trade 10y
);

create table purchase_address (
    purchase id   primary key,               -- trade 10y
    name     text not null,                  -- personal 10y
    phone    text not null,                  -- personal 10y
    line1    text not null,                  -- personal 10y
    line2    text not null,                  -- personal 10y
    city     text not null,                  -- personal 10y
    region   text not null default '',       -- personal 10y: state or province, where addresses have one
    postcode text not null,                  -- personal 10y
    country  text not null,                  -- personal 10y: ISO 3166 alpha 2
    foreign key (purchase) references purchase(id)
);

create table shop_order (
    id        id    primary key,             -- trade 10y
    purchase  id    not null,                -- trade 10y
    supplier  id    not null,                -- trade 10y: actor key
    buyer     id    not null,                -- trade 10y: actor key
    state     int   not null,                -- trade 10y: enum order_state
    currency  text  not null,                -- trade 10y
    total     money not null,                -- trade 10y
    paid      time,                          -- trade 10y
    shipped   time,                          -- trade 10y
    delivered time,                          -- trade 10y
    closed    time,                          -- trade 10y: escrow released, or cancelled
    called_off int  not null default 0,      -- trade 10y: enum order_role of who cancelled it when it was paid
    why       text  not null default '',     -- trade 10y: what they said
    filed     bool  not null default false,  -- trade 10y: stands in the indexes of buyer and supplier
    delivery  money not null default 0,      -- trade 10y: what sending it costs the buyer; inside total
    delivery_tax money not null default 0,   -- trade 10y: the tax inside delivery
    method    text  not null default '',     -- trade 10y: the way of delivery, as it was called
    foreign key (purchase) references purchase(id)
);
create index shop_order_purchase on shop_order(purchase);
-- A buyer and a supplier are each somewhere else in these, so that every order
-- would rewrite two pages of its own. The job order.file enters many at once;
-- until then an order is among the few new ones.
create index shop_order_buyer on shop_order(buyer, id) where filed;
create index shop_order_supplier on shop_order(supplier, id) where filed;
create index shop_order_new on shop_order(id) where not filed;

create table order_line (
    shop_order id    not null,               -- trade 10y
    position   int   not null,               -- trade 10y
    sku        id    not null,               -- trade 10y
    product    id    not null,               -- trade 10y
    name       text  not null,               -- trade 10y: as it was called
    options    text  not null,               -- trade 10y
    photo      text  not null,               -- trade 10y: media hash
    quantity   int   not null,               -- trade 10y
    price      money not null,               -- trade 10y: of one, as the catalogue had it
    amount     money not null,               -- trade 10y: price * quantity
    tax        money not null,               -- trade 10y: of amount less discount: inside it, or added
    return_days int  not null,               -- trade 10y: the policy in force
    fee_rule   id    not null,               -- trade 10y: the fee rule in force
    source     text  not null,               -- trade 10y: what brought the buyer, as bridge/ reads it
    discount   money not null default 0,     -- trade 10y: given by the supplier, for the whole line
    subsidy    money not null default 0,     -- trade 10y: given by the platform, for the whole line
    tax_included bool not null default true, -- trade 10y: whether tax stands inside the price
    policy     id    not null default 0,     -- trade 10y: the order_policy in force
    primary key (shop_order, position),
    foreign key (shop_order) references shop_order(id)
) without rowid;

-- Who else is paid from a line, by the contract in force when it was placed.
create table order_claim (
    shop_order id   not null,                -- trade 10y
    position   int  not null,                -- trade 10y: the line
    party      id   not null,                -- trade 10y: actor key
    reason     int  not null,                -- trade 10y: enum claim_reason
    rate       int  not null,                -- trade 10y: parts of 10,000 of the line without tax
    cause      id   not null,                -- trade 10y: the note behind it
    primary key (shop_order, position, reason),
    foreign key (shop_order, position) references order_line(shop_order, position)
) without rowid;

-- Of which fact a buyer was written last: a log that is read again sends nothing twice.
create table receipt_told (
    shop_order id   not null primary key,    -- trade 2d: the order
    told       int  not null,                -- trade 2d: number of the fact's kind
    at         time not null                 -- trade 2d: when that was
);
create index receipt_told_at on receipt_told(at);

-- The terms of a sale, by version: from a day on, of all shops or of one. Never
-- changed; who wants others adds a version, and lines keep the one they were
-- sold under.
create table order_policy (
    id          id   primary key,            -- public keep
    since       time not null,               -- public keep: when it began
    supplier    id   not null default 0,     -- public keep: actor key; 0 = every shop without its own
    return_days int  not null,               -- public keep: days after delivery; -1 = the setting return_days
    way_back    int  not null,               -- public keep: enum way_back, of a return without a reason
    fee_rule    id   not null default 0,     -- public keep: the fee rule that held when it began
    tax_rule    id   not null default 0,     -- public keep: the newest tax rule when it began
    note        text not null default ''     -- public keep: why it was set
);
create table order_policy_exclusion (
    policy   id   not null,                  -- public keep
    category text not null,                  -- public keep: its goods are not taken back without a reason
    primary key (policy, category),
    foreign key (policy) references order_policy(id)
) without rowid;
insert into order_policy(id, since, supplier, return_days, way_back, note) values
    (1, 0, 0, -1, 1, 'What a new shop starts with.');

-- Invoices and credit notes: for each selling entity a series of numbers
-- without gaps, taken in the transaction that the document belongs to.
create table invoice_series (
    supplier id  primary key,                -- trade 10y: actor key
    last     int not null                    -- trade 10y: the newest number
);
create table invoice (
    supplier   id    not null,               -- trade 10y: actor key
    number     int   not null,               -- trade 10y
    kind       int   not null,               -- trade 10y: 1 invoice, 2 credit note
    shop_order id    not null,               -- trade 10y
    position   int   not null default -2,    -- trade 10y: the line of a credit note; -1 = delivery
    amount     money not null,               -- trade 10y: of the document, tax inside
    at         time  not null,               -- trade 10y
    primary key (supplier, number),
    foreign key (supplier) references invoice_series(supplier)
) without rowid;
create index invoice_order on invoice(shop_order, number);

-- published
create view order_seen as
    select id, purchase, supplier, buyer, state, currency, total, paid, shipped, delivered, closed,
           delivery, delivery_tax, method
      from shop_order;
-- The same, for lists of one buyer or of one supplier: those filed, and the new ones.
-- published
create view order_listed as
    select id, purchase, supplier, buyer, state, currency, total, paid, shipped, delivered, closed
      from shop_order where filed
    union all
    select id, purchase, supplier, buyer, state, currency, total, paid, shipped, delivered, closed
      from shop_order where not filed;
-- published
create view line_seen as
    select shop_order, position, sku, product, name, options, photo, quantity, price, amount, tax,
           fee_rule, source, discount, subsidy, tax_included, policy, return_days
      from order_line;
-- published
create view claim_seen as
    select shop_order, position, party, reason, rate, cause from order_claim;
-- published
create view policy_seen as
    select id, since, supplier, return_days, way_back from order_policy;
