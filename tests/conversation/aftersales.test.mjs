// Goods that come back: without a reason for thirty days, with one at any
// time; who may do what, what it costs, and who decides.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, giveRole, isProblem, member, order, payFor, product, reaches, shows, signIn, stateOf, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const DAY = 24 * 3600 * 1000;
const BEGIN = Date.UTC(2026, 5, 1, 9);

conversation('aftersales', { simulation: true, session_days: 400 }, (server) => {
    let shop, ada, keeper, now = BEGIN;
    const to = async (time) => { now = time; await server().clock(now); };
    const see = (client, id) => client.api(`/cases/${id}`);
    const act = (client, id, name, fields = {}) => client.postForm(`/cases/${id}`, { act: name, ...fields });
    const done = async (client, id, name, fields) => expect(await act(client, id, name, fields), 200, 303);

    // An order of this, paid, sent and received now.
    async function had(slug, quantity = 1) {
        const placed = await order(ada, slug, quantity);
        await payFor(ada, placed);
        const [id] = placed.orders;
        expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: `T-${id}` }), 303);
        expect(await ada.post(`/orders/${id}/received`, {}), 303);
        return id;
    }

    async function ask(id, fields = {}) {
        const answer = await ada.postForm(`/orders/${id}/return`, { line: 0, ...fields });
        return expect(answer, 200, 303).headers.location.match(/case_\w+/)[0];
    }

    async function comesBack(id) {
        await done(shop, id, 'label', { words: '1 Mill Lane' });
        await done(ada, id, 'send', { carrier: 'Post', tracking: 'R-1' });
        await done(shop, id, 'receive');
        await done(shop, id, 'restock');
    }

    it('day 29 and day 30 are accepted, day 31 is refused', async () => {
        shop = await supplier(server(), [{ slug: 'cup', price: '10.00', stock: 50 }, { slug: 'milk', price: '3.00', category: 'Food', stock: 50 }], 'shop_a');
        ada = await member(server(), { handle: 'ada_a' });
        keeper = await member(server(), { handle: 'keeper_a' });
        await giveRole(server(), 'keeper_a', 'operator');
        const id = await had('cup', 3);
        await to(BEGIN + 29 * DAY);
        assert.equal((await see(ada, await ask(id))).state, 'accepted');
        await to(BEGIN + 30 * DAY);
        assert.equal((await see(ada, await ask(id))).state, 'accepted');
        await to(BEGIN + 31 * DAY);
        isProblem(await ada.postForm(`/orders/${id}/return`, { line: 0 }), 409);
        const late = await see(ada, await ask(id, { reason: 'defect', words: 'It leaks.' }));
        assert.deepEqual([late.state, late.entries.length], ['requested', 1]);
    });

    it('goes step by step, seen by both; the money goes back once', async () => {
        const order1 = await had('cup', 2);
        const before = (await product(ada, 'cup')).skus[0].free;
        const id = await ask(order1, { quantity: 2 });
        assert.deepEqual((await see(shop, id)).may.sort(), ['label', 'refund', 'say']);
        isProblem(await act(ada, id, 'accept'), 409);
        isProblem(await act(ada, id, 'label', { words: 'x' }), 403);
        await comesBack(id);
        assert.equal((await product(ada, 'cup')).skus[0].free, before + 2);
        isProblem(await act(shop, id, 'refund', { amount: 2001, words: 'Too much.' }), 422);
        isProblem(await act(shop, id, 'refund', { amount: 1500 }), 422);
        await done(shop, id, 'refund', { price: '15.00', words: 'One is scratched.' });
        const seen = await see(ada, id);
        assert.deepEqual([seen.state, seen.refunded, seen.value], ['refunded', 1500, 2000]);
        isProblem(await act(shop, id, 'refund'), 409);
        shows(await ada.get(`/orders/${order1}`), /Money returned/);
        shows(await ada.get('/inbox'), /Money of a return goes back/);
        await done(ada, id, 'dispute', { words: 'It was fine.' });
        shows(await keeper.get('/cases?side=disputes'), /cup/);
        isProblem(await act(keeper, id, 'refund'), 422);
        await done(keeper, id, 'refund', { words: 'The photos show no scratch.' });
        assert.equal((await see(ada, id)).refunded, 2000);
        shows(await ada.get(`/cases/${id}`), /The photos show no scratch\./);
        isProblem(await act(ada, id, 'dispute', { words: 'More.' }), 409);
    });

    it('what is left out says so before, and needs a reason', async () => {
        expect(await keeper.post('/operator/policies', { return_days: 30, way_back: 'buyer', excluded: 'Food', note: 'Food spoils.' }), 303);
        shows(await server().client().get('/p/milk'), /Not taken back without a reason/);
        const id = await had('milk');
        isProblem(await ada.postForm(`/orders/${id}/return`, { line: 0 }), 409);
        const refused = await ask(id, { reason: 'other', words: 'I do not like it.' });
        await done(shop, refused, 'refuse', { words: 'Taste is no fault.' });
        await done(ada, refused, 'dispute', { words: 'It is sour.' });
        await done(keeper, refused, 'uphold', { words: 'It is milk.' });
        assert.equal((await see(ada, refused)).state, 'refused');
    });

    it('holds the escrow while it is open, and claws back what was released', async () => {
        const held = await had('cup');
        const gone = await had('cup');
        const id = await ask(held);
        await to(now + 32 * DAY);
        shop = await signIn(server(), 'shop_a');
        ada = await signIn(server(), 'ada_a');
        keeper = await signIn(server(), 'keeper_a');
        await reaches(ada, gone, 'closed');
        assert.equal(await stateOf(ada, held), 'delivered');
        const late = await ask(gone, { reason: 'unlike', words: 'It is blue.' });
        await done(shop, late, 'accept');
        await comesBack(late);
        await done(shop, late, 'refund');
        assert.equal((await see(ada, late)).refunded, 1000);
        await done(ada, id, 'withdraw');
        await to(now + 60_000);
        await reaches(ada, held, 'closed');
    });

    it('is nobody else’s, and refuses nonsense', async () => {
        const id = await had('cup');
        const stranger = await member(server());
        isProblem(await stranger.get(`/api/v1/orders/${id}/return`, { Accept: 'application/json' }), 404);
        isProblem(await stranger.postForm(`/orders/${id}/return`, { line: 0 }), 404);
        isProblem(await shop.postForm(`/orders/${id}/return`, { line: 0 }), 404);
        for (const quantity of ['-1', '0', '2', '99999999999999999999']) isProblem(await ada.postForm(`/orders/${id}/return`, { line: 0, quantity }), 422);
        isProblem(await ada.postForm(`/orders/${id}/return`, { line: 7 }), 404);
        isProblem(await ada.postForm(`/orders/${id}/return`, { line: 0, reason: 'whim', words: 'x' }), 422);
        const mine = await ask(id);
        isProblem(await stranger.get(`/api/v1/cases/${mine}`, { Accept: 'application/json' }), 404);
        isProblem(await act(stranger, mine, 'say', { words: 'Hello' }), 404);
        const photo = await ada.photo(picture(60, 60, [200, 20, 20]), 'a red square');
        await done(ada, mine, 'say', { words: 'Look.', media: photo });
        const { src } = (await see(shop, mine)).entries.at(-1).photo;
        assert.equal((await shop.get(src)).status, 200);
        assert.equal((await stranger.get(src)).status, 404);
    });
});
