// Who takes the money: the test provider in all its moods, the operator's own account, and Stripe,
// for which a server of our own speaks the documented interface.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, giveRole, isProblem, member, newKey, home, order, payFor, product, reaches, shows, stateOf, supplier } from '../support/kit.mjs';

const balance = (server, kind) => server.export('ledger').filter((p) => p.kind === kind).reduce((sum, p) => sum + Number(p.amount), 0);
const kinds = (server, kind) => server.export('log').filter((e) => e.kind === kind).length;
const giveBack = (server, id, fields) => server.operator().postForm(`/operator/orders/${id}/refund`, { reason: 'kindness', ...fields });

const ESCROW = 2, CLEARING = 1, OWED = 10;

conversation('refunds of the test provider', { simulation: true }, (server) => {
    let buyer;

    it('gives back a part, and the rest', async () => {
        await supplier(server(), [{ slug: 'lamp', price: '20.00', stock: 50 }], 'lamps');
        buyer = await member(server());
        const placed = await order(buyer, 'lamp', 2);
        await payFor(buyer, placed);
        expect(await giveBack(server(), placed.orders[0], { line: 1, amount: '15.00' }), 200, 303);
        await until('the provider gave it back', () => kinds(server(), 'refund.done') === 1);
        assert.equal(balance(server(), ESCROW), -2500);
        assert.equal(balance(server(), CLEARING), 2500);
        assert.equal(balance(server(), OWED), 0);
        expect(await giveBack(server(), placed.orders[0], { line: 1, amount: '25.00' }), 200, 303);
        await until('the rest too', () => kinds(server(), 'refund.done') === 2);
        assert.equal(balance(server(), CLEARING), 0);
    });

    it('refuses to give back more than was paid', async () => {
        const placed = await order(buyer, 'lamp');
        await payFor(buyer, placed);
        const id = placed.orders[0];
        isProblem(await server().operator().post(`/api/v1/operator/orders/${id}/refund`, { line: '1', amount: '20.01', reason: 'x' }, { Accept: 'application/json' }), 409);
        expect(await giveBack(server(), id, { line: 1, amount: '12.00' }), 200, 303);
        isProblem(await server().operator().post(`/api/v1/operator/orders/${id}/refund`, { line: '1', amount: '8.01', reason: 'x' }, { Accept: 'application/json' }), 409);
        isProblem(await server().operator().post(`/api/v1/operator/orders/${id}/refund`, { line: '1', amount: '-1', reason: 'x' }, { Accept: 'application/json' }), 422);
        isProblem(await server().operator().post(`/api/v1/operator/orders/${id}/refund`, { line: '9', amount: '1', reason: 'x' }, { Accept: 'application/json' }), 404);
        isProblem(await buyer.post(`/api/v1/operator/orders/${id}/refund`, { line: '1', amount: '1', reason: 'x' }, { Accept: 'application/json' }), 403);
        await until('one refund was done', () => kinds(server(), 'refund.done') === 3);
    });
});

conversation('the test provider repeats itself and mixes up', { payment_test: 'duplicate disorder' }, (server) => {
    it('is believed once, and the late word changes nothing', async () => {
        await supplier(server(), [{ slug: 'cup', price: '5.00' }], 'cups');
        const buyer = await member(server());
        const placed = await order(buyer, 'cup');
        await payFor(buyer, placed);
        assert.equal(kinds(server(), 'payment.succeeded'), 1);
        assert.equal(await stateOf(buyer, placed.orders[0]), 'paid');
        assert.equal(balance(server(), ESCROW), -500);
    });
});

conversation('the test provider declines and fails', { payment_test: 'decline refund-fails' }, (server) => {
    it('declines though the buyer pays', async () => {
        await supplier(server(), [{ slug: 'cup', price: '5.00' }], 'cups');
        const buyer = await member(server());
        const placed = await order(buyer, 'cup');
        expect(await buyer.post(placed.pay, { choice: 'pay' }), 303);
        await until('it failed', () => kinds(server(), 'payment.failed') === 1);
        assert.equal(await stateOf(buyer, placed.orders[0]), 'placed');
    });
});

conversation('the operator’s own account', { payment_provider: 'manual', payment_instructions: 'Send it to account 123.' }, (server) => {
    let buyer, keeper;

    it('takes no money for the goods of others', async () => {
        await supplier(server(), [{ slug: 'mug', price: '8.00' }], 'mugs');
        buyer = await member(server());
        const { skus } = await product(buyer, 'mug');
        expect(await buyer.postForm('/cart', { sku: skus[0].id, quantity: 1 }), 200, 303);
        isProblem(await buyer.post('/api/v1/checkout', { ...home, total: String((await buyer.api('/cart')).total) }, { Accept: 'application/json', 'Idempotency-Key': newKey() }), 409);
        expect(await buyer.postForm('/cart', { sku: skus[0].id, quantity: 0 }), 200, 303, 422);
    });

    it('tells what is missing, and pays when all has come; what is too much goes back', async () => {
        keeper = await supplier(server(), [{ slug: 'vase', price: '30.00' }], 'vases');
        await giveRole(server(), 'vases', 'supplier', 'operator');
        const guest = await member(server());
        const placed = await order(guest, 'vase');
        const id = placed.pay.split('/').at(-1);
        shows(await guest.get(placed.pay), /Send it to account 123\./);
        const seen = (amount, reference) => server().operator().post(`/api/v1/operator/payments/${id}/received`, { amount, reference }, { Accept: 'application/json' });
        expect(await seen('10.00', 'B-1'), 200, 303);
        isProblem(await seen('10.00', 'B-1'), 409);
        shows(await guest.get(placed.pay), /is still missing/);
        assert.equal((await guest.api(placed.pay)).missing, 2000);
        assert.equal(balance(server(), OWED), -1000);
        expect(await seen('25.00', 'B-2'), 200, 303);
        await reaches(guest, placed.orders[0], 'paid');
        assert.equal(balance(server(), ESCROW), -3000);
        assert.equal(balance(server(), OWED), -500);
        isProblem(await seen('1.00', 'B-3'), 409);
        const desk = await server().operator().api('/operator/payments');
        assert.equal(desk.refunds.length, 1);
        assert.equal(desk.refunds[0].amount, 500);
        expect(await server().operator().post(`/api/v1/operator/refunds/${desk.refunds[0].id}/done`, { reference: 'B-4' }, { Accept: 'application/json' }), 200, 303);
        assert.equal(balance(server(), OWED), 0);
        assert.equal(balance(server(), CLEARING), 3000);
        assert.ok(server().export('ledger').every((p) => p.custody === 2));
    });
});

// Stripe as its reference has it: sessions, refunds, lists.
const stripe = { calls: [], answers: {}, url: '' };
const SECRET = 'whsec_of_this_test';
const form = (text) => Object.fromEntries(new URLSearchParams(text));

const http = createServer((request, answer) => {
    let body = '';
    request.on('data', (d) => { body += d; });
    request.on('end', () => {
        const path = request.url.split('?')[0];
        stripe.calls.push({ method: request.method, path, body: form(body), key: request.headers['idempotency-key'], auth: request.headers.authorization });
        const made = stripe.answers[path]?.(form(body)) ?? [404, { error: { type: 'invalid_request_error' } }];
        answer.writeHead(made[0], { 'Content-Type': 'application/json' });
        answer.end(JSON.stringify(made[1]));
    });
});
await new Promise((done) => { http.listen(0, '127.0.0.1', done); });
http.unref();
stripe.url = `http://127.0.0.1:${http.address().port}`;

conversation('Stripe', { payment_provider: 'stripe', stripe_secret_key: 'sk_test_1', stripe_webhook_secret: SECRET, stripe_api_url: stripe.url }, (server) => {
    const tell = (event, { secret = SECRET, at = Date.now() } = {}) => {
        const body = JSON.stringify(event), t = Math.floor(at / 1000);
        const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
        return server().client().request('POST', '/webhooks/stripe', { body, headers: { 'Content-Type': 'application/json', 'stripe-signature': `t=${t},v1=${v1}` } });
    };
    const session = (placed, changes = {}) => ({ id: 'evt_1', type: 'checkout.session.completed', data: { object: {
        id: 'cs_1', client_reference_id: placed.pay.split('/').at(-1), payment_status: 'paid', amount_total: placed.total, currency: 'usd', payment_intent: 'pi_1', ...changes } } });
    let buyer, placed;

    before(() => {
        stripe.calls.length = 0;
        stripe.answers['/v1/checkout/sessions'] = (f) => [200, { id: 'cs_1', object: 'checkout.session', url: `https://checkout.stripe.test/${f.client_reference_id}` }];
        stripe.answers['/v1/charges'] = () => [200, { object: 'list', has_more: false, data: [] }];
        stripe.answers['/v1/refunds'] = (f) => [200, { id: 're_1', object: 'refund', status: 'pending', amount: Number(f.amount) }];
    });

    it('opens a session and leads the buyer there', async () => {
        await supplier(server(), [{ slug: 'clock', price: '12.34' }], 'clocks');
        buyer = await member(server());
        placed = await order(buyer, 'clock');
        const shown = await until('the session is open', async () => {
            const answer = await buyer.get(placed.pay);
            return answer.status === 303 ? answer : null;
        });
        assert.match(shown.location, /^https:\/\/checkout\.stripe\.test\/pay_/);
        const call = stripe.calls.find((c) => c.path === '/v1/checkout/sessions');
        assert.equal(call.auth, 'Bearer sk_test_1');
        assert.equal(call.body['line_items[0][price_data][unit_amount]'], '1234');
        assert.equal(call.body['line_items[0][price_data][currency]'], 'usd');
        assert.match(call.key, /^pay_/);
    });

    it('believes no forged, old or unsigned message', async () => {
        assert.equal((await tell(session(placed), { secret: 'another' })).status, 401);
        assert.equal((await tell(session(placed), { at: Date.now() - 600_000 })).status, 401);
        assert.equal((await server().client().request('POST', '/webhooks/stripe', { body: JSON.stringify(session(placed)), headers: { 'Content-Type': 'application/json' } })).status, 400);
        assert.equal((await tell(session(placed, { amount_total: 1 }))).status, 422);
        expect(await tell(session(placed, { payment_status: 'unpaid' })), 200);
        assert.equal(await stateOf(buyer, placed.orders[0]), 'placed');
    });

    it('is paid by its word, once', async () => {
        expect(await tell(session(placed)), 200);
        expect(await tell(session(placed)), 200);
        await reaches(buyer, placed.orders[0], 'paid');
        assert.equal(kinds(server(), 'payment.succeeded'), 1);
    });

    it('is told to give back, and says when it did', async () => {
        expect(await giveBack(server(), placed.orders[0], { line: 1, amount: '2.34' }), 200, 303);
        const call = await until('it was told', () => stripe.calls.find((c) => c.path === '/v1/refunds' && c.method === 'POST'));
        assert.equal(call.body.payment_intent, 'pi_1');
        assert.equal(call.body.amount, '234');
        assert.equal(call.key, call.body['metadata[refund]']);
        assert.equal(kinds(server(), 'refund.done'), 0);
        expect(await tell({ id: 'evt_2', type: 'refund.updated', data: { object: { id: 're_1', status: 'succeeded', amount: 234, currency: 'usd', metadata: { refund: call.key } } } }), 200);
        assert.equal(kinds(server(), 'refund.done'), 1);
        assert.equal(balance(server(), CLEARING), 1000);
    });
});

after(() => { http.close(); });
