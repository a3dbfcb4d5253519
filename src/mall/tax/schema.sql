-- What tax is on which goods where, as the operator says. Of those in force the
-- one that says most holds: country and category, country, category, any. Where
-- none does, the fee rule's tax stands inside the price.

-- step 1
create table tax_rule (
    id       id   primary key,               -- public keep
    country  text not null,                  -- public keep: ISO 3166 alpha 2; '' = any
    category text not null,                  -- public keep: of the product; '' = any
    rate     int  not null,                  -- public keep: parts of ten thousand
    added    bool not null,                  -- public keep: on top of the price; else inside it
    since    time not null,                  -- public keep: in force from then on
    ended    time                            -- public keep: no longer from then on
);
