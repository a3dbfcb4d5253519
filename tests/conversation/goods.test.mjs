// A supplier's own goods: made by hand, told what they miss, sold, withdrawn,
// and found again on the shelves.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, giveRole, hides, isProblem, member, order, payFor, product, sell, shows, signIn, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const DAY = 86400000;
const start = Date.UTC(2026, 5, 1, 9);
const addPhoto = (client, path, colour) => client.postFiles(`${path}/photos`, {}, [{ name: 'photo', bytes: picture(300, 300, colour), filename: 'a.jpg' }]);

conversation('a supplier’s own goods', { simulation: true, complete_goods: true }, (server) => {
    let shop, path;

    it('begins a draft that nobody else sees', async () => {
        shop = await member(server(), { handle: 'maker' });
        isProblem(await shop.postForm('/supplier/goods', { name: 'Oak stool', currency: 'EUR' }), 403);
        await giveRole(server(), 'maker', 'supplier');
        const wrong = isProblem(await shop.postForm('/supplier/goods', { name: '', currency: 'euro', slug: 'Not This' }), 422);
        assert.deepEqual(wrong.errors.map((e) => e.field).sort(), ['currency', 'name', 'slug']);
        const answer = expect(await shop.post('/supplier/goods', { name: 'Oak stool', currency: 'EUR', option1: 'Colour' }), 303);
        path = answer.headers.location;
        const goods = await shop.api(path);
        assert.equal(goods.state, 'draft');
        assert.equal(goods.product.slug, 'oak-stool');
        assert.equal((await shop.get('/p/oak-stool')).status, 404);
        const other = await supplier(server(), [{ slug: 'rest', category: 'Other' }], 'rival');
        isProblem(await other.get(`/api/v1${path}`, { Accept: 'application/json' }), 404);
        isProblem(await other.postForm(`${path}/publish`, {}), 404);
    });

    it('tells at each field what is missing before it can be sold', async () => {
        expect(await server().operator().post('/mall/needs', { category: 'Furniture', field: 'Material', needed: 1, least: 1, points: 2 }), 303);
        expect(await shop.post(path, { name: 'Oak stool', slug: 'oak-stool', currency: 'EUR', option1: 'Colour', category: 'Furniture', body: 'Short.' }), 303);
        const refused = isProblem(await shop.postForm(`${path}/publish`, {}), 422);
        assert.deepEqual(refused.errors.map((e) => e.field).sort(), ['body', 'photos', 'sku', 'spec-Material']);
        const page = await shop.post(`${path}/publish`, {});
        assert.equal(page.status, 422);
        shows(page, /name="spec-Material"[^>]*aria-invalid="true"/);
        shows(page, /id="body-error">At least 20 characters/);
    });

    it('takes variants, photos and a specification, and is sold', async () => {
        const one = { sku: 'OAK-R', value1: 'red', price: '40.00', stock: 3, weight: 4200, barcode: '4006381333931' };
        const bad = isProblem(await shop.postForm(`${path}/variants`, { ...one, price: 'much', weight: '-1', barcode: '4006381333932', stock: 'x' }), 422);
        assert.deepEqual(bad.errors.map((e) => e.field).sort(), ['price', 'stock', 'weight']);
        isProblem(await shop.postForm(`${path}/variants`, { ...one, barcode: '4006381333932' }), 422);
        expect(await shop.post(`${path}/variants`, one), 303);
        isProblem(await shop.postForm(`${path}/variants`, { ...one, sku: 'OAK-R2' }), 422);
        expect(await shop.post(`${path}/variants`, { ...one, sku: 'OAK-B', value1: 'blue', price: '45.00', stock: 9, barcode: '' }), 303);
        expect(await addPhoto(shop, path, [90, 60, 30]), 303, 200);
        expect(await addPhoto(shop, path, [30, 60, 90]), 303, 200);
        expect(await shop.post(path, { name: 'Oak stool', slug: 'oak-stool', currency: 'EUR', option1: 'Colour', category: 'Furniture', body: 'A stool of oak, oiled, for a lifetime.', 'spec-Material': 'oak', spec_name: ['Height', ''], spec_value: ['45 cm', ''] }), 303);
        expect(await shop.post(`${path}/publish`, {}), 303);
        const sold = await product(shop, 'oak-stool');
        assert.deepEqual(sold.skus.map((s) => [s.options, s.price.minor, s.stock, s.grams]), [['red', 4000, 'low', 4200], ['blue', 4500, 'in_stock', 4200]]);
        assert.deepEqual(sold.specification, [{ name: 'Material', value: 'oak' }, { name: 'Height', value: '45 cm' }]);
        const goods = await shop.api(path);
        assert.deepEqual([goods.state, goods.photos.length], ['on_sale', 2]);
        assert.ok(goods.score < 100 && goods.score > 80, `${goods.score}`);
        expect(await shop.post(`${path}/photos/${goods.photos[1].id}`, { act: 'first' }), 303);
        assert.equal((await shop.api(path)).photos[0].id, goods.photos[1].id);
    });

    it('keeps what is sold complete, and lets go of a variant', async () => {
        const gone = isProblem(await shop.postForm(path, { name: 'Oak stool', slug: 'oak-stool', currency: 'EUR', category: 'Furniture', body: '' , 'spec-Material': 'oak' }), 422);
        assert.deepEqual(gone.errors.map((e) => e.field), ['body']);
        assert.equal((await product(shop, 'oak-stool')).body, 'A stool of oak, oiled, for a lifetime.');
        const [red, blue] = (await shop.api(path)).skus;
        expect(await shop.post(`${path}/v/${blue.id}/stop`, {}), 303);
        isProblem(await shop.postForm(`${path}/v/${red.id}/stop`, {}), 422);
        assert.equal((await product(shop, 'oak-stool')).skus.length, 1);
        expect(await shop.post(`${path}/variants`, { sku: 'OAK-B', value1: 'blue', price: '45.00', stock: 9 }), 303);
    });

    it('says sold out on page, card and API', async () => {
        const { skus } = await product(shop, 'oak-stool');
        expect(await shop.post(`${path}/v/${skus[0].id}`, { sku: 'OAK-R', value1: 'red', price: '40.00', stock: 0 }), 303);
        assert.equal((await product(shop, 'oak-stool')).skus[0].stock, 'sold_out');
        shows(await shop.get('/p/oak-stool'), /sold out/);
        expect(await shop.post(`${path}/v/${skus[1].id}`, { sku: 'OAK-B', value1: 'blue', price: '45.00', stock: 0 }), 303);
        const [card] = (await shop.api('/mall?category=Furniture')).items;
        assert.equal(card.stock, 'sold_out');
        shows(await shop.get('/mall?category=Furniture'), /sold out/);
        assert.deepEqual((await shop.api('/mall?category=Furniture&stock=1')).items, []);
        expect(await shop.post(`${path}/v/${skus[0].id}`, { sku: 'OAK-R', value1: 'red', price: '40.00', stock: 3 }), 303);
        assert.equal((await shop.api('/mall?category=Furniture&stock=1')).items.length, 1);
    });

    it('shows a price before only where 30 days bear it out', async () => {
        const { skus: [red] } = await product(shop, 'oak-stool');
        const priced = async (price, compare) => expect(await shop.post(`${path}/v/${red.id}`, { sku: 'OAK-R', value1: 'red', price, compare }), 303);
        const before = async () => (await product(shop, 'oak-stool')).skus[0].price_before?.minor;
        await priced('30.00', '40.00');
        assert.equal(await before(), undefined, 'sold for less than 30 days');
        shows(await shop.get(`${path}/v/${red.id}`), /not sold for 30 days before/);
        await server().clock(start + 5 * DAY);
        await priced('40.00', '');
        await server().clock(start + 31 * DAY);
        await priced('35.00', '41.00');
        assert.equal(await before(), undefined, 'more than it cost');
        await priced('35.00', '40.00');
        assert.equal(await before(), undefined, 'it cost 30.00 within the 30 days');
        await server().clock(start + 70 * DAY);
        shop = await signIn(server(), 'maker'); // nobody is signed in for so long
        await priced('20.00', '35.00');
        assert.equal(await before(), 3500);
        shows(await shop.get('/p/oak-stool'), /before<\/span> <s>€35.00<\/s>/);
        const told = await product(shop, 'oak-stool');
        assert.deepEqual(told.prices.map((p) => p.minor), [2000, 3500, 4000, 3000]);
        assert.equal(told.lowest_30_days.minor, 2000);
        shows(await shop.get('/p/oak-stool'), /<svg class="price-steps"[^>]*role="img" aria-label="The price since [^"]*: from €20.00 to €40.00"><polyline points="0\.0,[\d., ]+"/);
        await server().clock(start + 99 * DAY);
        assert.equal(await before(), 3500);
        await server().clock(start + 100 * DAY);
        assert.equal(await before(), undefined, 'it has cost that for 30 days');
    });

    it('withdraws and sells again', async () => {
        expect(await shop.post(`${path}/withdraw`, {}), 303);
        assert.equal((await shop.get('/p/oak-stool')).status, 404);
        assert.deepEqual((await shop.api('/mall?category=Furniture')).items, []);
        expect(await shop.post(`${path}/publish`, {}), 303);
        expect(await shop.post(`${path}/publish`, {}), 303);
        assert.equal((await shop.api('/mall?category=Furniture')).items.length, 1);
    });

    it('keeps goods of a file as drafts while they do not tell what they must', async () => {
        const csv = 'slug,name,category,sku,price,currency\nbare,Bare,Furniture,BARE,1.00,EUR\n';
        expect(await shop.postForm('/catalog/import', { csv }), 200);
        assert.equal((await shop.get('/p/bare')).status, 404);
        const list = await shop.api('/supplier/goods?state=3');
        assert.deepEqual(list.items.map((i) => [i.product.name, i.state]), [['Bare', 'draft']]);
    });
});

conversation('shelves', { simulation: true }, (server) => {
    let shop;
    const names = async (query) => (await shop.api(`/mall?${query}`)).items.map((i) => i.slug);

    it('are ordered by age, price and what was bought', async () => {
        shop = await supplier(server(), [
            { slug: 'tee', price: '10.00', category: 'Wear' }, { slug: 'coat', price: '90.00', category: 'Wear', stock: 0 },
            { slug: 'sock', price: '5.00', category: 'Wear' }, { slug: 'cup', price: '7.00', category: 'Home' },
        ], 'shelves');
        assert.deepEqual(await names('category=Wear'), ['sock', 'coat', 'tee']);
        assert.deepEqual(await names('category=Wear&sort=price'), ['sock', 'tee', 'coat']);
        assert.deepEqual(await names('category=Wear&sort=price_down'), ['coat', 'tee', 'sock']);
        assert.deepEqual(await names('sort=price'), ['sock', 'cup', 'tee', 'coat']);
        const ada = await member(server());
        await payFor(ada, await order(ada, 'tee', 2));
        await payFor(ada, await order(ada, 'cup'));
        await until('what was bought is counted', async () => (await names('sort=bought')).join() === 'tee,cup,sock,coat');
    });

    it('are narrowed by price, stock and supplier, page by page', async () => {
        const rival = await supplier(server(), [{ slug: 'hat', price: '20.00', category: 'Wear' }], 'hatter');
        assert.ok(rival);
        assert.deepEqual(await names('category=Wear&from=6&to=20'), ['hat', 'tee']);
        assert.deepEqual(await names('category=Wear&to=9.99'), ['sock']);
        assert.deepEqual(await names('category=Wear&stock=1&sort=price'), ['sock', 'tee', 'hat']);
        assert.deepEqual(await names('by=hatter'), ['hat']);
        isProblem(await shop.get('/api/v1/mall?from=cheap', { Accept: 'application/json' }), 422);
        for (const sort of ['newest', 'price', 'price_down', 'bought']) {
            const whole = await names(`sort=${sort}`), seen = [];
            for (let at = `/mall?sort=${sort}&limit=2`; at;) {
                const page = await shop.api(at);
                seen.push(...page.items.map((i) => i.slug));
                at = page.more;
            }
            assert.deepEqual(seen, whole, sort);
        }
    });

    it('are narrowed by what their goods tell, without scripts', async () => {
        const list = (await shop.api('/supplier/goods')).items;
        const at = (slug) => `/supplier/goods/${list.find((i) => i.product.slug === slug).product.id}`;
        const tell = (slug, colour) => shop.post(at(slug), { name: slug, slug, currency: 'USD', category: 'Wear', spec_name: ['Colour', 'Fit'], spec_value: [colour, 'slim'] });
        expect(await tell('tee', 'red'), 303);
        expect(await tell('sock', 'red'), 303);
        expect(await tell('coat', 'blue'), 303);
        const page = await shop.api('/mall?category=Wear');
        assert.deepEqual(page.filters, [{ name: 'Colour', values: [{ value: 'red', products: 2 }, { value: 'blue', products: 1 }] }]);
        assert.deepEqual(await names('category=Wear&is=Colour:red&sort=price'), ['sock', 'tee']);
        assert.deepEqual(await names('category=Wear&is=Colour:red&is=Fit:wide'), []);
        const html = await shop.get('/mall?category=Wear&is=Colour:red&stock=1');
        shows(html, /<option value="Colour:red" selected>/);
        shows(html, /href="\/mall\?category=Wear&amp;stock=1" aria-label="Without Colour: red"/);
        shows(html, /"@type":"ItemList"/);
        shows(await shop.get('/mall?category=Wear&is=Colour:green'), /Nothing here fits all of that/);
        hides(await shop.get('/mall?is=Colour%3A%3Cscript%3E'), /<script>/);
    });

    it('forget what is no longer sold', async () => {
        await sell(shop, [{ slug: 'tee', price: '11.00', category: 'Home' }]);
        assert.deepEqual(await names('category=Home&sort=price'), ['cup', 'tee']);
        assert.deepEqual(await names('category=Wear&is=Colour:red'), ['sock']);
    });
});
