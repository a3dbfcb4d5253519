// Coupons and prices for several: shown before paying, standing on the line.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, giveRole, home, isProblem, member, newKey, payFor, product, shows, supplier } from '../support/kit.mjs';

const key = () => ({ 'Idempotency-Key': newKey() });
const put = async (who, slug, quantity = 1) => expect(await who.postForm('/cart', { sku: (await product(who, slug)).skus[0].id, quantity }), 200, 303);
const place = (who, fields) => who.postForm('/checkout', { ...home, ...fields }, key());
const look = async (who, coupon) => expect(await who.postForm('/checkout/look', { ...home, coupon }), 200).json;

conversation('promotion', { simulation: true }, (server) => {
    let shop, rival, operator;
    const coupon = (fields) => shop.postForm('/supplier/coupons', { currency: 'USD', ...fields });

    it('opens two shops', async () => {
        shop = await supplier(server(), [{ slug: 'cup', price: '12.50', stock: 90 }, { slug: 'pot', price: '40.00', stock: 90 }], 'shop');
        rival = await supplier(server(), [{ slug: 'lamp', price: '30.00', stock: 90 }, { slug: 'euro', price: '5.00', currency: 'EUR', stock: 9 }], 'rival');
        operator = await member(server(), { handle: 'keeper_o' });
        await giveRole(server(), 'keeper_o', 'operator');
    });

    it('makes coupons that make sense', async () => {
        const wrong = async (fields) => isProblem(await coupon(fields), 422).errors.map((e) => e.field);
        assert.deepEqual(await wrong({ code: 'A', kind: 'amount', amount: '1.00' }), ['code']);
        assert.deepEqual(await wrong({ code: 'FREE', kind: 'amount' }), ['amount']);
        assert.deepEqual(await wrong({ code: 'FREE', kind: 'percent', percent: '101' }), ['percent']);
        assert.deepEqual(await wrong({ code: 'FREE', kind: 'gift' }), ['kind']);
        assert.deepEqual(await wrong({ code: 'FREE', kind: 'percent', percent: '5', since: '2026-06-09', until: '2026-06-01' }), ['until']);
        isProblem(await operator.postForm('/operator/coupons', { code: 'SEND', kind: 'delivery', currency: 'USD' }), 422);
        isProblem(await (await member(server())).postForm('/supplier/coupons', { code: 'MINE', kind: 'amount', amount: '1.00', currency: 'USD' }), 403);
        expect(await coupon({ code: 'five', kind: 'amount', amount: '5.00', minimum: '20.00', per_person: 1 }), 200, 303);
        assert.deepEqual(await wrong({ code: 'FIVE', kind: 'amount', amount: '1.00' }), ['code'], 'a code stands once');
        shows(await shop.get('/supplier/coupons'), /FIVE/);
    });

    it('takes a supplier’s coupon off their goods alone, and says so before', async () => {
        const ada = await member(server());
        await put(ada, 'cup', 2);
        await put(ada, 'lamp');
        const seen = await look(ada, 'Five');
        assert.deepEqual([seen.goods, seen.off, seen.total, seen.coupon], [5500, -500, 5000, 'FIVE']);
        isProblem(await place(ada, { coupon: 'five', total: 5500 }), 409);
        const placed = expect(await place(ada, { coupon: 'five', total: 5000 }), 200, 201, 303).json;
        await payFor(ada, placed);
        const orders = await Promise.all(placed.orders.map((id) => ada.api(`/orders/${id}`)));
        assert.deepEqual(orders.map((o) => [o.supplier, o.total, o.lines[0].off]), [['shop', 2000, 500], ['rival', 3000, 0]]);
        await put(ada, 'cup', 2);
        isProblem(await place(ada, { coupon: 'five', total: 2000 }), 422);
        shows(await ada.post('/checkout/look', { ...home, coupon: 'five' }), /You have used this coupon already/);
        const [made] = (await shop.api('/supplier/coupons')).items;
        assert.deepEqual([made.used, made.spent], [1, 500]);
    });

    it('says why a coupon counts for nothing', async () => {
        const ben = await member(server());
        await put(ben, 'cup');
        const page = async (code) => ben.post('/checkout/look', { ...home, coupon: code });
        shows(await page('NOSUCH'), /There is no such coupon/);
        shows(await page('FIVE'), /needs more goods: \$20\.00/);
        expect(await coupon({ code: 'LATER', kind: 'percent', percent: '10', since: '2026-06-10', until: '2026-06-11' }), 200, 303);
        shows(await page('later'), /not good yet/);
        isProblem(await place(ben, { coupon: 'later', total: 1250 }), 422);
        await server().clock(Date.UTC(2026, 5, 10, 12));
        assert.equal((await look(ben, 'later')).total, 1125);
        await server().clock(Date.UTC(2026, 5, 12));
        shows(await page('later'), /not good any more/);
        const cleo = await member(server());
        await put(cleo, 'lamp');
        shows(await cleo.post('/checkout/look', { ...home, coupon: 'FIVE' }), /another shop/);
        expect(await coupon({ code: 'GONE', kind: 'amount', amount: '1.00' }), 200, 303);
        const { id } = (await shop.api('/supplier/coupons')).items.find((c) => c.code === 'GONE');
        isProblem(await rival.postForm(`/supplier/coupons/${id}/stop`, {}), 404);
        expect(await shop.postForm(`/supplier/coupons/${id}/stop`, {}), 200, 303);
        shows(await page('gone'), /not good any more/);
    });

    it('refuses a coupon on a currency mismatch', async () => {
        const dan = await member(server());
        await put(dan, 'euro');
        expect(await operator.postForm('/operator/coupons', { code: 'DOLLARS', kind: 'amount', amount: '1.00', currency: 'USD' }), 200, 303);
        shows(await dan.post('/checkout/look', { ...home, coupon: 'dollars' }), /another currency/);
        isProblem(await place(dan, { coupon: 'dollars', total: 400 }), 422);
    });

    it('lets one win when the last coupon is used twice at once', async () => {
        expect(await coupon({ code: 'LAST', kind: 'amount', amount: '2.50', most: 1 }), 200, 303);
        const both = [await member(server()), await member(server())];
        for (const who of both) await put(who, 'cup');
        const answers = await Promise.all(both.map((who) => place(who, { coupon: 'LAST', total: 1000 })));
        assert.equal(answers.filter((a) => a.status < 400).length, 1, answers.map((a) => a.text).join());
        const lost = answers.find((a) => a.status >= 400);
        assert.ok([409, 422].includes(lost.status), lost.text);
        const made = (await shop.api('/supplier/coupons')).items.find((c) => c.code === 'LAST');
        assert.deepEqual([made.used, made.spent], [1, 250]);
    });

    it('spends no more than its budget, and is free again when a purchase is given up', async () => {
        expect(await coupon({ code: 'POT', kind: 'percent', percent: '50', budget: '30.00', per_person: 0 }), 200, 303);
        const eve = await member(server());
        await put(eve, 'pot');
        const placed = expect(await place(eve, { coupon: 'pot', total: 2000 }), 200, 201, 303).json;
        await put(eve, 'pot');
        shows(await eve.post('/checkout/look', { ...home, coupon: 'pot' }), /used up/);
        expect(await eve.post(`/purchases/${placed.purchase}/cancel`, {}), 303);
        assert.equal((await look(eve, 'pot')).total, 2000);
        const made = (await shop.api('/supplier/coupons')).items.find((c) => c.code === 'POT');
        assert.deepEqual([made.used, made.spent], [0, 0]);
    });

    it('has the platform bear its own, and the supplier the delivery they spare', async () => {
        expect(await operator.postForm('/operator/coupons', { code: 'TENTH', kind: 'percent', percent: '10', currency: 'USD' }), 200, 303);
        const fay = await member(server());
        await put(fay, 'lamp');
        const placed = expect(await place(fay, { coupon: 'tenth', total: 2700 }), 200, 201, 303).json;
        await payFor(fay, placed);
        assert.equal((await fay.api(`/orders/${placed.orders[0]}`)).lines[0].off, 300);
        expect(await shop.postForm('/supplier/delivery', { name: 'All', countries: '' }), 200, 303);
        const [zone] = (await shop.api('/supplier/delivery')).items;
        expect(await shop.postForm(`/supplier/delivery/${zone.id}`, { name: 'Parcel', currency: 'USD', price: '4.00' }), 200, 303);
        expect(await coupon({ code: 'SEND', kind: 'delivery' }), 200, 303);
        await put(fay, 'cup');
        assert.equal((await look(fay)).total, 1650);
        assert.equal((await look(fay, 'send')).total, 1250);
        expect(await place(fay, { coupon: 'send', total: 1250 }), 200, 201, 303);
        const made = (await shop.api('/supplier/coupons')).items.find((c) => c.code === 'SEND');
        assert.equal(made.spent, 400);
    });

    it('sells several for less each', async () => {
        const tier = (fields) => rival.postForm('/supplier/tiers', fields);
        isProblem(await tier({ code: 'SKU-cup', least: 3, price: '1.00' }), 422);
        isProblem(await tier({ code: 'SKU-lamp', least: 1, price: '20.00' }), 422);
        isProblem(await tier({ code: 'SKU-lamp', least: 3, price: '30.00' }), 422);
        expect(await tier({ code: 'SKU-lamp', least: 3, price: '25.00' }), 200, 303);
        expect(await tier({ code: 'SKU-lamp', least: 5, price: '20.00' }), 200, 303);
        const gil = await member(server());
        shows(await gil.get('/p/lamp'), /from 3 on \$25\.00 each/);
        await put(gil, 'lamp', 2);
        assert.equal((await gil.api('/cart')).total, 6000);
        await put(gil, 'lamp', 2);
        const cart = await gil.api('/cart');
        assert.deepEqual([cart.lines[0].price, cart.lines[0].each, cart.total], [3000, 2500, 10000]);
        const placed = expect(await place(gil, { total: 10000 }), 200, 201, 303).json;
        await payFor(gil, placed);
        assert.equal((await gil.api(`/orders/${placed.orders[0]}`)).lines[0].off, 2000);
        const { items } = await rival.api('/supplier/tiers');
        isProblem(await shop.postForm('/supplier/tiers/delete', { sku: items[0].sku, least: 3 }), 404);
        expect(await rival.postForm('/supplier/tiers/delete', { sku: items[0].sku, least: 3 }), 200, 303);
        assert.deepEqual((await rival.api('/supplier/tiers')).items.map((t) => t.least), [5]);
    });
});
