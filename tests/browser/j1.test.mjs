// J1 in a real browser: a reader joins, finds a note, trusts it, buys, gets
// the goods and writes a note of their own, which somebody else then finds.
// On a phone and on a desktop, in English and in Chinese, and without scripts.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fs from 'node:fs';
import { expect, until } from '../support/client.mjs';
import { member, publish, stateOf, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';
import { root, startServer } from '../support/server.mjs';
import { DESKTOP, launch, PHONE, Visitor } from './browser.mjs';

const WORDS = {
    en: { name: 'Reader', note: 'The chair came', body: 'It stands where the light is. #chairs', street: '14 Harbour Row', town: 'Bristol', alt: 'A chair by the window' },
    zh: { name: '读者', note: '椅子到了', body: '放在有光的地方，正好。 #椅子', street: '中山北路 128 号', town: '杭州', alt: '窗边的一把椅子' },
};

// A photo of the sample catalogue when it is there, else one colour.
function photo(name) {
    const file = `${root}/build/vendure/assets/images/${name}`;
    return fs.existsSync(file) ? fs.readFileSync(file) : picture(900, 1200);
}

describe('J1', () => {
    let server, browser, shop, noteId;

    before(async () => {
        server = await startServer();
        browser = await launch();
        shop = await supplier(server, [{ slug: 'reading-chair', name: 'Reading chair', category: 'Furniture', price: '130.00', stock: 30 }], 'chair_shop');
        const author = await member(server, { handle: 'first_author', name: 'June Okafor' });
        const media = await author.photo(photo('kari-shea-398668-unsplash.jpg'), 'A blue padded chair');
        noteId = await publish(author, { title: 'The reading chair was worth the wait', body: 'Seat at 46, arms wide enough for a saucer. #chairs', photo: media, alt: 'A blue padded chair',
            pin_product: 'reading-chair', pin_photo: 1, pin_x: 500, pin_y: 550, pin_connection: 'commission' });
        for (const title of ['Toast at the long table', '一个月三周不在家的人养的仙人掌', 'Sixty kilometres before breakfast']) await publish(author, { title, section: 'food' });
    });
    after(async () => {
        await browser?.close();
        await server?.remove();
    });

    async function signUp(v, handle, words) {
        await v.go('/signup');
        await v.look('signup');
        await v.page.fill('#handle', handle);
        await v.page.fill('#name', words.name);
        await v.page.fill('#password', 'a long password');
        await v.send('form[action="/signup"] button[type=submit]');
        assert.match(v.page.url(), /\/welcome$/);
        await v.page.check('input[name=interest][value=home]');
        await v.page.check('input[name=exposure_ok]');
        await v.look('welcome');
        await v.send('form[action="/welcome"] button[type=submit]');
    }

    async function findAndSave(v) {
        await v.look('explore');
        const card = `a.card-link[href*="${noteId}"]`;
        if (v.scripts) {
            await v.page.click(card);
            await v.page.waitForSelector('.over[open] .note');
            assert.match(v.page.url(), new RegExp(noteId), 'a note over the list has its own address');
        } else {
            await v.send(card);
        }
        await v.look('note');
        assert.ok(await v.page.locator('.shelf .badge').count() > 0, 'the label of the connection is shown');
        const save = 'form.mark-save button';
        if (v.scripts) {
            await v.page.click(save);
            await v.page.waitForSelector('form.mark-save button[aria-pressed=true]');
        } else {
            await v.send(save);
            assert.equal(await v.page.getAttribute(save, 'aria-pressed'), 'true');
        }
    }

    async function buy(v, words) {
        await v.go(`/n/${noteId}`);
        await v.send('.shelf-item');
        assert.match(v.page.url(), /\/p\/reading-chair/);
        await v.look('product');
        await v.send('form.buy button[type=submit]');
        await v.look('cart');
        await v.send('a[href="/checkout"]');
        // The fields are those of the country; with scripts they come anew when it is chosen.
        const anew = v.scripts ? v.page.waitForResponse((answer) => answer.url().endsWith('/checkout/look')) : null;
        await v.page.selectOption('#country', 'GB');
        await anew;
        await v.page.waitForSelector('.htmx-request, .htmx-swapping, .htmx-settling', { state: 'detached' });
        await v.page.fill('#name', words.name);
        await v.page.fill('#line1', words.street);
        await v.page.fill('#postcode', 'BS1 4QA');
        await v.page.fill('#city', words.town);
        await v.look('checkout');
        await v.send('#checkout .btn-primary');
        assert.match(v.page.url(), /\/pay\/test\/pay_/);
        await v.look('pay');
        await v.send('button[name=choice][value=pay]');
        assert.match(v.page.url(), /\/orders\/ord_/);
        return v.page.url().match(/ord_\w+/)[0];
    }

    // The supplier's side is a program; the buyer's stays in the browser.
    async function receive(v, order) {
        await until('the order is paid', async () => (await stateOf(shop, order)) === 'paid');
        if (v.scripts) await v.page.waitForFunction(() => !document.querySelector('.order[hx-get]'), null, { timeout: 10000 });
        await v.look('order-paid');
        expect(await shop.post(`/supplier/orders/${order}/ship`, { carrier: 'Parcel Post', tracking: 'SW1' }), 303);
        await v.go(`/orders/${order}`);
        await v.send('form[action$="/received"] button[type=submit]');
        assert.equal(await stateOf(shop, order), 'delivered');
        await v.look('order-delivered');
    }

    async function write(v, words, title) {
        await v.go('/publish');
        const file = { name: 'chair.png', mimeType: 'image/png', buffer: picture(600, 800, [120, title.length * 3, 90]) };
        await v.page.setInputFiles('#compose-files', file);
        if (v.scripts) {
            await v.page.waitForFunction(() => document.querySelector('#compose-photos [name=photo]')?.value);
            await v.page.fill('#compose-photos [name=alt]', words.alt);
        }
        await v.page.fill('#title', title);
        await v.page.fill('#body', words.body);
        await v.page.selectOption('#section', 'home');
        await v.look('compose');
        await Promise.all([v.page.waitForURL(/\/n\/note_/), v.page.click('.compose-bar .btn-primary')]);
        await v.look('own-note');
        return v.page.url().match(/note_\w+/)[0];
    }

    // One trace in the log: social, consumption, social again.
    function checkTrace(handle) {
        const log = server.export('log');
        const { actor } = log.findLast((e) => e.kind === 'note.published'); // of the journey that just ended
        const kinds = log.filter((e) => e.actor === actor).map((e) => e.kind);
        const order = ['account.created', 'note.saved', 'order.placed', 'order.paid', 'order.delivered', 'note.published'];
        let at = -1;
        for (const kind of order) {
            const next = kinds.indexOf(kind, at + 1);
            assert.ok(next > at, `${handle}: ${kind} in ${kinds}`);
            at = next;
        }
        assert.ok(kinds.includes('referral.followed'));
        const paid = log.find((e) => e.kind === 'order.paid' && e.actor === actor);
        assert.notEqual(paid.about, '0', 'the sale knows the note that led to it');
    }

    async function journey(handle, { size, lang, scripts = true, dark = false }) {
        const words = WORDS[lang];
        const v = await Visitor.at(browser, server.url, { size, lang, scripts, dark, name: scripts ? 'j1' : 'j1-plain' });
        await signUp(v, handle, words);
        await findAndSave(v);
        const order = await buy(v, words);
        await receive(v, order);
        const note = await write(v, words, `${words.note} (${handle})`);
        const other = await Visitor.at(browser, server.url, { size, lang, scripts, name: 'other' });
        await other.go('/?order=new');
        await other.page.waitForSelector(`a.card-link[href*="${note}"]`);
        await other.close();
        for (const [name, where] of [['saved', '/saved'], ['me', '/me'], ['orders', '/orders'], ['profile', `/u/${handle}`], ['mall', '/mall'],
            ['board', '/board'], ['settings', '/me/settings'], ['earnings', '/me/earnings'], ['section', '/s/home']]) {
            await v.go(where);
            await v.look(name);
        }
        await v.close();
        await until('the way is told', () => server.export('log').some((e) => e.kind === 'referral.followed'));
        checkTrace(handle);
    }

    it('on a phone, in English', () => journey('phone_en', { size: PHONE, lang: 'en' }));
    it('on a phone, in Chinese', () => journey('phone_zh', { size: PHONE, lang: 'zh' }));
    it('on a desktop, in English', () => journey('desk_en', { size: DESKTOP, lang: 'en' }));
    it('on a desktop, in Chinese, in the dark', () => journey('desk_zh', { size: DESKTOP, lang: 'zh', dark: true }));
    it('without scripts, in English', () => journey('plain_en', { size: PHONE, lang: 'en', scripts: false }));
    it('without scripts, in Chinese', () => journey('plain_zh', { size: DESKTOP, lang: 'zh', scripts: false }));

    it('shows the same feed, newest first, to two who do not personalise', async () => {
        const orders = [];
        for (const [handle, interest] of [['control_a', 'home'], ['control_b', 'food']]) {
            const client = await member(server, { handle, interests: [interest] });
            expect(await client.post('/me/settings', { name: handle }), 303);
            const v = await Visitor.at(browser, server.url, { size: PHONE, name: 'control' });
            await v.context.addCookies([{ name: 'sward_session', value: client.jar.get('sward_session'), url: server.url }]);
            await v.go('/');
            orders.push(await v.page.$$eval('[data-seen]', (cards) => cards.map((card) => card.dataset.seen)));
            await v.close();
        }
        assert.deepEqual(orders[0], orders[1]);
        assert.deepEqual(orders[0], [...orders[0]].sort().reverse(), 'ids are ordered by time');
    });

    it('leaves the place well', () => {
        const doctor = server.verb('doctor');
        assert.equal(doctor.status, 0, doctor.out);
    });
});
