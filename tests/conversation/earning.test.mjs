// From a pin to a commission: followed, bought, shipped, arrived, released.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { picture } from '../support/picture.mjs';
import { conversation, isProblem, member, order, payFor, publish, reaches, supplier } from '../support/kit.mjs';

const DAY = 86_400_000;
const RETURN_DAYS = 30;

conversation('earning', { simulation: true, return_days: RETURN_DAYS, referral_days: 7, session_days: 400 }, (server) => {
    let now = Date.UTC(2026, 5, 2, 9);
    let shop, author, buyer, pin, placed;

    const claims = () => server().export('log').filter((e) => e.kind === 'commission.earned');

    async function pinned(client, connection) {
        const id = await publish(client, { title: `Pinned as ${connection}`, pin_product: 'chair', pin_photo: 1, pin_x: 400, pin_y: 500, pin_connection: connection });
        const note = await client.api(`/n/${id}`);
        assert.equal(note.goods[0].connection, connection);
        return { note: id, ...note.goods[0] };
    }

    async function buyThrough(client, way) {
        if (way) assert.equal(expect(await client.get(`/go/${way.id}`), 303).location, '/p/chair');
        const done = await order(client, 'chair');
        await payFor(client, done);
        return done;
    }

    async function arrive(client, done) {
        for (const id of done.orders) {
            expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'T1' }), 303);
            expect(await client.post(`/orders/${id}/received`), 303);
        }
    }

    it('shows the label of every connection beside the pin', async () => {
        await server().clock(now);
        shop = await supplier(server(), [{ slug: 'chair', name: 'A chair', price: '100.00', stock: 40 }], 'chairs');
        author = await member(server(), { handle: 'author_e' });
        buyer = await member(server(), { handle: 'buyer_e' });
        pin = await pinned(author, 'commission');
        const page = await buyer.get(`/n/${pin.note}`);
        assert.match(page.text, /commission/);
        assert.match(page.text, new RegExp(`/go/${pin.id}`));
        const chinese = await (await member(server(), { lang: 'zh' })).get(`/n/${pin.note}`);
        assert.match(chinese.text, /佣金/);
        assert.match((await buyer.get('/p/chair')).text, new RegExp(pin.note), 'the product shows the note');
    });

    it('takes no pin that says nothing true', async () => {
        const photo = await author.photo(picture(111, 111));
        const good = { pin_product: 'chair', pin_photo: 1, pin_x: 1, pin_y: 1, pin_connection: 'none' };
        const bad = [['pin_connection', 'friend'], ['pin_product', 'no-such-thing'], ['pin_photo', 2], ['pin_x', 1001]];
        for (const [field, value] of bad) {
            const lie = await author.postForm('/notes', { title: 'x', section: 'home', photo, ...good, [field]: value });
            assert.ok(isProblem(lie, 422).errors.some((e) => e.field.startsWith('pin_')), field);
        }
        expect(await author.postForm('/notes', { title: 'x', section: 'home', photo, ...good }), 201);
    });

    it('keeps the way from the pin to the order', async () => {
        placed = await buyThrough(buyer, pin);
        let log;
        await until('the way is told', () => (log = server().export('log')).some((e) => e.kind === 'referral.followed'));
        assert.equal(log.filter((e) => e.kind === 'referral.followed').length, 1);
        const paid = log.findLast((e) => e.kind === 'order.paid');
        const published = log.find((e) => e.kind === 'note.published');
        assert.equal(paid.about, published.object, 'the order names the note that led to it');
    });

    it('lets the supplier alone ship, and the buyer alone receive', async () => {
        const [id] = placed.orders;
        const other = await supplier(server(), [{ slug: 'other', price: '1.00' }]);
        for (const client of [buyer, other]) {
            assert.ok([403, 404].includes((await client.postForm(`/supplier/orders/${id}/ship`, { carrier: 'x', tracking: 'y' })).status));
        }
        assert.ok([403, 409].includes((await buyer.postForm(`/orders/${id}/received`)).status), 'not before it was shipped');
        isProblem(await shop.postForm(`/supplier/orders/${id}/ship`, { carrier: '', tracking: '' }), 422);
        expect(await shop.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'T1' }), 303);
        isProblem(await shop.postForm(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'T1' }), 409);
        for (const client of [author, shop]) assert.ok([403, 404].includes((await client.postForm(`/orders/${id}/received`)).status));
        expect(await buyer.post(`/orders/${id}/received`), 303);
        isProblem(await buyer.postForm(`/orders/${id}/received`), 409);
        await reaches(buyer, id, 'delivered');
    });

    it('pays nobody before the return window has ended', async () => {
        now = await server().clock(now + (RETURN_DAYS - 1) * DAY);
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.deepEqual(claims(), []);
        assert.equal((await author.api('/me/earnings')).items.length, 0);
    });

    it('then pays supplier, author, platform and tax, to the last cent', async () => {
        now = await server().clock(now + 2 * DAY);
        await reaches(buyer, placed.orders[0], 'closed');
        // 100.00 with 3 % tax inside: 2.91; of the rest 97.09: author 4 % 3.88, platform 5 % 4.85.
        const statement = await author.api('/me/earnings');
        assert.deepEqual(statement.balances.map((b) => [b.currency, b.amount]), [['USD', 388]]);
        assert.equal(statement.items.length, 1);
        assert.equal(statement.items[0].note, pin.note);
        assert.equal(claims().length, 1);
        const sold = await shop.api('/supplier');
        assert.deepEqual(sold.money.map((m) => [m.currency, m.earned]), [['USD', 10000 - 291 - 388 - 485]]);
        let sum = 0n;
        const journals = new Map();
        for (const p of server().export('ledger')) {
            sum += BigInt(p.amount);
            journals.set(p.journal, (journals.get(p.journal) ?? 0n) + BigInt(p.amount));
        }
        assert.equal(sum, 0n);
        for (const [journal, rest] of journals) assert.equal(rest, 0n, `journal ${journal}`);
    });

    it('pays nothing for other connections, for oneself, or after the window of referral', async () => {
        const before = claims().length;
        for (const connection of ['none', 'bought', 'gift', 'paid', 'employee']) {
            const reader = await member(server());
            const done = await buyThrough(reader, await pinned(author, connection));
            await arrive(reader, done);
        }
        await arrive(author, await buyThrough(author, pin));
        const late = await member(server());
        expect(await late.get(`/go/${pin.id}`), 303);
        now = await server().clock(now + 8 * DAY);
        const done = await buyThrough(late, null);
        await arrive(late, done);
        now = await server().clock(now + (RETURN_DAYS + 1) * DAY);
        await reaches(late, done.orders[0], 'closed');
        assert.equal(claims().length, before);
    });

    it('believes no token that it did not sign', async () => {
        const forger = await member(server());
        expect(await forger.get(`/go/${pin.id}`), 303);
        const cookie = forger.jar.get('sward_ref');
        forger.jar.set('sward_ref', cookie.slice(0, -4) + (cookie.endsWith('0000') ? '1111' : '0000'));
        const done = await buyThrough(forger, null);
        const paid = server().export('log').findLast((e) => e.kind === 'order.paid');
        assert.equal(paid.about, '0');
        await arrive(forger, done);
    });
});
