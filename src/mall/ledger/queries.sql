-- name: ledger_account_find one
-- doc: The account of that kind, party, currency and custody.
-- args: kind int, party id, currency text, custody int
select id from ledger_account
 where kind = $kind and party = $party and currency = $currency and custody = $custody;

-- name: ledger_account_insert run
-- doc: Open an account; nothing happens when it is open.
-- args: id id, kind int, party id, currency text, custody int
insert into ledger_account(id, kind, party, currency, custody)
values ($id, $kind, $party, $currency, $custody)
on conflict do nothing;

-- name: ledger_journal_insert run
-- doc: A new journal.
-- args: id id, kind int, cause id, at time
insert into ledger_journal(id, kind, cause, at) values ($id, $kind, $cause, $at);

-- name: ledger_posting_insert run
-- doc: One side of a journal.
-- args: journal id, position int, account id, amount money, cause id
insert into ledger_posting(journal, position, account, amount, cause)
values ($journal, $position, $account, $amount, $cause);

-- name: fee_rule_in_force one
-- doc: The newest rule that began by then.
-- args: at time
select id, platform, author, tax, reinvest
  from fee_rule where since <= $at order by since desc, id desc limit 1;

-- name: fee_rule_of one
-- doc: A rule by its id.
-- args: id id
select id, platform, author, tax, reinvest from fee_rule where id = $id;

-- name: ledger_account_sum one
-- doc: Sum of an account's postings; debit positive.
-- args: kind int, party id, currency text
-- cols: total money
select coalesce(cast(sum(p.amount) as bigint), 0) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 where a.kind = $kind and a.party = $party and a.currency = $currency;

-- name: ledger_held one
-- doc: What one account owes to whom it is for, in one custody; credit positive.
-- args: kind int, party id, currency text, custody int
-- cols: total money
select -coalesce(cast(sum(p.amount) as bigint), 0) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 where a.kind = $kind and a.party = $party and a.currency = $currency and a.custody = $custody;

-- name: ledger_order_row one
-- doc: An order, and what paid it.
-- args: id id
-- cols: payment id?, custody int?, delivery_refunded money
select o.id, o.purchase, o.supplier, o.buyer, o.state, o.currency, o.delivery, o.delivery_tax,
       p.id as payment, p.custody as custody,
       coalesce((select cast(sum(r.amount) as bigint) from refund_seen r
                  where r.shop_order = o.id and r.position = -1), 0) as delivery_refunded
  from order_seen o
  left join payment_seen p on p.purchase = o.purchase and p.state = 2
 where o.id = $id limit 1;

-- name: ledger_order_lines many
-- doc: The lines of an order, and what of them went back.
-- args: shop_order id
-- cols: refunded money
select l.position, l.amount, l.tax, l.fee_rule, l.discount, l.subsidy, l.tax_included,
       coalesce((select cast(sum(r.amount) as bigint) from refund_seen r
                  where r.shop_order = l.shop_order and r.position = l.position), 0) as refunded
  from line_seen l where l.shop_order = $shop_order order by l.position limit 50;

-- name: ledger_order_claims many
-- doc: Who else is paid from the lines of an order.
-- args: shop_order id
select position, party, rate, cause from claim_seen
 where shop_order = $shop_order order by position, reason limit 200;

-- name: ledger_party_sums many
-- doc: What a party is owed, by account; credit positive.
-- args: party id
-- cols: total money
select a.kind, a.currency, -coalesce(cast(sum(p.amount) as bigint), 0) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 where a.kind in (3, 4, 11, 12) and a.party = $party
 group by a.kind, a.currency
 order by a.kind, a.currency limit 100;

-- name: ledger_statement many
-- doc: A party's postings, newest first, beyond a place in the list.
-- args: party id, before id, position int, n int
select p.journal, p.position, j.kind as journal_kind, j.cause as journal_cause, j.at, a.kind, a.currency,
       p.amount, p.cause
  from ledger_posting p
  join ledger_account a on a.id = p.account
  join ledger_journal j on j.id = p.journal
 where a.party = $party
   and (p.journal < $before or (p.journal = $before and p.position > $position))
 order by p.journal desc, p.position limit $n;

-- name: ledger_kind_sums many
-- doc: All accounts of the shop summed by kind and currency; debit positive.
-- cols: total money, accounts int
select a.kind, a.currency, count(distinct a.id) as accounts,
       coalesce(cast(sum(p.amount) as bigint), 0) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 group by a.kind, a.currency
 order by a.kind, a.currency limit 200;

-- name: ledger_journal_sums many
-- doc: The sum of each journal by currency, after a journal: zero, all of them.
-- args: after id, n int
-- cols: currency text, total money, postings int
select j.id, min(a.currency) as currency, count(*) as postings,
       coalesce(cast(sum(p.amount) as bigint), 0) as total
  from ledger_journal j
  join ledger_posting p on p.journal = j.id
  join ledger_account a on a.id = p.account
 where j.id > $after
 group by j.id, a.currency
 order by j.id limit $n;

-- name: ledger_escrow_debit many
-- doc: Escrow accounts that owe: there must be none.
-- cols: total money
select a.id, a.currency, cast(sum(p.amount) as bigint) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 where a.kind = 2
 group by a.id, a.currency having sum(p.amount) > 0 limit 100;

-- name: ledger_export many
-- doc: Postings in order, with their journal and account, for an export.
-- args: journal id, position int, n int
select p.journal, p.position, j.kind as journal_kind, j.cause as journal_cause, j.at, a.kind, a.party,
       a.currency, a.custody, p.amount, p.cause
  from ledger_posting p
  join ledger_journal j on j.id = p.journal
  join ledger_account a on a.id = p.account
 where (p.journal, p.position) > ($journal, $position)
 order by p.journal, p.position limit $n;

-- name: posting_mine many
-- doc: Everything posted to a party's accounts, beyond a place in that list.
-- args: party id, journal id, position int, n int
select p.journal, p.position, j.kind as journal_kind, j.cause as journal_cause, j.at, a.kind,
       a.currency, p.amount, p.cause
  from ledger_account a
  join ledger_posting p on p.account = a.id
  join ledger_journal j on j.id = p.journal
 where a.party = $party and (p.journal, p.position) > ($journal, $position)
 order by p.journal, p.position limit $n;

-- name: ledger_flows many
-- doc: What was posted from one time to before another, by account kind, reason and currency; credit positive.
-- args: since time, until time
-- cols: total money
select kind, journal_kind, currency, -cast(sum(amount) as bigint) as total
  from posting_seen where at >= $since and at < $until
 group by kind, journal_kind, currency order by currency, kind, journal_kind limit 600;

-- name: ledger_party_flows many
-- doc: The same of parties, one by one.
-- args: since time, until time, n int
-- cols: total money
select party, kind, journal_kind, currency, -cast(sum(amount) as bigint) as total
  from posting_seen where at >= $since and at < $until and party <> 0
 group by party, kind, journal_kind, currency
 order by currency, party, kind, journal_kind limit $n;

-- name: ledger_statement_all many
-- doc: A party's postings from the first on, beyond a place in the list.
-- args: party id, journal id, position int, n int
select p.journal, p.position, j.kind as journal_kind, j.cause as journal_cause, j.at, a.kind, a.currency,
       p.amount, p.cause
  from ledger_account a
  join ledger_posting p on p.account = a.id
  join ledger_journal j on j.id = p.journal
 where a.party = $party and a.kind in (3, 4) and (p.journal, p.position) > ($journal, $position)
 order by p.journal, p.position limit $n;

-- name: fund_spend_insert run
-- doc: Money of a fund is spent.
-- args: id id, fund int, currency text, amount money, purpose text, figure text, spent_by id, at time
insert into fund_spend(id, fund, currency, amount, purpose, figure, spent_by, at)
values ($id, $fund, $currency, $amount, $purpose, $figure, $spent_by, $at);

-- name: fund_spends many
-- doc: What funds were spent for, newest first.
-- args: n int
select id, fund, currency, amount, purpose, figure, at from fund_spend order by id desc limit $n;

-- name: fund_held many
-- doc: What funds hold, by currency and custody.
-- cols: total money
select a.kind, a.currency, a.custody, -cast(sum(p.amount) as bigint) as total
  from ledger_account a join ledger_posting p on p.account = a.id
 where a.kind in (7, 8, 9) group by a.kind, a.currency, a.custody
 order by a.currency, a.kind, a.custody limit 100;

-- name: fee_rule_insert run
-- doc: Rates that hold from a time on.
-- args: id id, since time, platform int, author int, tax int, reinvest int, note text
insert into fee_rule(id, since, platform, author, tax, reinvest, note)
values ($id, $since, $platform, $author, $tax, $reinvest, $note);

-- name: fee_rules many
-- doc: All rates, newest first.
-- args: n int
select id, since, platform, author, tax, reinvest, note from fee_rule
 order by since desc, id desc limit $n;
