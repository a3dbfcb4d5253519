// What a provider says: believed when signed, once, and only for what was asked.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, member, order, payFor, product, reaches, stateOf, supplier } from '../support/kit.mjs';

const SECRET = 'the secret of this test';
const MINUTE = 60_000;

conversation('payment', { simulation: true, payment_secret: SECRET, reservation_minutes: 15 }, (server) => {
    let now = Date.UTC(2026, 5, 2, 9);
    let buyer, messages = 0;

    // Send what the test provider would send; changes to the headers by `forge`.
    async function tell(placed, { type = 'payment.paid', amount, currency = 'USD', id = `msg_test_${++messages}`, secret = SECRET, at = now } = {}) {
        const body = JSON.stringify({ type, data: { payment: placed.pay.split('/').at(-1), amount: amount ?? placed.total, currency } });
        const seconds = Math.floor(at / 1000);
        const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64');
        return server().client().request('POST', '/webhooks/test', { body, headers: { 'Content-Type': 'application/json',
            'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` } });
    }

    const totals = () => {
        const sums = {};
        for (const p of server().export('ledger')) sums[p.currency] = (sums[p.currency] ?? 0n) + BigInt(p.amount);
        return sums;
    };

    it('pays after a decline, and money stands in escrow', async () => {
        await server().clock(now);
        await supplier(server(), [{ slug: 'lamp', price: '28.45', stock: 50 }], 'lamps');
        buyer = await member(server());
        const placed = await order(buyer, 'lamp');
        expect(await buyer.post(placed.pay, { choice: 'decline' }), 303);
        const again = await until('the decline is known', async () => {
            const answer = await buyer.post(`/purchases/${placed.purchase}/pay`, {});
            return answer.status === 303 && answer.location !== placed.pay ? answer : null;
        });
        assert.equal(await stateOf(buyer, placed.orders[0]), 'placed');
        expect(await buyer.post(again.location, { choice: 'pay' }), 303);
        await reaches(buyer, placed.orders[0], 'paid');
        const kinds = server().export('log').map((e) => e.kind);
        assert.equal(kinds.filter((k) => k === 'payment.failed').length, 1);
        assert.equal(kinds.filter((k) => k === 'payment.succeeded').length, 1);
        const ledger = server().export('ledger');
        assert.equal(ledger.length, 2);
        assert.deepEqual(ledger.map((p) => BigInt(p.amount)).sort((a, b) => Number(a - b)), [-2845n, 2845n]);
        assert.deepEqual(totals(), { USD: 0n });
    });

    it('acts once for a message that comes again, and for a second message', async () => {
        const placed = await order(buyer, 'lamp');
        const id = 'msg_replayed';
        assert.equal((await tell(placed, { id })).status, 200);
        await reaches(buyer, placed.orders[0], 'paid');
        const before = server().export('ledger').length;
        assert.equal((await tell(placed, { id })).status, 200);
        assert.ok((await tell(placed)).status < 500);
        assert.equal(server().export('ledger').length, before);
        const events = server().export('log').filter((e) => e.kind === 'order.paid' && e.object);
        assert.equal(new Set(events.map((e) => e.object)).size, events.length, 'each order is paid once');
    });

    it('believes no forged, old, unsigned or changed message', async () => {
        const placed = await order(buyer, 'lamp');
        assert.equal((await tell(placed, { secret: 'another secret' })).status, 401);
        assert.equal((await tell(placed, { at: now - 20 * MINUTE })).status, 401);
        assert.equal((await tell(placed, { at: now + 20 * MINUTE })).status, 401);
        const bare = await server().client().request('POST', '/webhooks/test', { body: '{}', headers: { 'Content-Type': 'application/json' } });
        assert.ok([400, 401].includes(bare.status));
        assert.equal(await stateOf(buyer, placed.orders[0]), 'placed');
    });

    it('takes no other amount and no other currency', async () => {
        const placed = await order(buyer, 'lamp');
        for (const lie of [{ amount: placed.total - 1 }, { amount: placed.total + 1 }, { amount: -placed.total }, { currency: 'EUR' }]) {
            const answer = await tell(placed, lie);
            assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(lie)}: ${answer.status}`);
        }
        assert.equal(await stateOf(buyer, placed.orders[0]), 'placed');
        assert.equal((await tell(placed)).status, 200);
        await reaches(buyer, placed.orders[0], 'paid');
    });

    it('lets stock go when nobody pays in time', async () => {
        const before = (await product(buyer, 'lamp')).skus[0].free;
        const placed = await order(buyer, 'lamp');
        assert.equal((await product(buyer, 'lamp')).skus[0].free, before - 1);
        now = await server().clock(now + 16 * MINUTE);
        await reaches(buyer, placed.orders[0], 'cancelled');
        // The three that were left open above run out at the same time.
        await until('the stock is free again', async () => (await product(buyer, 'lamp')).skus[0].free >= before);
    });

    it('takes a late payment while there is stock, and gives it back when there is none', async () => {
        await supplier(server(), [{ slug: 'single', price: '5.00', stock: 1 }], 'singles');
        const late = await order(buyer, 'single');
        now = await server().clock(now + 16 * MINUTE);
        await reaches(buyer, late.orders[0], 'cancelled');
        const other = await member(server());
        await payFor(other, await order(other, 'single'));
        assert.equal((await tell(late)).status, 200);
        await until('the money is given back', async () => server().export('log').some((e) => e.kind === 'payment.refunded'));
        assert.equal(await stateOf(buyer, late.orders[0]), 'cancelled');
        assert.deepEqual(totals(), { USD: 0n });
    });
});
