// Every row of the route table, called as everybody there is: the answer is
// as its `who` column says. The matrix is made from `sward routes`, so a new
// row is tested the day it appears.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { conversation, giveRole, member, newKey, order, publish, supplier } from '../support/kit.mjs';

const json = { Accept: 'application/json' };

// Who gets past the guard.
const ADMITTED = {
    anyone: ['visitor', 'member', 'supplier', 'moderator', 'operator'],
    member: ['member', 'supplier', 'moderator', 'operator'],
    supplier: ['supplier', 'operator'],
    moderator: ['moderator', 'operator'],
    operator: ['operator'],
    signed: [],
    simulator: [],
};

// Doors that would end the session this test needs, or whose 401 speaks of a code, not of who calls.
const apart = new Set(['POST /signout', 'POST /signin/code']);

conversation('routes', {}, (server) => {
    const callers = {};
    const ids = {};
    let rows;

    const pathOf = (pattern) => pattern.replace(/:(\w+)/g, (_, name) => ids[name] ?? 'nothing');

    const call = (client, row) => client.request(row.method, `/api/v1${pathOf(row.path)}`,
        { headers: { ...json, 'Idempotency-Key': newKey(), ...(row.method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}) }, body: row.method === 'POST' ? '' : undefined });

    it('prints the table', async () => {
        const printed = server().verb('routes');
        assert.equal(printed.status, 0);
        rows = printed.out.trim().split('\n').map((line) => {
            const [method, path, who, runs, rate] = line.trim().split(/\s+/);
            return { method, path, who, runs, rate };
        });
        assert.ok(rows.length > 40);
        for (const row of rows) {
            assert.ok(ADMITTED[row.who], `${row.method} ${row.path}: who is ${row.who}`);
            assert.ok(['read', 'write', 'plain'].includes(row.runs));
            if (row.method === 'GET') assert.notEqual(row.runs, 'write', 'a GET changes nothing');
            else if (row.who === 'anyone') assert.notEqual(row.rate, 'none', `${row.path} is limited`);
        }
        assert.equal(new Set(rows.map((r) => `${r.method} ${r.path}`)).size, rows.length);
    });

    it('answers everybody as the table says', async () => {
        callers.visitor = server().client();
        callers.member = await member(server(), { handle: 'a_member' });
        callers.supplier = await supplier(server(), [{ slug: 'thing' }], 'a_supplier');
        for (const role of ['moderator', 'operator']) {
            callers[role] = await member(server(), { handle: `an_${role}` });
            await giveRole(server(), `an_${role}`, role);
        }
        const placed = await order(callers.member, 'thing');
        Object.assign(ids, { note: await publish(callers.member), handle: 'a_member', slug: 'thing', section: 'home', order: placed.orders[0],
            purchase: placed.purchase, payment: placed.pay.split('/').at(-1), arrow: 'customer-relevancy' });
        const wrong = [];
        for (const row of rows.filter((r) => r.who !== 'signed' && r.who !== 'simulator')) {
            if (apart.has(`${row.method} ${row.path}`)) continue;
            for (const [name, client] of Object.entries(callers)) {
                const { status } = await call(client, row);
                const admitted = ADMITTED[row.who].includes(name);
                // Past the guard a room may still say that something is missing or not this person's.
                const right = admitted ? status !== 401 && status < 500 : status === (name === 'visitor' ? 401 : 403);
                if (!right) wrong.push(`${row.method} ${row.path} (${row.who}) as ${name}: ${status}`);
            }
        }
        assert.deepEqual(wrong, []);
    });

    it('lets the operator’s key read what a member may, and act for nobody', async () => {
        const key = server().operator();
        const wrong = [];
        for (const row of rows.filter((r) => r.who !== 'signed' && r.who !== 'simulator' && !apart.has(`${r.method} ${r.path}`))) {
            const { status } = await call(key, row);
            const right = ['member', 'supplier'].includes(row.who) && row.method !== 'GET' ? status === 403 : status !== 401 && status < 500;
            if (!right) wrong.push(`${row.method} ${row.path} (${row.who}): ${status}`);
        }
        assert.deepEqual(wrong, []);
        assert.equal((await key.get('/api/v1/board', json)).status, 200);
        const refused = await key.postForm(`/n/${ids.note}/like`, { on: 1 });
        assert.equal(refused.status, 403);
        assert.match(refused.json.detail, /not a person/);
    });

    it('asks who it is before it asks for an idempotency key', async () => {
        const without = (client, headers) => client.postForm('/checkout', {}, headers);
        assert.equal((await without(server().client())).status, 401);
        assert.equal((await without(server().client(), { 'Idempotency-Key': 'a b' })).status, 401);
        assert.equal((await without(callers.member)).status, 422);
        assert.equal((await without(callers.member, { 'Idempotency-Key': 'a b' })).status, 400);
    });

    it('sends a visitor’s browser to sign in and back', async () => {
        for (const row of rows.filter((r) => r.method === 'GET' && r.who === 'member' && !r.path.includes(':'))) {
            const answer = await callers.visitor.get(row.path);
            assert.equal(answer.status, 303, row.path);
            assert.equal(new URL(answer.location, 'http://x').searchParams.get('next'), row.path);
        }
    });

    it('gives every page in both languages, and its data as JSON', async () => {
        // What the rows above deleted or blocked is there afresh.
        const author = await member(server());
        Object.assign(ids, { note: await publish(callers.operator), handle: author.handle });
        await callers.operator.postForm(`/n/${ids.note}/save`, { on: 1 }); // /n/:note/collection is of a saved note
        for (const row of rows.filter((r) => r.method === 'GET' && r.who !== 'simulator' && !['/m/:file', '/go/:pin', '/me/stream', '/manifest.webmanifest', '/setup', '/sections/rules', '/publish/photos', '/n/:note/edit/photos', '/send', '/pay/manual/:payment', '/pay/stripe/:payment', '/orders/:order/invoice', '/orders/:order/slip', '/orders/:order/return', '/supplier/export', '/me/earnings/csv', '/reset', '/mail/confirm', '/mail/off', '/report'].includes(r.path))) {
            if (row.path.startsWith('/healthz') || row.path.startsWith('/readyz') || row.path.startsWith('/metrics')) continue;
            if (/:(?!note|handle|slug|section|order|purchase|payment|arrow)/.test(row.path)) continue;
            const client = row.path.startsWith('/orders') || row.path.startsWith('/pay') ? callers.member : callers.operator;
            for (const lang of ['en', 'zh']) {
                await client.post('/lang', { lang });
                const page = await client.get(pathOf(row.path));
                assert.equal(page.status, 200, `${row.path} in ${lang}: ${page.status}`);
                assert.ok(page.text.includes(`<html lang="${lang}`), `${row.path} is in ${lang}`);
                assert.match(page.headers['content-security-policy'] ?? '', /default-src/);
                assert.doesNotMatch(page.headers['content-security-policy'], /unsafe/);
            }
        }
    });

    it('says what is wrong as RFC 9457 has it, in both languages', async () => {
        for (const [lang, han] of [['en', false], ['zh-CN', true]]) {
            const client = server().client({ lang });
            for (const [path, status] of [['/no/such/door', 404], ['/n/note_0000000000001', 404], ['/saved', 401], ['/?after=nonsense', 422]]) {
                const answer = await client.get(`/api/v1${path}`, json);
                assert.ok(answer.status === status || (status === 422 && answer.status === 400), `${path}: ${answer.status}`);
                assert.equal(answer.headers['content-type'], 'application/problem+json');
                const problem = answer.json;
                assert.equal(problem.status, answer.status);
                assert.match(problem.type, /^urn:sward:problem:/);
                assert.equal(/\p{Script=Han}/u.test(problem.title), han, problem.title);
            }
        }
    });

    it('has what browsers and robots ask for at fixed addresses', async () => {
        const icon = await server().client().get('/favicon.ico');
        assert.deepEqual([icon.status, icon.headers['content-type']], [200, 'image/x-icon']);
        assert.equal(icon.bytes.readUInt16LE(2), 1);
        const robots = await server().client().get('/robots.txt');
        assert.equal(robots.status, 200);
        assert.match(robots.text, /^User-agent: \*$/m);
    });

    it('lets nobody in with a key that is not one', async () => {
        const forger = server().client();
        forger.bearer = 'guess';
        assert.equal((await forger.get('/api/v1/operator/ledger', json)).status, 401);
        assert.equal((await server().operator().get('/api/v1/operator/ledger', json)).status, 200);
        assert.equal((await server().client().post('/-/clock', { at: '2030-01-01T00:00:00Z' })).status >= 400, true);
    });
});
