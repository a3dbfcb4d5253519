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
