-- Payments as we see them, and the test provider's own books.

-- step 1
create table payment (
    id       id    primary key,              -- trade 10y
    purchase id    not null,                 -- trade 10y
    provider text  not null,                 -- trade 10y: "test"
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null                  -- trade 10y: enum payment_state
);
create index payment_purchase on payment(purchase);

-- Each message of a provider acts once.
create table payment_message (
    provider text not null,                  -- trade 10y
    name     text not null,                  -- trade 10y: the provider's id of the message
    payment  id   not null,                  -- trade 10y
    at       time not null,                  -- trade 10y
    primary key (provider, name)
) without rowid;

-- The test provider: a bank in miniature, which knows nothing of sward's tables.
create table test_charge (
    id       id    primary key,              -- trade 10y: the payment it was opened for
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null,                 -- trade 10y: 1 open, 2 paid, 3 declined
    back     text  not null                  -- trade 10y: where the buyer returns to
);
