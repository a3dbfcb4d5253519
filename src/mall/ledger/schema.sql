-- The books: journals of postings that sum to zero for each currency. Never
-- changed, only added to. A balance is a sum.

-- step 1
create table ledger_account (
    id       id   primary key,               -- trade 10y
    kind     int  not null,                  -- trade 10y: enum ledger_kind
    party    id   not null,                  -- trade 10y: actor key; 0 = the platform
    currency text not null,                  -- trade 10y
    custody  int  not null,                  -- trade 10y: enum ledger_custody, who holds the money
    unique (kind, party, currency, custody)
);

create table ledger_journal (
    id    id   primary key,                  -- trade 10y
    kind  int  not null,                     -- trade 10y: enum journal_kind
    cause id   not null,                     -- trade 10y: the payment or order behind it
    at    time not null                      -- trade 10y
);

create table ledger_posting (
    journal  id    not null,                 -- trade 10y
    position int   not null,                 -- trade 10y
    account  id    not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y: debit positive, credit negative
    cause    id    not null default 0,       -- trade 10y: the note a commission was earned by
    primary key (journal, position),
    foreign key (journal) references ledger_journal(id),
    foreign key (account) references ledger_account(id)
) without rowid;
create index ledger_posting_account on ledger_posting(account, journal);

-- Rates in parts of ten thousand, in force from a day on; the newest that
-- began before a sale holds for it.
create table fee_rule (
    id       id   primary key,               -- public keep
    since    time not null,                  -- public keep
    platform int  not null,                  -- public keep: of a line without tax
    author   int  not null,                  -- public keep: of a line without tax, for a pin that earns
    tax      int  not null,                  -- public keep: included in prices
    reinvest int  not null,                  -- public keep: of the platform's fee, to the three funds
    note     text not null default ''        -- public keep: why it was set
);

insert into fee_rule(id, since, platform, author, tax, reinvest, note) values
    (1, 0, 500, 400, 300, 3000, 'The rule a new shop starts with.');

-- What money of the funds was spent for, and the figure it should move.
create table fund_spend (
    id       id    primary key,              -- trade 10y
    fund     int   not null,                 -- trade 10y: enum ledger_kind
    currency text  not null,                 -- trade 10y
    amount   money not null,                 -- trade 10y
    purpose  text  not null,                 -- public keep
    figure   text  not null,                 -- public keep: as the board calls it
    spent_by id    not null,                 -- trade 10y: actor key
    at       time  not null                  -- trade 10y
);

-- published
create view posting_seen as
    select p.journal, p.position, j.kind as journal_kind, j.cause as journal_cause, j.at,
           a.kind, a.party, a.currency, a.custody, p.amount, p.cause
      from ledger_posting p
      join ledger_journal j on j.id = p.journal
      join ledger_account a on a.id = p.account;
-- What stands on each account, posting by posting, without the journals.
-- published
create view account_seen as
    select a.id, a.kind, a.party, a.currency, a.custody, p.amount
      from ledger_account a join ledger_posting p on p.account = a.id;
