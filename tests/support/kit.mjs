// What conversations have in common: a server on each engine, people, goods,
// a note, a purchase.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { expect, until } from './client.mjs';
import { picture } from './picture.mjs';
import { engines, startServer } from './server.mjs';

export const PASSWORD = 'a long password';

// describe() once for each engine. `tell` gets a function that gives the
// running server; after its tests the doctor must find the place well.
export function conversation(title, settings, tell) {
    for (const engine of engines()) {
        describe(`${title} (${engine})`, () => {
            let server;
            before(async () => {
                server = await startServer({ engine, settings });
                if (settings.simulation) await server.clock(Date.UTC(2026, 5, 1, 9));
            });
            after(async () => { await server?.remove(); });
            tell(() => server);
            it('leaves the place well', async () => {
                const doctor = server.verb('doctor');
                assert.equal(doctor.status, 0, doctor.out + doctor.err);
                assert.match(doctor.out, /sward is well/);
            });
        });
    }
}

let people = 0;

// A new person, signed up and signed in.
export async function member(server, { handle, lang = 'en', name, interests, ...rest } = {}) {
    const client = server.client({ lang });
    client.handle = handle ?? `person_${++people}`;
    expect(await client.post('/signup', { handle: client.handle, name: name ?? client.handle, password: PASSWORD, ...rest }), 303);
    if (interests) expect(await client.post('/welcome', { interest: interests }), 303);
    return client;
}

export async function giveRole(server, handle, ...roles) {
    expect(await server.operator().post(`/api/v1/people/${handle}/roles`, { role: roles }, { Accept: 'application/json' }), 200, 303);
}

export async function signIn(server, handle, password = PASSWORD) {
    const client = server.client();
    client.handle = handle;
    expect(await client.post('/signin', { handle, password }), 303);
    return client;
}

const HEAD = 'slug,name,body,category,sku,options,price,currency,stock\n';

// A supplier who sells these: [{ slug, name, price, stock }].
export async function supplier(server, goods, handle) {
    const client = await member(server, { handle });
    await giveRole(server, client.handle, 'supplier');
    await sell(client, goods);
    return client;
}

export async function sell(client, goods) {
    const rows = goods.map((g) => `${g.slug},${g.name ?? g.slug},,${g.category ?? 'Things'},${g.sku ?? `SKU-${g.slug}`},,${g.price ?? '10.00'},${g.currency ?? 'USD'},${g.stock ?? 10}\n`);
    const answer = await client.postForm('/catalog/import', { csv: HEAD + rows.join('') });
    assert.equal(expect(answer, 200).json.done, true, answer.text);
}

export const product = (client, slug) => client.api(`/p/${slug}`);

let colours = 0;

// Publish a note with one photo; its id.
export async function publish(client, fields = {}) {
    const n = ++colours;
    const photo = await client.photo(picture(300, 300, [n % 256, (n * 7) % 256, 90]), 'one colour');
    const answer = await client.postForm('/notes', { title: 'A note', body: 'Words.', section: 'home', kind: 1, photo, alt: 'one colour', ...fields });
    return expect(answer, 201).json.id;
}

export const home = { name: 'Ada Sills', line1: '14 Harbour Row', line2: '', city: 'Bristol', postcode: 'BS1 4QA', country: 'GB', phone: '' };

let keys = 0;
export const newKey = () => `conversation-${process.pid}-${++keys}`;

// Put one of a product into the cart and order it; { purchase, orders, total, pay }.
export async function order(client, slug, quantity = 1) {
    const { skus } = await product(client, slug);
    expect(await client.postForm('/cart', { sku: skus[0].id, quantity }), 200, 303);
    const cart = await client.api('/cart');
    const answer = await client.postForm('/checkout', { ...home, total: cart.total }, { 'Idempotency-Key': newKey() });
    return expect(answer, 200, 201, 303).json;
}

export const stateOf = async (client, id) => (await client.api(`/orders/${id}`)).state;

export function reaches(client, id, state) {
    return until(`order ${id} is ${state}`, async () => (await stateOf(client, id)) === state);
}

export async function payFor(client, placed) {
    expect(await client.post(placed.pay, { choice: 'pay' }), 303);
    for (const id of placed.orders) await reaches(client, id, 'paid');
}

// The page shows this; says little when it does not, for pages are long.
export function shows(answer, pattern) {
    assert.ok(pattern.test(answer.text), `${answer.status}: no ${pattern} in ${answer.text.length} bytes of ${answer.text.match(/<title>[^<]*/)?.[0] ?? answer.text.slice(0, 200)}`);
}

export function hides(answer, pattern) {
    assert.ok(!pattern.test(answer.text), `${pattern} is in the page`);
}

// A problem as RFC 9457 has it.
export function isProblem(answer, status) {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers['content-type'], 'application/problem+json');
    const problem = answer.json;
    assert.match(problem.type, /^urn:sward:problem:[a-z_-]+$/);
    assert.equal(problem.status, status);
    for (const member of ['title', 'detail', 'instance']) assert.ok(problem[member].length > 0, member);
    return problem;
}
