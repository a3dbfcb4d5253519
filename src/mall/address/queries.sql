-- name: saved_addresses many
-- doc: A person's addresses, the one that is proposed first.
-- args: owner id
select id, name, phone, line1, line2, city, region, postcode, country, chosen
  from saved_address where owner = $owner order by chosen desc, id limit 50;

-- name: saved_address_insert run
-- doc: One more.
-- args: id id, owner id, name text, phone text, line1 text, line2 text, city text, region text, postcode text, country text, chosen bool
insert into saved_address(id, owner, name, phone, line1, line2, city, region, postcode, country, chosen)
values ($id, $owner, $name, $phone, $line1, $line2, $city, $region, $postcode, $country, $chosen);

-- name: saved_address_update run
-- doc: Change one.
-- args: id id, owner id, name text, phone text, line1 text, line2 text, city text, region text, postcode text, country text
update saved_address
   set name = $name, phone = $phone, line1 = $line1, line2 = $line2, city = $city,
       region = $region, postcode = $postcode, country = $country
 where id = $id and owner = $owner;

-- name: saved_address_choose run
-- doc: Propose this one, and no other.
-- args: id id, owner id
update saved_address set chosen = (id = $id) where owner = $owner;

-- name: saved_address_delete run
-- doc: One goes.
-- args: id id, owner id
delete from saved_address where id = $id and owner = $owner;

-- name: saved_address_erase run
-- doc: A person goes.
-- args: owner id
delete from saved_address where owner = $owner;

-- name: address_mine many
-- doc: A person's addresses, for their copy of them.
-- args: owner id
select id, name, phone, line1, line2, city, region, postcode, country, chosen
  from saved_address where owner = $owner order by id limit 1000;
