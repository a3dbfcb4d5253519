// What becomes of a paid order: cancelled before it leaves, sent in several
// parcels, and delivered by whoever says so.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, home, isProblem, member, newKey, order, payFor, product, reaches, stateOf, supplier } from '../support/kit.mjs';

const SECRET = 'a carrier’s key of this test';

// A message as carriers send it: Standard Webhooks.
function carrierMessage(data, secret = SECRET, type = 'parcel.delivered') {
    const body = JSON.stringify({ type, data });
    const id = `msg_${newKey()}`;
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64');
    const headers = { 'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
    return { body, headers };
}

async function buyTwo(client, slugs) {
    for (const slug of slugs) {
        const { skus } = await product(client, slug);
        expect(await client.postForm('/cart', { sku: skus[0].id, quantity: 2 }), 200, 303);
    }
    const { total } = await client.api('/cart');
    const placed = expect(await client.postForm('/checkout', { ...home, total }, { 'Idempotency-Key': newKey() }), 200, 201, 303).json;
    await payFor(client, placed);
    return placed.orders[0];
}

conversation('order life', { carrier_secret: SECRET }, (server) => {
    let shop, ada, stranger;
    const left = async (slug) => (await product(ada, slug)).skus[0].free;

    it('is cancelled by its buyer before it was sent: money and stock go back', async () => {
        shop = await supplier(server(), [{ slug: 'cup', stock: 20 }, { slug: 'pot', stock: 20 }], 'shop_l');
        ada = await member(server(), { handle: 'ada_l' });
        stranger = await member(server());
        const placed = await order(ada, 'cup', 2);
        await payFor(ada, placed);
        const [id] = placed.orders;
        const before = await left('cup');
        assert.equal((await ada.api(`/orders/${id}`)).may_cancel, true);
        isProblem(await stranger.postForm(`/orders/${id}/cancel`, {}), 404);
        expect(await ada.post(`/orders/${id}/cancel`, {}), 303);
        const now = await ada.api(`/orders/${id}`);
        assert.deepEqual([now.state, now.cancelled_by], ['cancelled', 'buyer']);
        assert.equal(await left('cup'), before + 2);
        isProblem(await ada.postForm(`/orders/${id}/cancel`, {}), 409);
        assert.match((await ada.get(`/orders/${id}`)).text, /money goes back/);
    });

    it('is cancelled by its supplier, who says why', async () => {
        const placed = await order(ada, 'cup');
        await payFor(ada, placed);
        const [id] = placed.orders;
        isProblem(await shop.postForm(`/orders/${id}/cancel`, {}), 422);
        expect(await shop.post(`/orders/${id}/cancel`, { reason: 'The last one broke.' }), 303);
        assert.match((await ada.get(`/orders/${id}`)).text, /The last one broke\./);
        assert.equal((await ada.api(`/orders/${id}`)).cancelled_by, 'supplier');
        await until('the inbox says so', async () => (await ada.get('/inbox')).text.includes(id) || /cancel/i.test((await ada.get('/inbox')).text));
    });

    it('leaves in several parcels, and is delivered when all are', async () => {
        const id = await buyTwo(ada, ['cup', 'pot']);
        const lines = (await shop.api(`/orders/${id}`)).lines.map((line) => line.name);
        const cup = lines.indexOf('cup');
        expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'P-1', [`quantity_${cup}`]: 1 }), 303);
        let seen = await ada.api(`/orders/${id}`);
        assert.deepEqual([seen.state, seen.shipment.parcels.length, seen.shipment.left, seen.may_cancel], ['paid', 1, 3, false]);
        isProblem(await shop.postForm(`/supplier/orders/${id}/ship`, { carrier: 'Post', [`quantity_${cup}`]: 5 }), 422);
        isProblem(await ada.postForm(`/orders/${id}/cancel`, {}), 409);
        expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'P-2' }), 303);
        assert.equal(await stateOf(ada, id), 'shipped');
        seen = await ada.api(`/orders/${id}`);
        isProblem(await stranger.postForm(`/orders/${id}/received`, { shipment: seen.shipment.parcels[0].id }), 404);
        expect(await ada.post(`/orders/${id}/received`, { shipment: seen.shipment.parcels[0].id }), 303);
        assert.equal(await stateOf(ada, id), 'shipped');
        expect(await ada.post(`/orders/${id}/received`, {}), 303);
        assert.equal(await stateOf(ada, id), 'delivered');
    });

    it('is delivered by a carrier’s signed message, once', async () => {
        const placed = await order(ada, 'pot');
        await payFor(ada, placed);
        const [id] = placed.orders;
        expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'DHL', tracking: 'D-77' }), 303);
        const carrier = server().client();
        const says = (message) => carrier.request('POST', '/webhooks/carrier', message);
        assert.equal((await says(carrierMessage({ carrier: 'DHL', tracking: 'D-77' }, 'a forged key'))).status, 401);
        assert.equal((await says(carrierMessage({ carrier: 'DHL', tracking: 'D-78' }))).status, 404);
        assert.equal((await says(carrierMessage({ carrier: 'DHL', tracking: 'D-77' }, SECRET, 'parcel.scanned'))).status, 200);
        assert.equal(await stateOf(ada, id), 'shipped');
        for (let i = 0; i < 2; i++) assert.equal((await says(carrierMessage({ carrier: 'dhl', tracking: 'D-77' }))).status, 200);
        await reaches(ada, id, 'delivered');
        const papers = (await ada.api(`/orders/${id}/invoice`)).items;
        assert.deepEqual(papers.map((paper) => [paper.kind, paper.number]), [['invoice', 2]]);
        assert.match((await shop.get(`/orders/${id}/invoice`)).text, /shop_l-000002/);
        assert.match((await shop.get(`/orders/${id}/slip`)).text, /14 Harbour Row/);
        for (const paper of ['invoice', 'slip']) assert.equal((await stranger.get(`/orders/${id}/${paper}`)).status, 404);
        assert.equal((await ada.api(`/orders/${id}`)).shipment.parcels[0].said, 'carrier');
    });
});
