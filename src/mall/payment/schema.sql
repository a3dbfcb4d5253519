-- Payments as we see them, and the test provider's own books.

-- step 1
create table payment (
    id       id    primary key,              -- trade 10y
    purchase id    not null,                 -- trade 10y
    provider text  not null,                 -- trade 10y: "test"
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null,                 -- trade 10y: enum payment_state
    message  text  not null default ''       -- trade 10y: the provider's id of what decided it
);
create index payment_purchase on payment(purchase);

-- The test provider: a bank in miniature, which knows nothing of sward's tables.
create table test_charge (
    id       id    primary key,              -- trade 10y: the payment it was opened for
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    state    int   not null,                 -- trade 10y: 1 open, 2 paid, 3 declined
    back     text  not null                  -- trade 10y: where the buyer returns to
);
