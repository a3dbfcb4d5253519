// Letters: to a real mail server, which takes, refuses and puts off.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { giveRole, hides, home, isProblem, member, newKey, order, payFor, PASSWORD, shows, signIn, supplier } from '../support/kit.mjs';
import { engines, root, startServer } from '../support/server.mjs';

// Our own mail server; its address and the folder of what it took.
async function mailServer() {
    const child = spawn(path.join(root, 'tests/services/smtp.sh'),
        ['sh', '-c', 'echo "$SWARD_TEST_SMTP $SWARD_TEST_LETTERS"; cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const line = await new Promise((resolve, reject) => {
        child.stdout.once('data', (data) => resolve(String(data).trim()));
        child.once('exit', () => reject(new Error('the mail server did not start')));
    });
    const [url, folder] = line.split(' ');
    return { url, folder, stop: () => child.stdin.end() };
}

const decode = (text) => Buffer.from(text.replaceAll(/\s/g, ''), 'base64').toString('utf8');

function letterOf(bytes) {
    const raw = bytes.toString('latin1');
    const [envelope] = raw.split('\n', 1);
    const mail = raw.slice(envelope.length + 1);
    const [head] = mail.split('\r\n\r\n', 1);
    const headers = new Map();
    for (const one of head.replaceAll(/\r\n /g, ' ').split('\r\n')) {
        const name = one.slice(0, one.indexOf(':')).toLowerCase();
        assert.ok(!headers.has(name), `${name} stands once`);
        headers.set(name, one.slice(one.indexOf(':') + 1).trim());
    }
    const edge = headers.get('content-type').match(/boundary="([^"]+)"/)[1];
    const parts = mail.split(`--${edge}`).slice(1, -1).map((part) => decode(part.slice(part.indexOf('\r\n\r\n'))));
    const subject = headers.get('subject').replaceAll(/=\?UTF-8\?B\?([^?]*)\?= ?/g, (_, text) => decode(text));
    return { to: envelope.split(' ')[1], headers, subject, raw: mail, text: parts[0], html: parts[1] };
}

const linkIn = (letter, door) => letter.text.match(new RegExp(`https?://[^\\s]*(${door}[^\\s]*)`))?.[1];

for (const engine of engines()) {
    describe(`mail (${engine})`, () => {
        let server, mail, lin;
        let now = Date.UTC(2026, 5, 1, 9);
        const later = (milliseconds) => server.clock(now += milliseconds);
        const letters = () => fs.readdirSync(mail.folder).filter((name) => name.endsWith('.eml')).sort()
            .map((name) => letterOf(fs.readFileSync(path.join(mail.folder, name))));
        const lettersTo = (address) => letters().filter((one) => one.to === address);
        const letterTo = (address, n = 1) => until(`letter ${n} to ${address}`, async () => lettersTo(address)[n - 1]);
        const quietFor = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

        before(async () => {
            mail = await mailServer();
            server = await startServer({ engine, settings: { simulation: true, smtp_url: mail.url, mail_from: 'hello@sward.example', name: 'Grün & Tee' } });
            await later(0);
        });
        after(async () => { mail?.stop(); await server?.remove(); });

        const confirm = async (client, address) => {
            expect(await client.post('/me/mail', { mail: address, password: PASSWORD }), 303);
            const link = linkIn(await letterTo(address), '/mail/confirm');
            const page = new URL(link, 'http://place').searchParams;
            shows(await server.client().get(link), /method="post" action="\/mail\/confirm"/);
            assert.equal((await client.api('/me/mail')).confirmed, false, 'looking changes nothing');
            expect(await server.client().post('/mail/confirm', { token: page.get('token'), to: page.get('to') }), 303);
            return page;
        };

        it('confirms an address by a link in the reader’s language', async () => {
            lin = await member(server, { handle: 'mail_lin', name: '小林', lang: 'zh' });
            const page = await confirm(lin, 'lin@example.org');
            assert.deepEqual([(await lin.api('/me/mail')).address, (await lin.api('/me/mail')).confirmed], ['lin@example.org', true]);
            const [letter] = lettersTo('lin@example.org');
            assert.equal(letter.subject, '这是你的邮箱吗？');
            assert.match(letter.text, /小林/);
            assert.match(letter.html, /<html lang="zh/);
            assert.match(letter.html, /Grün &amp; Tee/);
            assert.match(letter.headers.get('from'), /<hello@sward\.example>$/);
            assert.equal(letter.headers.has('list-unsubscribe'), false);
            expect(await lin.post('/mail/confirm', { token: page.get('token'), to: page.get('to') }), 303); // pressed twice
            isProblem(await lin.postForm('/mail/confirm', { token: page.get('token'), to: 'else@example.org' }), 422);
        });

        it('asks for the password before it writes to a new address', async () => {
            const page = await lin.post('/me/mail', { mail: 'other@example.org', password: 'not the password' });
            assert.equal(page.status, 422);
            shows(page, /other@example\.org/);
            for (const bad of ['x', 'a@b', 'a b@example.org', 'a@example.org\r\nBcc: x@example.org', 'a@example.org,b@example.org', '"a"@example.org', 'a@exa_mple.org', '<a@example.org>']) {
                isProblem(await lin.postForm('/me/mail', { mail: bad, password: PASSWORD }), 422);
            }
            isProblem(await lin.postForm('/me/mail', { mail: 'other@example.org', password: PASSWORD }), 422); // the last letter is two minutes away
        });

        it('lets nobody begin a header by a name', async () => {
            const eve = await member(server, { handle: 'mail_eve', name: 'Eve Bcc: x@example.org' });
            await confirm(eve, 'eve@example.org');
            const [letter] = lettersTo('eve@example.org');
            assert.equal(letter.headers.has('bcc'), false);
            assert.deepEqual([...letter.headers.keys()].sort(), ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
            for (const line of letter.raw.split('\r\n')) assert.ok(line.length <= 998 && !line.includes('\n'));
        });

        it('gives a new password by a link, once, within an hour, and ends every session', async () => {
            const ann = await member(server, { handle: 'mail_ann' });
            await confirm(ann, 'ann@example.org');
            const known = await server.client().post('/forgot', { mail: 'ann@example.org' });
            const unknown = await server.client().post('/forgot', { mail: 'nobody@example.org' });
            assert.deepEqual([known.status, known.location, known.text], [unknown.status, unknown.location, unknown.text]);
            shows(await server.client().get('/forgot?done=1'), /If somebody here has this address/);
            await quietFor(700);
            assert.equal(lettersTo('ann@example.org').length, 1, 'not two letters in two minutes');

            await later(3 * 60000);
            expect(await server.client().post('/forgot', { mail: 'ANN@example.org' }), 303);
            const first = new URL(linkIn(await letterTo('ann@example.org', 2), '/reset'), 'http://place').searchParams.get('token');
            await later(61 * 60000);
            isProblem(await server.client().postForm('/reset', { token: first, password: 'another password' }), 422);

            expect(await server.client().post('/forgot', { mail: 'ann@example.org' }), 303);
            const link = linkIn(await letterTo('ann@example.org', 3), '/reset');
            const token = new URL(link, 'http://place').searchParams.get('token');
            shows(await server.client().get(link), /Set the password/);
            const short = await server.client().post('/reset', { token, password: 'short' });
            assert.equal(short.status, 422);
            shows(short, new RegExp(token.replaceAll('.', '\\.')));
            for (const bad of ['', '1.2.3', token.replace(/.$/, (c) => (c === '0' ? '1' : '0')), first]) {
                isProblem(await server.client().postForm('/reset', { token: bad, password: 'another password' }), 422);
            }
            expect(await server.client().post('/reset', { token, password: 'another password' }), 303);
            assert.equal((await ann.get('/me')).status, 303, 'the old session is over');
            isProblem(await server.client().postForm('/reset', { token, password: 'a third password' }), 422);
            await signIn(server, 'mail_ann', 'another password');
            assert.equal((await server.client().post('/signin', { handle: 'mail_ann', password: PASSWORD })).status, 422);
        });

        it('gives up an address that is refused, and comes back to a server that is busy', async () => {
            const gone = await member(server, { handle: 'mail_gone' });
            expect(await gone.post('/me/mail', { mail: 'refused@example.org', password: PASSWORD }), 303);
            const busy = await member(server, { handle: 'mail_busy' });
            expect(await busy.post('/me/mail', { mail: 'busy@example.org', password: PASSWORD }), 303);
            await until('the busy server takes it', async () => {
                await later(30000);
                return lettersTo('busy@example.org').length === 1;
            });
            assert.equal(lettersTo('refused@example.org').length, 0);
            const metrics = (await server.operator().get('/metrics')).text;
            assert.match(metrics, /sward_jobs_total\{end="given_up"\} 0/);
        });

        it('writes receipts to buyers who want them', async () => {
            const seller = await supplier(server, [{ slug: 'mail-cup', name: 'A cup', price: '12.50' }], 'mail_seller');
            const buyer = await member(server, { handle: 'mail_buyer' });
            await confirm(buyer, 'buyer@example.org');
            const placed = await order(buyer, 'mail-cup');
            await payFor(buyer, placed);
            const receipt = await letterTo('buyer@example.org', 2);
            assert.equal(receipt.subject, 'Your order is placed and paid');
            assert.match(receipt.text, new RegExp(placed.orders[0]));
            assert.match(receipt.text.replaceAll('\r\n', '\n'), /\n\nA cup\n {2}1 × \$12\.50 = \$12\.50\n\nDelivery \(Ada Sills, Bristol\): free\nTotal: \$12\.50\nTax in it: \$0\.36\n/);
            assert.match(receipt.html, /<strong>A cup<\/strong><\/td> ?<td>1 × \$12\.50<\/td> ?<td align="right">\$12\.50<\/td>/);
            assert.match(receipt.headers.get('list-unsubscribe-post'), /One-Click/);
            expect(await seller.post(`/supplier/orders/${placed.orders[0]}/ship`, { carrier: 'Post', tracking: 'X1' }), 303);
            assert.equal((await letterTo('buyer@example.org', 3)).subject, 'Your order is on its way');

            const leave = linkIn(receipt, '/mail/off');
            shows(await server.client().get(leave), /Switch them off/);
            const token = new URL(leave, 'http://place').searchParams.get('token');
            isProblem(await server.client().postForm('/mail/off', { token: token.replace('.2.', '.3.') }), 422);
            expect(await server.client().post('/mail/off', { token }), 303);
            assert.equal((await buyer.api('/me/mail')).orders, false);
            const again = await order(buyer, 'mail-cup');
            await payFor(buyer, again);
            await quietFor(1500);
            assert.equal(lettersTo('buyer@example.org').length, 3);
        });

        it('lists every line of a receipt, in the buyer’s language', async () => {
            const seller = await member(server, { handle: 'mail_seller_2' });
            await giveRole(server, 'mail_seller_2', 'supplier');
            const csv = 'slug,name,body,category,sku,options,price,currency,stock\n'
                + 'mail-pot,"Pot <& ""lid"">",,Things,POT-1,Glaze: blue,20.00,CNY,9\n'
                + 'mail-tea,茶,,Things,TEA-1,,5.50,CNY,9\n';
            assert.equal(expect(await seller.postForm('/catalog/import', { csv }), 200).json.done, true);
            const buyer = await member(server, { handle: 'mail_buyer_zh', lang: 'zh' });
            await confirm(buyer, 'buyer-zh@example.org');
            for (const [slug, quantity] of [['mail-pot', 2], ['mail-tea', 3]]) {
                const { skus } = await buyer.api(`/p/${slug}`);
                expect(await buyer.postForm('/cart', { sku: skus[0].id, quantity }), 200, 303);
            }
            const cart = await buyer.api('/cart');
            const placed = expect(await buyer.postForm('/checkout', { ...home, total: cart.total }, { 'Idempotency-Key': newKey() }), 200, 201, 303).json;
            await payFor(buyer, placed);
            const receipt = await letterTo('buyer-zh@example.org', 2);
            assert.equal(receipt.subject, '你的订单已下单并付款');
            assert.match(receipt.text.replaceAll('\r\n', '\n'), /\nPot <& "lid">\n {2}Glaze: blue\n {2}2 × ¥20\.00 = ¥40\.00\n\n茶\n {2}3 × ¥5\.50 = ¥16\.50\n\n配送 \(Ada Sills, Bristol\): 免费\n合计: ¥56\.50\n其中税额: ¥1\.6\d\n/);
            assert.match(receipt.html, /<html lang="zh.*<strong>Pot &lt;&amp; "lid"&gt;<\/strong><br>Glaze: blue<\/td> ?<td>2 × ¥20\.00<\/td>.*合计.*¥56\.50/s);
            assert.match(receipt.html, new RegExp(`/orders/${placed.orders[0]}`));
        });

        it('says so where no mail is sent', async () => {
            hides(await lin.get('/me/mail'), /sends no mail/);
            const plain = await startServer({});
            try {
                const somebody = await member(plain);
                shows(await somebody.get('/me/mail'), /This place sends no mail/);
                shows(await plain.client().get('/forgot'), /This place sends no mail/);
            } finally {
                await plain.remove();
            }
        });
    });
}
