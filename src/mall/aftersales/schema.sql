-- Cases: goods that come back, or are changed for others. One case is of one
-- line of an order; its entries are all that was done and said in it, never
-- changed.

-- step 1
create table aftercase (
    id           id    primary key,          -- trade 10y: also when it was opened
    shop_order   id    not null,             -- trade 10y
    position     int   not null,             -- trade 10y: the line
    buyer        id    not null,             -- trade 10y: actor key
    supplier     id    not null,             -- trade 10y: actor key
    kind         int   not null,             -- trade 10y: enum after_kind
    state        int   not null,             -- trade 10y: enum after_state
    reason       int   not null,             -- trade 10y: enum after_reason
    quantity     int   not null,             -- trade 10y: how many of the line
    sku          id    not null,             -- trade 10y: what comes back
    want_sku     id    not null default 0,   -- trade 10y: of an exchange, what is wanted for it
    currency     text  not null,             -- trade 10y
    value        money not null,             -- trade 10y: what was paid for these pieces
    difference   money not null default 0,   -- trade 10y: of an exchange: asked, or below zero paid back
    refunded     money not null default 0,   -- trade 10y: what went back to the buyer
    way_back     int   not null,             -- trade 10y: enum way_back
    disposal     int   not null default 0,   -- trade 10y: enum after_disposal
    purchase     id    not null default 0,   -- trade 10y: by which a difference is paid
    disputed     bool  not null default false, -- trade 10y: the platform was asked
    answered     time,                       -- trade 10y: first word or act of the supplier
    closed       time,                       -- trade 10y
    simulated    bool  not null default false -- trade 10y
);
create index aftercase_line on aftercase(shop_order, position);
create index aftercase_supplier on aftercase(supplier, id);
create index aftercase_buyer on aftercase(buyer, id);
create index aftercase_disputed on aftercase(id) where state = 11;

create table aftercase_entry (
    id        id    primary key,             -- trade 10y: also its time
    aftercase id    not null,                -- trade 10y
    act       int   not null,                -- trade 10y: enum after_act
    role      int   not null,                -- trade 10y: enum after_role
    actor     id    not null,                -- trade 10y: actor key; 0 = the shop itself
    words     text  not null,                -- personal 10y: what was said with it
    carrier   text  not null default '',     -- trade 10y
    tracking  text  not null default '',     -- personal 10y
    amount    money not null default 0,      -- trade 10y: of a refund or a difference
    media     id,                            -- personal 10y: a photo
    foreign key (aftercase) references aftercase(id)
);
create index aftercase_entry_case on aftercase_entry(aftercase, id);
create index aftercase_entry_media on aftercase_entry(media);

-- published
create view case_seen as
    select id, shop_order, position, buyer, supplier, kind, state, reason, quantity, sku, want_sku,
           currency, value, difference, refunded, disposal, disputed, answered, closed, simulated
      from aftercase;
-- Orders whose money must stay where it is.
-- published
create view case_open as
    select shop_order, id from aftercase where closed is null;
