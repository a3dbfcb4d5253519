// Cart and checkout: what is agreed to is what is paid.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, home, isProblem, member, newKey, order, payFor, product, sell, stateOf, supplier } from '../support/kit.mjs';

const json = { Accept: 'application/json' };
const key = () => ({ 'Idempotency-Key': newKey() });

conversation('buying', {}, (server) => {
    let shop, ada, cup;

    it('imports goods, all or nothing', async () => {
        shop = await supplier(server(), [{ slug: 'cup', name: 'Cup', price: '12.50', stock: 5 }, { slug: 'rare', price: '99.00', stock: 1 }], 'shop');
        const bad = 'slug,name,sku,price,currency,stock\ngood,Good,G-1,1.00,USD,1\nbad,Bad,G-2,free,USD,1\n';
        const answer = await shop.postForm('/catalog/import', { csv: bad });
        assert.equal(answer.status, 422);
        assert.equal(answer.json.done, false);
        assert.deepEqual(answer.json.rows.map((row) => [row.line, row.column]), [[3, 'price']]);
        assert.equal((await shop.get('/p/good')).status, 404);
        const other = await supplier(server(), [], 'thief').catch(() => null);
        assert.equal(other, null, 'a file without goods is no file');
        const thief = await member(server());
        isProblem(await thief.postForm('/catalog/import', { csv: bad }), 403);
        cup = await product(shop, 'cup');
        assert.equal(cup.skus[0].price.minor, 1250);
        assert.equal(cup.skus[0].free, 5);
    });

    it('keeps a visitor’s cart and hands it over at signing in', async () => {
        const guest = server().client();
        expect(await guest.post('/cart', { sku: cup.skus[0].id, quantity: 2 }), 303);
        assert.equal((await guest.api('/cart')).lines[0].quantity, 2);
        assert.equal((await guest.get('/checkout')).status, 303);
        expect(await guest.post('/signup', { handle: 'ada_b', password: 'a long password' }), 303);
        ada = guest;
        assert.equal((await ada.api('/cart')).lines[0].quantity, 2);
        expect(await ada.postForm(`/cart/${cup.skus[0].id}`, { quantity: 1 }), 200, 303);
        assert.equal((await ada.api('/cart')).total, 1250);
    });

    it('names every wrong field of the address and keeps the rest', async () => {
        const problem = isProblem(await ada.postForm('/checkout', { total: 1250, country: 'XX' }, key()), 422);
        const fields = problem.errors.map((e) => e.field);
        for (const field of ['name', 'line1', 'city', 'country']) assert.ok(fields.includes(field), `${field} in ${fields}`);
        const page = await ada.post('/checkout', { ...home, city: '', total: 1250, idempotency_key: newKey() });
        assert.equal(page.status, 422);
        assert.match(page.text, /14 Harbour Row/);
    });

    it('needs a key, and acts once for it', async () => {
        const without = await ada.postForm('/checkout', { ...home, total: 1250 });
        assert.ok(without.status >= 400 && without.status < 500, `${without.status}`);
        const same = key();
        const [a, b] = await Promise.all([1, 2].map(() => ada.postForm('/checkout', { ...home, total: 1250 }, same)));
        const done = [a, b].filter((answer) => answer.status < 400);
        assert.ok(done.length >= 1, a.text + b.text);
        const again = expect(await ada.postForm('/checkout', { ...home, total: 1250 }, same), 200, 201, 303);
        for (const answer of done) assert.equal(answer.json.purchase, again.json.purchase);
        assert.equal((await ada.api('/orders')).items.length, 1);
        assert.equal((await product(ada, 'cup')).skus[0].free, 4);
        assert.deepEqual((await ada.api('/cart')).lines, []);
    });

    it('tells of a price that changed before anything is paid', async () => {
        const ben = await member(server(), { handle: 'ben' });
        expect(await ben.postForm('/cart', { sku: cup.skus[0].id, quantity: 1 }), 200, 303);
        await sell(shop, [{ slug: 'cup', name: 'Cup', price: '15.00', stock: 5 }, { slug: 'rare', price: '99.00', stock: 1 }]);
        isProblem(await ben.postForm('/checkout', { ...home, total: 1250 }, key()), 409);
        assert.deepEqual((await ben.api('/orders')).items, []);
        const page = await ben.post('/checkout', { ...home, total: 1250, line_sku: cup.skus[0].id, line_price: 1250, line_quantity: 1, idempotency_key: newKey() });
        assert.equal(page.status, 409);
        assert.match(page.text, /12\.50/, 'what it was');
        assert.match(page.text, /15\.00/, 'what it is now');
        assert.match(page.text, /14 Harbour Row/, 'the address is kept');
        assert.equal((await ben.postForm('/checkout', { ...home, total: 1500 }, key())).status < 400, true);
    });

    it('sells the last one to one of two', async () => {
        const both = [await member(server()), await member(server())];
        const { skus } = await product(ada, 'rare');
        for (const buyer of both) expect(await buyer.postForm('/cart', { sku: skus[0].id, quantity: 1 }), 200, 303);
        const answers = await Promise.all(both.map((buyer) => buyer.postForm('/checkout', { ...home, total: 9900 }, key())));
        const statuses = answers.map((a) => (a.status < 400 ? 'bought' : a.status)).sort();
        assert.deepEqual(statuses, [409, 'bought']);
        assert.equal((await product(ada, 'rare')).skus[0].free, 0);
    });

    it('refuses quantities that are none, and more than there are', async () => {
        const cleo = await member(server());
        for (const quantity of ['-1', '1000', 'many', '1.5']) {
            isProblem(await cleo.postForm('/cart', { sku: cup.skus[0].id, quantity }), 422);
        }
        const more = await cleo.postForm('/cart', { sku: cup.skus[0].id, quantity: 90 });
        assert.ok([409, 422].includes(more.status), more.text);
        isProblem(await cleo.postForm('/cart', { sku: 'sku_zzz', quantity: 1 }), 422);
        isProblem(await cleo.postForm('/cart', { sku: 'sku_0000000000001', quantity: 1 }), 404);
        isProblem(await cleo.postForm('/checkout', { ...home, total: 0 }, key()), 409);
    });

    it('shows an order to its buyer, its supplier and the operator alone', async () => {
        const dora = await member(server());
        const placed = await order(dora, 'cup');
        const [id] = placed.orders;
        assert.equal((await dora.get(`/orders/${id}`)).status, 200);
        assert.equal((await shop.get(`/orders/${id}`)).status, 200);
        isProblem(await ada.get(`/api/v1/orders/${id}`, json), 404);
        isProblem(await ada.get(`/api/v1${placed.pay}`, json), 404);
        isProblem(await ada.postForm(placed.pay, { choice: 'pay' }), 404);
        isProblem(await ada.postForm(`/purchases/${placed.purchase}/pay`, {}), 404);
        assert.ok([403, 404].includes((await ada.postForm(`/purchases/${placed.purchase}/cancel`, {})).status));
        await payFor(dora, placed);
        const seen = (await shop.get(`/orders/${id}`)).text;
        assert.match(seen, /14 Harbour Row/, 'the supplier knows where to send it');
    });

    it('gives stock back when the buyer cancels', async () => {
        const emil = await member(server());
        const before = (await product(emil, 'cup')).skus[0].free;
        const placed = await order(emil, 'cup');
        assert.equal((await product(emil, 'cup')).skus[0].free, before - 1);
        expect(await emil.post(`/purchases/${placed.purchase}/cancel`, {}), 303);
        assert.equal((await product(emil, 'cup')).skus[0].free, before);
        assert.equal(await stateOf(emil, placed.orders[0]), 'cancelled');
        const paid = await emil.postForm(`/purchases/${placed.purchase}/pay`, {});
        assert.ok(paid.status >= 400, 'what was cancelled cannot be paid');
    });
});
