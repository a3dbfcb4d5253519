-- name: payment_insert run
-- doc: A payment is asked for.
-- args: id id, purchase id, provider text, currency text, amount money
insert into payment(id, purchase, provider, currency, amount, state)
values ($id, $purchase, $provider, $currency, $amount, 1);

-- name: payment_row one
-- doc: One payment.
-- args: id id
select id, purchase, provider, currency, amount, state from payment where id = $id;

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
