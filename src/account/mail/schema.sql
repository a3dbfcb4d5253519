-- What a person does not want by mail, and what must not be sent twice.

-- step 1
create table mail_off (
    person id  not null,                     -- personal person: actor
    kind   int not null,                     -- personal person: enum mail_kind, not sent
    primary key (person, kind)
) without rowid;

-- Letters that somebody asked for: not many at once.
create table mail_asked (
    person id   not null,                    -- personal person: actor
    kind   int  not null,                    -- personal person: enum mail_kind
    at     time not null,                    -- personal person: the last time
    primary key (person, kind)
) without rowid;

-- Addresses that a mail server refused for good.
create table mail_refused (
    address bytes not null primary key,      -- personal 1y: BLAKE2b-256 of it
    at      time  not null                   -- personal 1y
);

-- Whose an order is: its later facts do not say.
create table mail_order (
    id    id   not null primary key,         -- trade 1y: the order
    buyer id   not null,                     -- trade 1y: actor
    told  int  not null default 0,           -- trade 1y: number of the last fact's kind that was written of
    at    time not null                      -- trade 1y
);
