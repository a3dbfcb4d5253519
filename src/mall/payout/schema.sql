-- Who is paid out, and what was.

-- step 1
create table payout_party (
    party    id   primary key,               -- trade 10y: actor key
    company  bool not null,                  -- personal 10y: a company, else a person
    name     text not null,                  -- personal 10y: as the tax office has it
    address  text not null,                  -- personal 10y
    country  text not null,                  -- personal 10y: ISO 3166 alpha 2
    tax      text not null,                  -- personal 10y: number of the tax office
    holder   text not null,                  -- personal 10y: of the bank account
    account  text not null,                  -- personal 10y: IBAN, or a number of the country's own kind
    bank     text not null,                  -- personal 10y: BIC; may be empty
    provider text not null,                  -- personal 10y: account with the payment provider; may be empty
    changed  time not null                   -- trade 10y
);

create table payout_batch (
    id       id   primary key,               -- trade 10y
    currency text not null,                  -- trade 10y
    custody  int  not null,                  -- trade 10y: enum ledger_custody, who holds the money
    provider text not null,                  -- trade 10y: who pays; empty = a bank, by file
    made_by  id   not null,                  -- trade 10y: actor key
    made     time not null                   -- trade 10y
);

-- One payment to one party. Name and account stand here as they were.
create table payout (
    id       id    primary key,              -- trade 10y
    batch    id    not null,                 -- trade 10y
    party    id    not null,                 -- trade 10y: actor key
    kind     int   not null,                 -- trade 10y: enum ledger_kind, the account it comes from
    amount   money not null,                 -- trade 10y
    reserve  money not null,                 -- trade 10y: kept for returns, beside amount
    state    int   not null,                 -- trade 10y: enum payout_state
    holder   text  not null,                 -- personal 10y
    account  text  not null,                 -- personal 10y
    bank     text  not null,                 -- personal 10y
    country  text  not null,                 -- personal 10y
    note     text  not null default '',      -- trade 10y: the bank's reference, or why it failed
    settled  time,                           -- trade 10y
    foreign key (batch) references payout_batch(id)
);
create index payout_of_batch on payout(batch, id);
create index payout_of_party on payout(party, id);

-- What was kept of a payout, until returns are over.
create table payout_reserve (
    payout id    primary key,                -- trade 10y
    party  id    not null,                   -- trade 10y: actor key
    due    time  not null,                   -- trade 10y
    let_go bool  not null default false,     -- trade 10y
    foreign key (payout) references payout(id)
);
create index payout_reserve_due on payout_reserve(due) where not let_go;
