// Signing up, in and out; roles; languages.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PASSWORD, conversation, giveRole, hides, isProblem, member, shows, signIn } from '../support/kit.mjs';

const json = { Accept: 'application/json' };

conversation('account', {}, (server) => {
    it('takes somebody in and knows them afterwards', async () => {
        const lin = server().client();
        const joined = await lin.post('/signup', { handle: 'Lin', name: 'Lin Wei', password: PASSWORD });
        assert.equal(joined.status, 303);
        assert.equal(joined.location, '/welcome');
        assert.match(joined.headers['set-cookie'].join(), /sward_session=[^;]+;.*HttpOnly/);
        const me = await lin.get('/me');
        assert.equal(me.status, 200);
        shows(me, /Lin Wei/);
        assert.equal((await lin.api('/u/lin')).name, 'Lin Wei');
    });

    it('names every wrong field at once, and keeps what was typed but the password', async () => {
        const guest = server().client();
        const fields = { handle: 'a b', mail: 'nowhere', password: 'short' };
        const problem = isProblem(await guest.post('/signup', fields, json), 422);
        assert.deepEqual(problem.errors.map((e) => e.field).sort(), ['handle', 'mail', 'password']);
        const page = await guest.post('/signup', fields);
        assert.equal(page.status, 422);
        shows(page, /value="a b"/);
        shows(page, /value="nowhere"/);
        hides(page, /value="short"/);
        assert.equal(page.headers['set-cookie'], undefined);
    });

    it('speaks both languages, also in refusals', async () => {
        const english = isProblem(await server().client().post('/signup', { handle: 'x', password: 'short' }, json), 422);
        const chinese = isProblem(await server().client({ lang: 'zh-CN' }).post('/signup', { handle: 'x', password: 'short' }, json), 422);
        assert.deepEqual(english.errors.map((e) => e.field), chinese.errors.map((e) => e.field));
        for (const error of chinese.errors) assert.match(error.message, /\p{Script=Han}/u);
        assert.match(chinese.title, /\p{Script=Han}/u);
        assert.doesNotMatch(english.title, /\p{Script=Han}/u);
    });

    it('gives a name to one person only, whatever the case', async () => {
        await member(server(), { handle: 'taken' });
        const problem = isProblem(await server().client().post('/signup', { handle: 'TAKEN', password: PASSWORD }, json), 422);
        assert.deepEqual(problem.errors.map((e) => e.field), ['handle']);
    });

    it('lets in with the right password alone, and says the same for a wrong name', async () => {
        await member(server(), { handle: 'mo_1', mail: 'mo@example.org' });
        const wrong = isProblem(await server().client().post('/signin', { handle: 'mo_1', password: 'not the one' }, json), 422);
        const nobody = isProblem(await server().client().post('/signin', { handle: 'nobody_here', password: PASSWORD }, json), 422);
        assert.deepEqual(wrong.errors, nobody.errors);
        const mo = await signIn(server(), 'mo_1');
        assert.equal((await mo.get('/me')).status, 200);
        const byMail = await signIn(server(), 'mo@example.org');
        assert.equal((await byMail.get('/me')).status, 200);
    });

    it('ends a session for good', async () => {
        const ned = await member(server(), { handle: 'ned' });
        const stolen = ned.jar.get('sward_session');
        const out = await ned.post('/signout');
        assert.equal(out.status, 303);
        ned.jar.set('sward_session', stolen);
        const me = await ned.get('/me');
        assert.equal(me.status, 303);
        assert.match(me.location, /^\/signin\?next=%2Fme|^\/signin\?next=\/me/);
        isProblem(await ned.get('/me', json), 401);
    });

    it('sends nobody to another site after signing in', async () => {
        await member(server(), { handle: 'odd' });
        for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'evil', '/%0d%0aX: y', '/\tx']) {
            const guest = server().client();
            const answer = await guest.post('/signin', { handle: 'odd', password: PASSWORD, next });
            assert.equal(answer.status, 303);
            assert.ok(answer.headers.location.startsWith('/') && !/^\/[/\\]/.test(answer.headers.location), answer.headers.location);
            assert.doesNotMatch(answer.headers.location, /[\r\n\t]/);
        }
        const guest = server().client();
        assert.equal((await guest.post('/signin', { handle: 'odd', password: PASSWORD, next: '/saved?x=1' })).location, '/saved?x=1');
    });

    it('refuses what another site sends in somebody’s name', async () => {
        const ada = await member(server(), { handle: 'ada_o' });
        const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
        assert.equal((await ada.post('/me/profile', { name: 'Evil' }, headers)).status, 403);
        assert.equal((await ada.post('/me/profile', { name: 'Evil' }, { Origin: 'https://evil.example' })).status, 403);
        assert.equal((await ada.api('/u/ada_o')).name, 'ada_o');
    });

    it('keeps settings, and the chosen language', async () => {
        const eve = await member(server(), { handle: 'eve' });
        assert.equal((await eve.post('/me/profile', { name: 'Eve E', bio: 'Two lines\nof me' })).status, 303);
        assert.equal((await eve.api('/u/eve')).bio, 'Two lines\nof me');
        const long = isProblem(await eve.post('/me/profile', { name: 'x'.repeat(31), bio: 'y'.repeat(201) }, json), 422);
        assert.deepEqual(long.errors.map((e) => e.field).sort(), ['bio', 'name']);
        assert.equal((await eve.post('/lang', { lang: 'zh', next: '/' })).status, 303);
        shows(await eve.get('/'), /<html lang="zh/);
        const guest = server().client();
        await guest.post('/lang', { lang: 'zh' });
        shows(await guest.get('/'), /<html lang="zh/);
    });

    it('gives roles by the operator alone', async () => {
        const sam = await member(server(), { handle: 'sam_r' });
        isProblem(await sam.post('/people/sam_r/roles', { role: 'operator' }, json), 403);
        isProblem(await server().client().post('/people/sam_r/roles', { role: 'operator' }, json), 401);
        isProblem(await sam.get('/supplier', json), 403);
        await giveRole(server(), 'sam_r', 'supplier');
        assert.equal((await sam.get('/supplier')).status, 200);
        isProblem(await server().operator().post('/api/v1/people/sam_r/roles', { role: 'king' }, json), 422);
        isProblem(await server().operator().post('/api/v1/people/nobody_at_all/roles', { role: 'supplier' }, json), 404);
    });
});
