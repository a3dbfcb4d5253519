// One page between the cart and the pay page: addresses, delivery, tax, and
// what changed meanwhile is told before anything is paid.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, giveRole, home, isProblem, member, newKey, payFor, product, reaches, sell, shows, supplier } from '../support/kit.mjs';

const key = () => ({ 'Idempotency-Key': newKey() });
const put = async (who, slug, quantity = 1) => expect(await who.postForm('/cart', { sku: (await product(who, slug)).skus[0].id, quantity }), 200, 303);
const place = (who, fields) => who.postForm('/checkout', { ...home, ...fields }, key());

conversation('checkout', { simulation: true }, (server) => {
    let shop, rival, operator, ada;

    it('opens two shops', async () => {
        shop = await supplier(server(), [{ slug: 'cup', price: '12.50', stock: 50 }, { slug: 'pot', price: '40.00', stock: 50, category: 'Pots' }, { slug: 'rare', price: '9.00', stock: 1 }], 'shop');
        rival = await supplier(server(), [{ slug: 'lamp', price: '30.00', stock: 50 }, { slug: 'euro', price: '5.00', currency: 'EUR', stock: 5 }], 'rival');
        operator = await member(server(), { handle: 'keeper_o' });
        await giveRole(server(), 'keeper_o', 'operator');
        ada = await member(server(), { handle: 'ada' });
    });

    it('keeps an address book, of which one is proposed', async () => {
        expect(await ada.postForm('/addresses', home), 200, 303);
        expect(await ada.postForm('/addresses', { ...home, line1: '7 Rue des Tanneurs', city: 'Lyon', postcode: '69005', country: 'FR' }), 200, 303);
        expect(await ada.postForm('/addresses', home), 200, 303);
        let { items } = await ada.api('/addresses');
        assert.deepEqual(items.map((a) => [a.city, a.default]), [['Bristol', true], ['Lyon', false]], 'the same is kept once');
        expect(await ada.postForm(`/addresses/${items[1].id}/default`, {}), 200, 303);
        expect(await ada.postForm(`/addresses/${items[1].id}`, { ...home, line1: '8 Rue des Tanneurs', city: 'Lyon', postcode: '69005', country: 'FR' }), 200, 303);
        ({ items } = await ada.api('/addresses'));
        assert.deepEqual(items.map((a) => [a.line1, a.default]), [['8 Rue des Tanneurs', true], ['14 Harbour Row', false]]);
        const ben = await member(server());
        isProblem(await ben.get(`/api/v1/addresses/${items[0].id}`, { Accept: 'application/json' }), 404);
        isProblem(await ben.postForm(`/addresses/${items[0].id}/delete`, {}), 404);
        expect(await ada.postForm(`/addresses/${items[0].id}/delete`, {}), 200, 303);
        assert.deepEqual((await ada.api('/addresses')).items.map((a) => [a.city, a.default]), [['Bristol', true]]);
        shows(await ada.get('/addresses'), /14 Harbour Row/);
    });

    it('asks for what an address has in its country', async () => {
        const wrong = async (fields) => isProblem(await ada.postForm('/addresses', { ...home, ...fields }), 422).errors.map((e) => e.field);
        assert.deepEqual(await wrong({ country: 'US', postcode: '97205' }), ['region']);
        assert.deepEqual(await wrong({ country: 'DE', postcode: '123' }), ['postcode']);
        assert.deepEqual(await wrong({ country: 'JP', postcode: '' }), ['region', 'postcode']);
        expect(await ada.postForm('/addresses', { ...home, country: 'HK', postcode: '', name: 'Ada of Hong Kong' }), 200, 303);
        const page = await ada.post('/addresses/look', { ...home, country: 'JP', name: 'Typed Already' });
        shows(page, /Prefecture/);
        shows(page, /Typed Already/);
        assert.ok(page.text.indexOf('name="postcode"') < page.text.indexOf('name="line1"'), 'in the order of the country');
    });

    it('sends to an address of the book, and to no other’s', async () => {
        const { items } = await ada.api('/addresses');
        const bristol = items.find((a) => a.city === 'Bristol');
        await put(ada, 'cup');
        const stranger = await member(server());
        await put(stranger, 'cup');
        isProblem(await stranger.postForm('/checkout', { address: bristol.id, total: 1250 }, key()), 422);
        const placed = expect(await ada.postForm('/checkout', { address: bristol.id, total: 1250 }, key()), 200, 201, 303).json;
        await payFor(ada, placed);
        shows(await shop.get(`/orders/${placed.orders[0]}`), /14 Harbour Row/);
    });

    it('offers the ways of each supplier, and adds what they cost', async () => {
        isProblem(await shop.postForm('/supplier/delivery', { name: 'Odd', countries: 'DE XX' }), 422);
        expect(await shop.postForm('/supplier/delivery', { name: 'Isles', countries: 'gb, ie' }), 200, 303);
        isProblem(await shop.postForm('/supplier/delivery', { name: 'Again', countries: 'IE' }), 422);
        expect(await shop.postForm('/supplier/delivery', { name: 'Continent', countries: 'DE FR' }), 200, 303);
        let zones = (await shop.api('/supplier/delivery')).items;
        const way = (zone, fields) => shop.postForm(`/supplier/delivery/${zone.id}`, { name: 'Parcel', currency: 'USD', price: '4.90', ...fields });
        expect(await way(zones[0], { free_from: '50.00' }), 200, 303);
        expect(await way(zones[0], { name: 'Express', price: '9.90', days: 'tomorrow' }), 200, 303);
        expect(await way(zones[1], { price: '0' }), 200, 303);
        isProblem(await way(zones[0], { steps: '1000 4.90\n500 2.00' }), 422);
        isProblem(await rival.postForm(`/supplier/delivery/${zones[0].id}`, { name: 'Mine', currency: 'USD', price: '1.00' }), 404);
        zones = (await shop.api('/supplier/delivery')).items;
        assert.deepEqual(zones[0].ways.map((w) => w.name), ['Parcel', 'Express']);
        const eve = await member(server(), { handle: 'eve' });
        await put(eve, 'cup');
        await put(eve, 'lamp');
        const seen = expect(await eve.postForm('/checkout/look', home), 200).json;
        assert.deepEqual(seen.orders.map((o) => [o.supplier, o.delivery]), [['shop', 490], ['rival', 0]]);
        assert.equal(seen.total, 1250 + 3000 + 490);
        const [own] = seen.orders;
        const express = { [own.field]: own.ways.find((w) => w.name === 'Express').id };
        isProblem(await place(eve, { ...express, total: seen.total }), 409);
        isProblem(await place(eve, { country: 'US', region: 'Oregon', postcode: '97205', total: 4250 }), 422);
        const placed = expect(await place(eve, { ...express, total: 4250 + 990 }), 200, 201, 303).json;
        assert.equal(placed.orders.length, 2);
        await payFor(eve, placed);
        const orders = await Promise.all(placed.orders.map((id) => eve.api(`/orders/${id}`)));
        assert.deepEqual(orders.map((o) => [o.total, o.delivery, o.method]), [[2240, 990, 'Express'], [3000, 0, '']]);
        await put(eve, 'pot', 2);
        assert.equal((await expect(await eve.postForm('/checkout/look', home), 200).json).delivery, 0, 'free from so much on');
    });

    it('puts the tax of the table on lines, inside the price or on top', async () => {
        const rule = (fields) => operator.postForm('/operator/taxes', fields);
        isProblem(await rule({ rate: '101' }), 422);
        isProblem(await ada.postForm('/operator/taxes', { rate: '10' }), 403);
        expect(await rule({ country: 'FR', rate: '10', added: 1 }), 200, 303);
        expect(await rule({ country: 'FR', category: 'Pots', rate: '25' }), 200, 303);
        const fay = await member(server());
        await put(fay, 'lamp');
        await put(fay, 'pot');
        const paris = { city: 'Paris', postcode: '75001', country: 'FR' };
        const look = async () => expect(await fay.postForm('/checkout/look', { ...home, ...paris }), 200).json;
        const first = await look();
        assert.equal(first.total, 3000 + 300 + 4000);
        assert.equal(first.tax_added, 300);
        assert.equal(first.tax, 300 + 800);
        isProblem(await place(fay, { ...paris, total: 7000 }), 409);
        const placed = expect(await place(fay, { ...paris, total: 7300 }), 200, 201, 303).json;
        await payFor(fay, placed);
        const rules = (await operator.api('/operator/taxes')).items;
        for (const { id } of rules) expect(await operator.postForm(`/operator/taxes/${id}/end`, {}), 200, 303);
        await put(fay, 'lamp');
        assert.equal((await look()).total, 3000, 'ended rules hold no longer');
        assert.equal((await fay.api(`/orders/${placed.orders[0]}`)).total + (await fay.api(`/orders/${placed.orders[1]}`)).total, 7300, 'what was placed stays');
    });

    it('tells a price changed between cart and pay, in the cart and before paying', async () => {
        const gil = await member(server());
        await put(gil, 'lamp');
        await sell(rival, [{ slug: 'lamp', price: '33.00', stock: 50 }, { slug: 'euro', price: '5.00', currency: 'EUR', stock: 5 }]);
        const [line] = (await gil.api('/cart')).lines;
        assert.deepEqual([line.was, line.price], [3000, 3300]);
        shows(await gil.get('/cart'), /One cost \$30\.00/);
        shows(await gil.get('/checkout'), /The price was \$30\.00; now it is \$33\.00/);
        isProblem(await place(gil, { total: 3000 }), 409);
        expect(await gil.post('/cart/look', {}), 303);
        assert.equal((await gil.api('/cart')).lines[0].was, undefined, 'it was read');
        expect(await place(gil, { total: 3300 }), 200, 201, 303);
    });

    it('tells what is not sold any more, and keeps some for later', async () => {
        const hal = await member(server());
        await put(hal, 'euro');
        await put(hal, 'lamp');
        const euro = (await product(hal, 'euro')).skus[0].id;
        isProblem(await place(hal, { total: 500 }), 409, 'two currencies');
        expect(await hal.postForm(`/cart/${euro}`, { later: 1 }), 200, 303);
        let cart = await hal.api('/cart');
        assert.deepEqual([cart.lines.length, cart.later.length, cart.total], [1, 1, 3300]);
        expect(await place(hal, { total: 3300 }), 200, 201, 303);
        cart = await hal.api('/cart');
        assert.deepEqual([cart.lines.length, cart.later.length], [0, 1], 'what is kept for later stays');
        expect(await hal.postForm(`/cart/${euro}`, { later: 0 }), 200, 303);
        assert.equal((await hal.api('/cart')).total, 500);
        isProblem(await hal.postForm('/cart/sku_0000000000001', { later: 1 }), 404);
    });

    it('refuses stock gone at pay', async () => {
        const [ida, jon] = [await member(server()), await member(server())];
        await put(ida, 'rare');
        await put(jon, 'rare');
        const look = expect(await ida.postForm('/checkout/look', home), 200).json;
        const bought = expect(await place(ida, { total: look.total }), 200, 201, 303).json;
        await payFor(ida, bought);
        const page = await jon.post('/checkout', { ...home, total: look.total, idempotency_key: newKey() });
        assert.equal(page.status, 409);
        shows(page, /Sold out/);
        assert.deepEqual((await jon.api('/orders')).items, []);
    });

    it('lets an expired reservation go', async () => {
        const kim = await member(server());
        await put(kim, 'lamp', 2);
        const before = (await product(kim, 'lamp')).skus[0].free;
        const placed = expect(await place(kim, { total: 6600 }), 200, 201, 303).json;
        assert.equal((await product(kim, 'lamp')).skus[0].free, before - 2);
        await server().clock(Date.UTC(2026, 5, 1, 10));
        await reaches(kim, placed.orders[0], 'cancelled');
        assert.equal((await product(kim, 'lamp')).skus[0].free, 50, 'whatever was not paid for is free again');
    });

    it('acts once for a double submit', async () => {
        const lou = await member(server());
        await put(lou, 'lamp');
        const same = key();
        const both = await Promise.all([1, 2].map(() => lou.postForm('/checkout', { ...home, total: 3300 }, same)));
        assert.ok(both.some((answer) => answer.status < 400), both[0].text);
        assert.equal((await lou.api('/orders')).items.length, 1);
    });

    it('refuses negative and enormous quantities at the field', async () => {
        const mia = await member(server());
        const { skus } = await product(mia, 'lamp');
        for (const quantity of ['-1', '100', '99999999999999999999', 'x']) {
            assert.deepEqual(isProblem(await mia.postForm('/cart', { sku: skus[0].id, quantity }), 422).errors.map((e) => e.field), ['quantity']);
        }
        assert.deepEqual((await mia.api('/cart')).lines, []);
    });
});
