-- name: payout_party_put run
-- doc: Who a party is and where its money goes.
-- args: party id, company bool, name text, address text, country text, tax text, holder text, account text, bank text, provider text, changed time
insert into payout_party(party, company, name, address, country, tax, holder, account, bank,
                         provider, changed)
values ($party, $company, $name, $address, $country, $tax, $holder, $account, $bank, $provider,
        $changed)
on conflict (party) do update
   set company = excluded.company, name = excluded.name, address = excluded.address,
       country = excluded.country, tax = excluded.tax, holder = excluded.holder,
       account = excluded.account, bank = excluded.bank, provider = excluded.provider,
       changed = excluded.changed;

-- name: payout_party_row one
-- doc: Who a party is.
-- args: party id
select company, name, address, country, tax, holder, account, bank, provider, changed
  from payout_party where party = $party;

-- name: payout_party_mine many
-- doc: The same for their copy of it.
-- args: party id, after id, n int
select party, company, name, address, country, tax, holder, account, bank, provider, changed
  from payout_party where party = $party and party > $after order by party limit $n;

-- name: payout_mine many
-- doc: What was paid out to somebody, for their copy of it.
-- args: party id, after id, n int
select id, batch, kind, amount, reserve, state, holder, account, bank, country, note, settled
  from payout where party = $party and id > $after order by id limit $n;

-- name: payout_party_forget run
-- doc: Forget who left is, when nothing was ever paid to them.
-- args: party id
delete from payout_party where party = $party
   and not exists(select 1 from payout p where p.party = $party);

-- name: payout_owed many
-- doc: What parties are owed, and whether it is known who they are.
-- args: n int
-- cols: total money, name text?, known bool
select s.kind, s.party, s.currency, s.custody, -cast(sum(s.amount) as bigint) as total,
       min(p.name) as name, count(p.party) > 0 as known
  from account_seen s left join payout_party p on p.party = s.party
 where s.kind in (3, 4) and s.party <> 0
 group by s.kind, s.party, s.currency, s.custody
having sum(s.amount) < 0
 order by s.currency, s.custody, s.party, s.kind limit $n;

-- name: payout_batch_insert run
-- doc: A new batch.
-- args: id id, currency text, custody int, provider text, made_by id, made time
insert into payout_batch(id, currency, custody, provider, made_by, made)
values ($id, $currency, $custody, $provider, $made_by, $made);

-- name: payout_insert run
-- doc: One payment of a batch.
-- args: id id, batch id, party id, kind int, amount money, reserve money, holder text, account text, bank text, country text
insert into payout(id, batch, party, kind, amount, reserve, state, holder, account, bank, country)
values ($id, $batch, $party, $kind, $amount, $reserve, 1, $holder, $account, $bank, $country);

-- name: payout_reserve_insert run
-- doc: What was kept of a payout, and until when.
-- args: payout id, party id, due time
insert into payout_reserve(payout, party, due) values ($payout, $party, $due);

-- name: payout_reserves_due many
-- doc: Reserves whose time is over.
-- args: now time, n int
select r.payout, r.party, p.kind, p.reserve, b.currency, b.custody
  from payout_reserve r join payout p on p.id = r.payout join payout_batch b on b.id = p.batch
 where not r.let_go and r.due <= $now order by r.due, r.payout limit $n;

-- name: payout_reserve_let_go run
-- doc: A reserve is let go, once.
-- args: payout id
update payout_reserve set let_go = true where payout = $payout and not let_go;

-- name: payout_batches many
-- doc: Batches below an id, newest first.
-- args: before id, n int
-- cols: total money, payments int, waiting int
select b.id, b.currency, b.provider, b.made,
       (select coalesce(cast(sum(p.amount) as bigint), 0) from payout p where p.batch = b.id) as total,
       (select count(*) from payout p where p.batch = b.id) as payments,
       (select count(*) from payout p where p.batch = b.id and p.state = 1) as waiting
  from payout_batch b where b.id < $before order by b.id desc limit $n;

-- name: payout_batch_row one
-- doc: One batch.
-- args: id id
select id, currency, custody, provider, made_by, made from payout_batch where id = $id;

-- name: payouts_of_batch many
-- doc: The payments of a batch.
-- args: batch id
select id, party, kind, amount, reserve, state, holder, account, bank, country, note, settled
  from payout where batch = $batch order by id limit 1000;

-- name: payout_row one
-- doc: One payment, and its batch.
-- args: id id
select p.id, p.batch, p.party, p.kind, p.amount, p.reserve, p.state, p.account, b.currency,
       b.custody, b.provider
  from payout p join payout_batch b on b.id = p.batch where p.id = $id;

-- name: payout_settle run
-- doc: What became of a payment, if it still waits.
-- args: id id, state int, note text, settled time
update payout set state = $state, note = $note, settled = $settled where id = $id and state = 1;

-- name: payout_doctor_rows many
-- doc: Payments that wait, and what the books have on its way to each party, by currency.
-- cols: waiting money
select b.currency, cast(sum(p.amount) as bigint) as waiting
  from payout p join payout_batch b on b.id = p.batch
 where p.state = 1 group by b.currency order by b.currency limit 100;

-- name: payout_on_its_way many
-- doc: What the books have on its way out, by currency.
-- cols: total money
select currency, -cast(sum(amount) as bigint) as total from account_seen
 where kind = 12 group by currency having sum(amount) <> 0 order by currency limit 100;

-- name: payout_outlived run
-- doc: Forget who parties are that were paid last before a time, but those under a legal hold.
-- args: before time
delete from payout_party
 where changed < $before
   and not exists(select 1 from payout p where p.party = payout_party.party and p.settled >= $before)
   and not exists(select 1 from legal_hold_standing h where h.actor = payout_party.party);
