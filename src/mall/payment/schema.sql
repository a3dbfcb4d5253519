-- Payments as we see them, and the test provider's own books.

-- step 1
create table payment (
    id       id    primary key,              -- trade 10y
    purchase id    not null,                 -- trade 10y
    provider text  not null,                 -- trade 10y: its name
    custody  int   not null,                 -- trade 10y: enum ledger_custody, who holds what is paid
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null,                 -- trade 10y: enum payment_state
    message  text  not null default '',      -- trade 10y: the provider's id of what decided it
    reference text not null default '',      -- trade 10y: what the provider calls the payment
    address  text  not null default '',      -- trade 1d: the provider's page, when it is elsewhere
    received money not null default 0        -- trade 10y: what people said has come in of it
);
create index payment_purchase on payment(purchase);

-- Money that came in by hand, as somebody saw it on the bank's statement.
create table payment_receipt (
    id        id    primary key,             -- trade 10y
    payment   id    not null,                -- trade 10y
    amount    money not null,                -- trade 10y
    reference text  not null,                -- trade 10y: as the bank has it
    seen_by   id    not null,                -- trade 10y: actor key
    at        time  not null,                -- trade 10y
    foreign key (payment) references payment(id)
);
create unique index payment_receipt_once on payment_receipt(payment, reference);

-- What the provider has in its own books, when it was asked last.
create table provider_report (
    thing    id    primary key,              -- trade 10y: the payment or the refund
    refund   bool  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    currency text  not null,                 -- trade 10y
    at       time  not null                  -- trade 10y: when it was asked
);

-- Money that goes back to a buyer, as we told the provider.
create table refund (
    id         id    primary key,            -- trade 10y
    payment    id    not null,               -- trade 10y
    shop_order id    not null,               -- trade 10y: 0 = all of a payment that came too late
    position   int   not null,               -- trade 10y: the line; -1 = delivery
    currency   text  not null,               -- trade 10y
    amount     money not null,               -- trade 10y: to the buyer
    state      int   not null,               -- trade 10y: enum refund_state
    reason     text  not null,               -- trade 10y: key
    of_case    id    not null,               -- trade 10y: the case of aftersales; 0 = a cancellation
    asked_by   id    not null,               -- trade 10y: actor key; 0 = the shop itself
    asked      time  not null,               -- trade 10y
    settled    time,                         -- trade 10y: when the provider said what became of it
    reference  text  not null default '',    -- trade 10y: what the provider calls it
    simulated  bool  not null,               -- trade 10y
    foreign key (payment) references payment(id)
);
create index refund_payment on refund(payment);
create index refund_order on refund(shop_order, position);
create index refund_open on refund(id) where state <> 2;

-- The test provider: a bank in miniature, which knows nothing of sward's tables.
create table test_charge (
    id       id    primary key,              -- trade 10y: the payment it was opened for
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null,                 -- trade 10y: 1 open, 2 paid, 3 declined
    back     text  not null                  -- trade 10y: where the buyer returns to
);

-- What it gave back, by the shop's number of the refund.
create table test_refund (
    id       id    primary key,              -- trade 10y: the refund
    charge   id    not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    foreign key (charge) references test_charge(id)
);
create index test_refund_charge on test_refund(charge);

-- published
create view payment_seen as
    select id, purchase, provider, custody, currency, amount, state from payment;
-- published
create view refund_seen as
    select id, payment, shop_order, position, currency, amount, state, reason, of_case,
           asked, settled
      from refund;
