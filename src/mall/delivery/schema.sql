-- Where suppliers send, how, and what it costs. A supplier who says nothing
-- sends everywhere at their own cost.

-- step 1
create table delivery_zone (
    id        id   primary key,              -- public keep
    supplier  id   not null,                 -- trade keep: actor key
    name      text not null,                 -- public keep
    countries text not null                  -- public keep: ISO 3166 alpha 2, by spaces; '' = everywhere else
);
create index delivery_zone_supplier on delivery_zone(supplier, id);

create table delivery_method (
    id        id    primary key,             -- public keep
    zone      id    not null,                -- public keep
    name      text  not null,                -- public keep: "Parcel"
    days      text  not null,                -- public keep: "2 to 4 days"; may be empty
    currency  text  not null,                -- public keep
    price     money not null,                -- public keep: tax inside
    free_from money not null,                -- public keep: goods of so much are sent for nothing; 0 = never
    steps     text  not null,                -- public keep: "1000 490;5000 990": up to grams, price; '' = any weight
    foreign key (zone) references delivery_zone(id)
);
create index delivery_method_zone on delivery_method(zone, id);
