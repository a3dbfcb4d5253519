-- name: tax_rules_all many
-- doc: All tax rules, the newest first of each country and category.
-- remembered: taxes()
select id, country, category, rate, added, since, ended
  from tax_rule order by country, category, since desc, id desc limit 1000;

-- name: tax_rule_insert run
-- doc: A new rule.
-- args: id id, country text, category text, rate int, added bool, since time
-- changes: taxes()
insert into tax_rule(id, country, category, rate, added, since)
values ($id, $country, $category, $rate, $added, $since);

-- name: tax_rule_end run
-- doc: A rule holds no longer.
-- args: id id, at time
-- changes: taxes()
update tax_rule set ended = $at where id = $id and ended is null;

-- name: sku_categories many
-- doc: The categories of some SKUs.
-- args: ids ids
select id, category from sku_sold where id in $ids limit 100;
