-- name: payment_insert run
-- doc: A payment is asked for.
-- args: id id, purchase id, provider text, custody int, currency text, amount money
insert into payment(id, purchase, provider, custody, currency, amount, state)
values ($id, $purchase, $provider, $custody, $currency, $amount, 1);

-- name: payment_row one
-- doc: One payment.
-- args: id id
select id, purchase, provider, custody, currency, amount, state, reference, address, received
  from payment where id = $id;

-- name: payment_newest one
-- doc: The newest payment of a purchase.
-- args: purchase id
select id, state, provider from payment where purchase = $purchase order by id desc limit 1;

-- name: payment_set_state run
-- doc: What became of a payment, if it still stood where it was.
-- args: id id, before int, after int
update payment set state = $after where id = $id and state = $before;

-- name: payment_decide run
-- doc: What a provider's message made of a payment, if it still stood where it was.
-- args: id id, before int, after int, message text, reference text
update payment set state = $after, message = $message, reference = $reference
 where id = $id and state = $before;

-- name: payment_refunds_sum one
-- doc: What of a payment goes back or went back, whatever became of it; not what came in beyond it.
-- args: payment id
-- cols: total money
select coalesce(cast(sum(amount) as bigint), 0) as total from refund
 where payment = $payment and position > -2;

-- name: refund_insert run
-- doc: Money is to go back to a buyer.
-- args: id id, payment id, shop_order id, position int, currency text, amount money, state int, reason text, of_case id, asked_by id, asked time, simulated bool
insert into refund(id, payment, shop_order, position, currency, amount, state, reason,
                   of_case, asked_by, asked, simulated)
values ($id, $payment, $shop_order, $position, $currency, $amount, $state, $reason,
        $of_case, $asked_by, $asked, $simulated);

-- name: refund_row one
-- doc: One refund, and the payment it is of.
-- args: id id
select r.id, r.payment, r.shop_order, r.position, r.currency, r.amount, r.state, r.reference,
       r.asked_by, r.simulated, p.purchase, p.provider, p.custody, p.reference as payment_reference
  from refund r join payment p on p.id = r.payment where r.id = $id;

-- name: refund_settle run
-- doc: What became of a refund, if it was not done yet.
-- args: id id, state int, settled time, reference text
update refund set state = $state, settled = $settled, reference = $reference
 where id = $id and state <> 2;

-- name: test_refund_insert run
-- doc: The test provider gives money back; nothing happens the second time.
-- args: id id, charge id, amount money
insert into test_refund(id, charge, amount) values ($id, $charge, $amount)
on conflict (id) do nothing;

-- name: test_refund_sum one
-- doc: What of a charge the test provider gave back.
-- args: charge id
-- cols: total money
select coalesce(cast(sum(amount) as bigint), 0) as total from test_refund where charge = $charge;

-- name: test_charge_insert run
-- doc: The test provider opens a charge.
-- args: id id, currency text, amount money, back text
insert into test_charge(id, currency, amount, state, back) values ($id, $currency, $amount, 1, $back);

-- name: test_charge_row one
-- doc: One charge of the test provider.
-- args: id id
select id, currency, amount, state, back from test_charge where id = $id;

-- name: test_charge_settle run
-- doc: The buyer paid or declined; nothing happens when that was done before.
-- args: id id, state int
update test_charge set state = $state where id = $id and state = 1;

-- name: payment_set_address run
-- doc: Where the provider's own page of a payment is.
-- args: id id, address text
update payment set address = $address where id = $id and state = 1;

-- name: payment_receipt_insert run
-- doc: Money was seen; nothing happens when that was entered before.
-- args: id id, payment id, amount money, reference text, seen_by id, at time
insert into payment_receipt(id, payment, amount, reference, seen_by, at)
values ($id, $payment, $amount, $reference, $seen_by, $at)
on conflict (payment, reference) do nothing;

-- name: payment_add_received run
-- doc: So much more has come in for a payment.
-- args: id id, amount money
update payment set received = received + $amount where id = $id;

-- name: payment_by_hand many
-- doc: Open payments that wait for somebody to see the money, newest first.
-- args: before id, n int
select id, purchase, currency, amount, received from payment
 where provider = 'manual' and state in (1, 3) and id < $before order by id desc limit $n;

-- name: refunds_open many
-- doc: Refunds that are not done, newest first.
-- args: before id, n int
select r.id, r.shop_order, r.position, r.currency, r.amount, r.state, r.reason, r.asked, p.provider,
       p.purchase
  from refund r join payment p on p.id = r.payment
 where r.state <> 2 and r.id < $before order by r.id desc limit $n;

-- name: refund_again run
-- doc: A refund that failed is tried again.
-- args: id id
update refund set state = 1 where id = $id and state = 3;

-- name: report_put run
-- doc: What the provider has in its books of one thing.
-- args: thing id, refund bool, amount money, currency text, at time
insert into provider_report(thing, refund, amount, currency, at)
values ($thing, $refund, $amount, $currency, $at)
on conflict (thing) do update set amount = excluded.amount, currency = excluded.currency,
                                  at = excluded.at;

-- name: report_asked one
-- doc: When the provider was asked last, and how often it had something to say.
-- cols: at time?, n int
select max(at) as at, count(*) as n from provider_report;

-- name: report_payments_apart many
-- doc: Payments after an id that the books and the provider's report tell differently. Those of before a time alone, for a word may still be on its way.
-- args: after id, before id, n int
-- cols: reported money
select p.id, p.currency, p.amount, p.state, coalesce(r.amount, 0) as reported
  from payment p left join provider_report r on r.thing = p.id and not r.refund
 where p.id > $after and p.id < $before and p.provider <> 'manual'
   and ((p.state in (2, 4)) <> (r.thing is not null)
        or (r.thing is not null and r.amount <> p.amount))
 order by p.id limit $n;

-- name: report_refunds_apart many
-- doc: The same of refunds.
-- args: after id, before id, n int
-- cols: reported money
select f.id, f.currency, f.amount, f.state, coalesce(r.amount, 0) as reported
  from refund f join payment p on p.id = f.payment
  left join provider_report r on r.thing = f.id and r.refund
 where f.id > $after and f.id < $before and p.provider <> 'manual'
   and ((f.state = 2) <> (r.thing is not null)
        or (r.thing is not null and r.amount <> f.amount))
 order by f.id limit $n;

-- name: test_charges_paid many
-- doc: Charges of the test provider that were paid, after an id.
-- args: after id, n int
select id, currency, amount from test_charge where id > $after and state = 2 order by id limit $n;

-- name: test_refunds_after many
-- doc: What the test provider gave back, after an id.
-- args: after id, n int
select r.id, r.amount, c.currency from test_refund r join test_charge c on c.id = r.charge
 where r.id > $after order by r.id limit $n;

-- name: payment_sellers many
-- doc: Whose goods a purchase is of.
-- args: purchase id
select distinct supplier from order_seen where purchase = $purchase limit 50;
