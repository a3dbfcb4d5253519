-- step 1
create table owned (
    id   id   primary key, -- public keep
    pin  text not null     -- secret keep
);
create view owned_all as select id, pin from owned;
-- published
create view owned_card as select id from owned;
