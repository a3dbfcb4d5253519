// The terms of sale: versions that the operator adds, and where buyers read them.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, giveRole, isProblem, member, supplier } from '../support/kit.mjs';

conversation('terms of sale', {}, (server) => {
    let keeper, shop;
    const versions = async () => (await keeper.api('/operator/policies')).items;

    it('starts with one version, which everybody can read', async () => {
        keeper = await member(server(), { handle: 'keeper_t' });
        await giveRole(server(), 'keeper_t', 'operator');
        shop = await supplier(server(), [{ slug: 'tea', category: 'Food' }, { slug: 'pot', category: 'Home' }], 'shop_t');
        const guest = server().client();
        assert.equal((await guest.api('/returns')).return_days, 30);
        assert.match((await guest.get('/p/tea')).text, /within 30 days/);
        isProblem(await guest.get('/api/v1/operator/policies', { Accept: 'application/json' }), 401);
        isProblem(await shop.get('/api/v1/operator/policies', { Accept: 'application/json' }), 403);
        assert.equal((await versions()).length, 1);
    });

    it('adds a version and edits none', async () => {
        expect(await keeper.post('/operator/policies', { return_days: 14, way_back: 'platform', excluded: 'Food', note: 'Food spoils.' }), 303);
        const [now, first] = await versions();
        assert.deepEqual([now.return_days, now.excluded, now.way_back, now.in_force], [14, ['Food'], 'platform', true]);
        assert.deepEqual([first.return_days, first.in_force], [30, false]);
        assert.match((await server().client().get('/p/tea')).text, /Not taken back without a reason/);
        assert.match((await server().client({ lang: 'zh' }).get('/p/pot')).text, /签收后.14.天内可无理由退货/);
        expect(await keeper.post('/operator/policies', { return_days: 60, way_back: 'supplier', supplier: 'shop_t', note: 'Asked for it.' }), 303);
        assert.match((await server().client().get('/p/tea')).text, /within 60 days/);
        assert.equal((await server().client().api('/returns')).return_days, 14);
        assert.match((await keeper.get('/operator/audit')).text, /added new terms of sale/);
    });

    it('marks what is wrong and keeps what was typed', async () => {
        const page = await keeper.post('/operator/policies', { return_days: 999, way_back: 'platform', note: 'Too long.' });
        assert.equal(page.status, 422);
        assert.match(page.text, /Too long\./);
        assert.equal((await keeper.post('/operator/policies', { return_days: 5, way_back: 'nobody', note: 'x' })).status, 422);
        assert.equal((await keeper.post('/operator/policies', { return_days: 5, way_back: 'buyer', supplier: 'no_such', note: 'x' })).status, 422);
        assert.equal((await versions()).length, 3);
    });
});
