// Profiles, handles that move, browsers and passwords, the second factor,
// invitations and the gate.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { PASSWORD, conversation, giveRole, hides, isProblem, member, publish, shows, signIn } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const json = { Accept: 'application/json' };
const photo = () => [{ name: 'photo', bytes: picture(900, 300, [40, 120, 80]), filename: 'me.jpg' }];

// What a phone with this key shows: RFC 6238 once more, by other hands.
function codeOf(address, steps = 0) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const secret = new URL(address).searchParams.get('secret');
    const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
    const mac = crypto.createHmac('sha1', key).update(counter).digest();
    const at = mac[19] & 15;
    return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// Set it up; the codes, and the address to make more of.
async function secondFactor(client) {
    expect(await client.post('/me/security/second/begin'), 303);
    const { address } = await client.api('/me/security/second');
    const answer = await client.postForm('/me/security/second/confirm', { code: codeOf(address) });
    return { address, codes: expect(answer, 200).json.codes };
}

conversation('people', {}, (server) => {
    it('shows a profile as its owner made it', async () => {
        const lin = await member(server(), { handle: 'lin_p', name: 'Lin' });
        const bo = await member(server(), { handle: 'bo_p' });
        expect(await lin.post('/me/profile', { name: 'Lin Wei', bio: 'Tea.\nhttps://example.org <b>' }), 303);
        expect(await lin.postFiles('/me/profile/avatar', {}, photo()), 303);
        expect(await lin.postFiles('/me/profile/cover', {}, photo()), 303);
        const note = await publish(lin, { title: 'First of all' });
        expect(await bo.post(`/n/${note}/like`, { on: 1 }), 303);
        expect(await bo.post('/u/lin_p/follow', { on: 1 }), 303);
        const seen = await bo.api('/u/lin_p');
        assert.equal(seen.name, 'Lin Wei');
        assert.match(seen.cover.src, /^\/m\/.*\.webp$/);
        assert.deepEqual([seen.social.notes, seen.social.followers, seen.social.following, seen.social.likes], [1, 1, 0, 1]);
        const page = await bo.get('/u/lin_p');
        shows(page, new RegExp(`/m/${seen.avatar}-320\\.webp`));
        shows(page, /https:\/\/example\.org &lt;b&gt;/);
        hides(page, /<a[^>]*example\.org/);
        assert.equal((await bo.get(`/m/${seen.avatar}-320.webp`)).status, 200);
        await until('the card has the picture', async () => (await bo.get('/')).text.includes(`/m/${seen.avatar}-320.webp`));
        expect(await lin.postFiles('/me/profile/avatar', { remove: 1 }, []), 303);
        assert.equal((await bo.api('/u/lin_p')).avatar, '');
    });

    it('refuses what is no picture, and shows the form again', async () => {
        const client = await member(server());
        const bad = [{ name: 'photo', bytes: Buffer.from('not a picture'), filename: 'me.jpg' }];
        const page = await client.postFiles('/me/profile/avatar', {}, bad);
        assert.ok([415, 422].includes(page.status), String(page.status));
        const none = await client.postFiles('/me/profile/cover', {}, []);
        assert.equal(none.status, 422);
        shows(none, /class="field-error"[^>]*>[^<]/);
    });

    it('moves a handle, and its old addresses lead on', async () => {
        const old = await member(server(), { handle: 'early' });
        expect(await old.post('/me/profile', { name: 'Early', handle: 'Later_1' }), 303);
        const guest = server().client();
        const moved = await guest.get('/u/early');
        assert.equal(moved.status, 303);
        assert.equal(moved.location, '/u/later_1');
        assert.equal((await guest.api('/u/early')).handle, 'later_1');
        isProblem(await guest.post('/signup', { handle: 'early', password: PASSWORD }, json), 422);
        const again = isProblem(await old.post('/me/profile', { name: 'Early', handle: 'third' }, json), 422);
        assert.deepEqual(again.errors.map((e) => e.field), ['handle']);
        assert.equal((await (await signIn(server(), 'early')).get('/me')).status, 200);
    });

    it('lets notes of one’s own stand first, three at most', async () => {
        const lin = await member(server(), { handle: 'first_p' });
        const other = await member(server());
        const notes = [];
        for (let i = 0; i < 4; i++) notes.push(await publish(lin, { title: `Note ${i}` }));
        const foreign = await publish(other);
        expect(await lin.post('/me/highlights', { note: [notes[2], notes[0]] }), 303);
        assert.deepEqual((await other.api('/u/first_p')).highlights.map((h) => h.id), [notes[2], notes[0]]);
        isProblem(await lin.post('/me/highlights', { note: notes }, json), 422);
        isProblem(await lin.post('/me/highlights', { note: foreign }, json), 422);
        isProblem(await lin.post('/me/highlights', { note: [notes[1], notes[1]] }, json), 422);
        assert.equal((await other.api('/u/first_p')).highlights.length, 2);
        expect(await lin.post(`/n/${notes[2]}/delete`), 303);
        assert.deepEqual((await other.api('/u/first_p')).highlights.map((h) => h.id), [notes[0]]);
        expect(await lin.post('/me/highlights', {}), 303);
        assert.equal((await other.api('/u/first_p')).highlights, undefined);
    });

    it('shows a badge for each role where somebody speaks', async () => {
        const lin = await member(server(), { handle: 'many_p', name: 'Many' });
        await giveRole(server(), 'many_p', 'supplier', 'leader');
        const note = await publish(lin, { title: 'From many' });
        for (const path of ['/u/many_p', `/n/${note}`]) {
            const page = await lin.get(path);
            shows(page, /class="badge">Supplier</);
            shows(page, /class="badge">Community leader</);
        }
        const given = server().export('log').filter((e) => e.kind === 'account.role_given');
        assert.ok(given.length > 0);
    });

    it('changes the password, and ends every other session', async () => {
        const here = await member(server(), { handle: 'pass_p' });
        const there = await signIn(server(), 'pass_p');
        const wrong = isProblem(await here.post('/me/security/password', { current: 'not it', password: 'another long one' }, json), 422);
        assert.deepEqual(wrong.errors.map((e) => e.field), ['current']);
        isProblem(await here.post('/me/security/password', { current: PASSWORD, password: 'short' }, json), 422);
        assert.equal((await there.get('/me')).status, 200);
        expect(await here.post('/me/security/password', { current: PASSWORD, password: 'another long one' }), 303);
        assert.equal((await here.get('/me')).status, 200);
        isProblem(await there.get('/me', json), 401);
        isProblem(await server().client().post('/signin', { handle: 'pass_p', password: PASSWORD }, json), 422);
        await signIn(server(), 'pass_p', 'another long one');
    });

    it('lists browsers in plain words, and signs them out one by one', async () => {
        const here = await member(server(), { handle: 'web_p' });
        const agents = ['Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36', '<script>alert(1)</script>'];
        const others = [];
        for (const agent of agents) {
            const client = server().client();
            expect(await client.post('/signin', { handle: 'web_p', password: PASSWORD }, { 'User-Agent': agent }), 303);
            others.push(client);
        }
        const { sessions } = await here.api('/me/security');
        assert.equal(sessions.length, 3);
        assert.equal(sessions.filter((s) => s.this).length, 1);
        const phone = sessions.find((s) => s.system === 'Android');
        assert.equal(phone.browser, 'Chrome');
        const page = await here.get('/me/security');
        shows(page, /Chrome on Android/);
        hides(page, /<script>alert/);
        expect(await here.post('/me/security/sessions', { session: phone.id }), 303);
        isProblem(await others[0].get('/me', json), 401);
        assert.equal((await others[1].get('/me')).status, 200);
        const stranger = await member(server());
        isProblem(await stranger.post('/me/security/sessions', { session: sessions.find((s) => s.this).id }, json), 404);
        expect(await here.post('/me/security/sessions', { others: 1 }), 303);
        isProblem(await others[1].get('/me', json), 401);
        assert.equal((await here.api('/me/security')).sessions.length, 1);
    });

    it('asks for the second factor once it is set up', async () => {
        const lin = await member(server(), { handle: 'two_p' });
        const { address, codes } = await secondFactor(lin);
        assert.match(address, /^otpauth:\/\/totp\/sward:two_p\?/);
        assert.equal(new Set(codes).size, 10);
        const guest = server().client();
        const half = expect(await guest.post('/signin', { handle: 'two_p', password: PASSWORD, next: '/saved' }), 303);
        assert.match(half.location, /^\/signin\/code\?next=/);
        isProblem(await guest.get('/me', json), 401);
        shows(await guest.get(half.location), /name="code"/);
        isProblem(await guest.post('/signin/code', { code: '000000', next: '/saved' }, json), 422);
        const used = isProblem(await guest.post('/signin/code', { code: codeOf(address) }, json), 422);
        assert.deepEqual(used.errors.map((e) => e.field), ['code']);
        const done = expect(await guest.post('/signin/code', { code: codeOf(address, 1), next: '/saved' }), 303);
        assert.equal(done.location, '/saved');
        assert.equal((await guest.get('/me')).status, 200);
        const lost = server().client();
        expect(await lost.post('/signin', { handle: 'two_p', password: PASSWORD }), 303);
        expect(await lost.post('/signin/code', { code: codes[0].toUpperCase() }), 303);
        const twice = server().client();
        expect(await twice.post('/signin', { handle: 'two_p', password: PASSWORD }), 303);
        isProblem(await twice.post('/signin/code', { code: codes[0] }, json), 422);
        isProblem(await server().client().post('/signin/code', { code: codes[1] }, json), 401);
        isProblem(await lin.post('/me/security/second/remove', { code: 'abcd' }, json), 422);
        expect(await lin.post('/me/security/second/remove', { code: codes[2] }), 303);
        await signIn(server(), 'two_p');
    });

    it('stops guessing, whoever guesses', async () => {
        const lin = await member(server(), { handle: 'guess_p' });
        const { codes } = await secondFactor(lin);
        const guest = server().client();
        expect(await guest.post('/signin', { handle: 'guess_p', password: PASSWORD }), 303);
        let last;
        for (let i = 0; i < 12; i++) last = await guest.post('/signin/code', { code: '111111' }, json);
        const slow = isProblem(last, 429);
        assert.ok(slow);
        isProblem(await guest.post('/signin/code', { code: codes[0] }, json), 429);
    });

    it('keeps where somebody came from', async () => {
        const host = await member(server(), { handle: 'host_p', name: 'Host' });
        expect(await host.post('/me/invitations'), 303);
        const [invite] = (await host.api('/me/invitations')).invitations;
        const guest = server().client();
        const led = await guest.get(`/i/${invite.code}`);
        assert.equal(led.location, `/signup?invite=${invite.code}`);
        shows(await guest.get(led.location), /Host invites you\./);
        expect(await guest.post('/signup', { handle: 'came_p', password: PASSWORD }), 303);
        const after = await host.api('/me/invitations');
        assert.equal(after.invitations[0].brought, 'came_p');
        assert.equal(after.left, 4);
        assert.equal((await server().client().get(`/i/${invite.code}`)).status, 404);
        const used = server().export('log').filter((e) => e.kind === 'invite.used');
        assert.equal(used.length, 1);
    });

    it('leads from the settings to everything', async () => {
        const lin = await member(server());
        const page = await lin.get('/me/settings');
        for (const path of ['/me/profile', '/me/security', '/me/invitations', '/welcome']) {
            shows(page, new RegExp(`href="${path}"`));
            assert.equal((await lin.get(path)).status, 200, path);
        }
        expect(await lin.post('/me/settings', { personalised: 1 }), 303);
        assert.deepEqual(await lin.api('/me/settings'), { personalised: true, exposure_ok: false });
    });
});

conversation('a place by invitation', { signup_gate: 'invitation' }, (server) => {
    it('takes whoever has a code, once', async () => {
        const guest = server().client();
        const shut = isProblem(await guest.post('/signup', { handle: 'alone', password: PASSWORD }, json), 422);
        assert.deepEqual(shut.errors.map((e) => e.field), ['invite']);
        shows(await guest.get('/signup'), /name="invite"/);
        const operator = server().operator();
        expect(await operator.postForm('/operator/joining/links', { label: 'Spring', uses: 1, days: 7 }), 200, 201, 303);
        const { links } = await operator.api('/operator/joining');
        assert.equal(links[0].label, 'Spring');
        expect(await guest.post('/signup', { handle: 'alone', password: PASSWORD, invite: links[0].code.toUpperCase() }), 303);
        const late = isProblem(await server().client().post('/signup', { handle: 'late', password: PASSWORD, invite: links[0].code }, json), 422);
        assert.deepEqual(late.errors.map((e) => e.field), ['invite']);
        isProblem(await guest.get('/operator/joining', json), 403);
    });
});

conversation('a place with a gate', { signup_gate: 'approval' }, (server) => {
    it('lets the operator look first', async () => {
        const guest = server().client();
        const asked = expect(await guest.post('/signup', { handle: 'asks', password: PASSWORD, said: 'I like tea.' }), 303);
        assert.equal(asked.location, '/signup/asked');
        assert.equal(guest.jar.has('sward_session'), false);
        assert.equal((await guest.get('/u/asks')).status, 404);
        const wait = isProblem(await guest.post('/signin', { handle: 'asks', password: PASSWORD }, json), 422);
        assert.match(wait.errors[0].message, /not answered yet/);
        const operator = server().operator();
        const { asking } = await operator.api('/operator/joining');
        assert.equal(asking[0].said, 'I like tea.');
        expect(await operator.postForm(`/operator/joining/${asking[0].id}`, { yes: 1 }), 200, 303);
        await signIn(server(), 'asks');
        expect(await server().client().post('/signup', { handle: 'other', password: PASSWORD }), 303);
        const [second] = (await operator.api('/operator/joining')).asking;
        expect(await operator.postForm(`/operator/joining/${second.id}`, { yes: 0 }), 200, 303);
        isProblem(await server().client().post('/signin', { handle: 'other', password: PASSWORD }, json), 422);
    });
});

conversation('a careful staff', { staff_second_factor: true }, (server) => {
    it('acts as staff with a second factor alone', async () => {
        const mia = await member(server(), { handle: 'mia_s' });
        await giveRole(server(), 'mia_s', 'operator', 'supplier');
        assert.equal((await mia.get('/supplier')).status, 200);
        const led = await mia.get('/operator/joining');
        assert.equal(led.status, 303);
        assert.match(led.location, /^\/me\/security\/second\?next=/);
        isProblem(await mia.get('/operator/joining', json), 403);
        const { address } = await secondFactor(mia);
        assert.equal((await mia.get('/operator/joining')).status, 200);
        const other = server().client();
        expect(await other.post('/signin', { handle: 'mia_s', password: PASSWORD }), 303);
        expect(await other.post('/signin/code', { code: codeOf(address, 1) }), 303);
        assert.equal((await other.get('/operator/joining')).status, 200);
    });
});
