-- name: payment_insert run
-- doc: A payment is asked for.
-- args: id id, purchase id, provider text, custody int, currency text, amount money
insert into payment(id, purchase, provider, custody, currency, amount, state)
values ($id, $purchase, $provider, $custody, $currency, $amount, 1);

-- name: payment_row one
-- doc: One payment.
-- args: id id
select id, purchase, provider, custody, currency, amount, state, reference from payment where id = $id;

-- name: payment_newest one
-- doc: The newest payment of a purchase.
-- args: purchase id
select id, state from payment where purchase = $purchase order by id desc limit 1;

-- name: payment_set_state run
-- doc: What became of a payment, if it still stood where it was.
-- args: id id, before int, after int
update payment set state = $after where id = $id and state = $before;

-- name: payment_decide run
-- doc: What a provider's message made of a payment, if it still stood where it was.
-- args: id id, before int, after int, message text
update payment set state = $after, message = $message where id = $id and state = $before;

-- name: payment_refunds_sum one
-- doc: What of a payment goes back or went back, whatever became of it.
-- args: payment id
-- cols: total money
select coalesce(cast(sum(amount) as bigint), 0) as total from refund where payment = $payment;

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
