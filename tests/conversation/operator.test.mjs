// The first operator, the settings, people and their roles, sections, the
// announcement, pinned notes, and the list of every act of the staff.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, giveRole, hides, isProblem, member, PASSWORD, publish, shows } from '../support/kit.mjs';

const form = { place: 'Wiese', public_url: 'http://wiese.example', language: 'en', handle: 'ada', name: 'Ada', password: PASSWORD };

conversation('operator', {}, (server) => {
    let ada, bo, note;

    it('is set up once, with what the server printed, by nobody else', async () => {
        const printed = () => server().log.match(/\/setup\?token=[0-9a-f]{64}/)?.[0];
        await until('the address is printed', async () => printed());
        const address = printed();
        const token = address.split('=')[1];
        ada = server().client();
        assert.equal((await ada.get('/setup')).status, 404);
        assert.equal((await ada.get(`/setup?token=${'0'.repeat(64)}`)).status, 404);
        assert.equal((await ada.post('/setup', { ...form, token: token.slice(1) })).status, 404);
        shows(expect(await ada.get(address), 200), /Welcome\. Let us set the place up\./);
        const wrong = await ada.post('/setup', { ...form, token, place: 'x'.repeat(80) });
        assert.equal(wrong.status, 422);
        shows(wrong, /name="handle" value="ada"/);
        assert.equal(expect(await ada.post('/setup', { ...form, token }), 303).location, '/operator');
        assert.equal((await ada.get(address)).status, 404);
        assert.equal((await server().client().post('/setup', { ...form, handle: 'eve', token })).status, 404);
        shows(expect(await ada.get('/operator'), 200), /Today/);
        await until('the place has its name', async () => /Wiese/.test((await ada.get('/')).text));
        const { items } = await ada.api('/operator/audit');
        assert.deepEqual(items.map((i) => i.act), ['place.set_up', 'role.given']);
    });

    it('lets nobody else onto the console', async () => {
        bo = await member(server(), { handle: 'bo_two' });
        for (const path of ['', '/audit', '/people', '/settings', '/sections', '/pinned', '/announcement', '/jobs']) {
            assert.equal((await bo.get(`/operator${path}`)).status, 403, path);
            expect(await ada.get(`/operator${path}`), 200);
        }
        isProblem(await bo.postForm('/operator/settings', { setting: 'name', value: 'Mine' }), 403);
        isProblem(await bo.postForm('/operator/people/bo_two/roles', { role: 'operator', reason: 'me' }), 403);
    });

    it('changes a setting at once, keeps what is pinned, shows no secret', async () => {
        const of = async (name) => (await ada.api('/operator/settings')).items.find((s) => s.name === name);
        expect(await ada.post('/operator/settings', { setting: 'return_days', value: 14 }), 303);
        assert.deepEqual([(await of('return_days')).value, (await of('return_days')).source], ['14', 'console']);
        const wrong = await ada.post('/operator/settings', { setting: 'return_days', value: 'many' });
        assert.equal(wrong.status, 422);
        shows(wrong, /value="many"/);
        assert.equal((await of('data_dir')).change, 'pinned');
        isProblem(await ada.postForm('/operator/settings', { setting: 'data_dir', value: '/tmp' }), 403);
        isProblem(await ada.postForm('/operator/settings', { setting: 'operator_key', value: 'mine' }), 403);
        hides(await ada.get('/operator/settings'), /operator-key-of-a-test/);
        expect(await ada.post('/operator/settings', { setting: 'worker_threads', value: 3 }), 403);
        expect(await ada.post('/operator/settings', { setting: 'media_workers', value: 3 }), 303);
        assert.equal((await of('media_workers')).waits, true);
        expect(await ada.post('/operator/settings', { setting: 'return_days', reset: 1 }), 303);
        assert.deepEqual([(await of('return_days')).value, (await of('return_days')).source], ['30', 'default']);
        expect(await ada.post('/operator/settings', { setting: 'name', value: 'Meadow' }), 303);
        await until('the name is in force', async () => /<title>[^<]*Meadow/.test((await bo.get('/')).text));
    });

    it('gives and takes roles with a reason; the last operator stays', async () => {
        assert.equal((await ada.post('/operator/people/bo_two/roles', { role: 'supplier' })).status, 422);
        expect(await ada.post('/operator/people/bo_two/roles', { role: ['supplier', 'service'], reason: 'sells pots' }), 303);
        const [found] = (await ada.api('/operator/people?q=BO_')).items;
        assert.deepEqual([found.handle, found.roles], ['bo_two', ['supplier', 'service']]);
        shows(await ada.get('/u/bo_two'), /badge-official/);
        const last = await ada.post('/operator/people/ada/roles', { role: 'supplier', reason: 'tired' });
        assert.equal(last.status, 422);
        shows(last, /last operator/);
        isProblem(await server().operator().postForm('/people/ada/roles', {}), 422);
        await giveRole(server(), 'bo_two', 'supplier');
        assert.deepEqual((await ada.api('/operator/people?q=bo_two')).items[0].roles, ['supplier']);
    });

    it('suspends: reads and leaves, but writes nothing, and knows why', async () => {
        note = await publish(ada, { title: 'House news' });
        assert.equal((await ada.post('/operator/people/bo_two/suspend', { on: 1 })).status, 422);
        expect(await ada.post('/operator/people/bo_two/suspend', { on: 1, reason: 'Spam in comments', days: 3 }), 303);
        expect(await bo.get(`/n/${note}`), 200);
        isProblem(await bo.postForm(`/n/${note}/like`, { on: 1 }), 403);
        shows(await bo.get('/'), /Your account is suspended/);
        shows(await bo.get('/me/standing'), /Spam in comments/);
        assert.deepEqual((await ada.api('/operator/people?kind=suspended')).items.map((p) => p.handle), ['bo_two']);
        expect(await bo.post('/lang', { lang: 'en', next: '/' }), 303);
        const told = (await bo.api('/inbox')).items[0];
        assert.deepEqual([told.kind, told.words, told.detail, told.href], ['notice', 'Your account is suspended for 3 days. You can read, and answer once.', 'Spam in comments', '/me/standing']);
        const again = server().client(); // who signs in is told first, whatever they were on the way to
        const signed = expect(await again.post('/signin', { handle: 'bo_two', password: PASSWORD, next: '/mall' }), 303);
        assert.equal(signed.location, '/me/standing');
        shows(await again.get('/me/standing'), /Spam in comments.*action="\/me\/standing\/answer"/s);
        const standing = await bo.api('/me/standing');
        assert.equal(Date.parse(standing.until) - Date.parse(standing.since), 3 * 24 * 3600 * 1000);
        const empty = await bo.post('/me/standing/answer', { body: ' ' });
        assert.equal(empty.status, 422);
        shows(empty, /Write what you want us to consider/);
        expect(await bo.post('/me/standing/answer', { body: 'It was <b>not</b> me' }), 303);
        shows(await bo.get('/me/standing'), /You answered.*It was &lt;b&gt;not&lt;\/b&gt; me/s);
        isProblem(await bo.postForm('/me/standing/answer', { body: 'Once more' }), 409);
        assert.equal((await ada.api('/inbox')).items[0].href, '/operator/people/bo_two');
        shows(await ada.get('/operator/people/bo_two'), /They answered.*It was &lt;b&gt;not&lt;\/b&gt; me/s);
        await bo.post('/lang', { lang: 'zh', next: '/' });
        shows(await bo.get('/inbox'), /你的账号已被停用 3 天/);
        shows(await bo.get('/me/standing'), /自动恢复时间：/);
        await bo.post('/lang', { lang: 'en', next: '/' });
        expect(await ada.post('/operator/people/bo_two/suspend', { on: 0, reason: 'It was a cousin' }), 303);
        const lifted = (await bo.api('/inbox')).items[0];
        assert.deepEqual([lifted.words, lifted.detail], ['Your suspension was lifted: you can write again.', 'It was a cousin']);
        isProblem(await bo.postForm('/me/standing/answer', { body: 'Thanks' }), 409);
        expect(await bo.postForm(`/n/${note}/like`, { on: 1 }), 200);
        isProblem(await ada.postForm('/operator/people/ada/suspend', { on: 1, reason: 'x' }), 403);
    });

    it('keeps the sections: a new one, its rules, closed again', async () => {
        const garden = { key: 'garden', name_en: 'Garden', name_zh: '园艺', rules_en: 'Only what grows.', rules_zh: '只发种出来的。', position: 9, open: 1 };
        assert.equal((await ada.post('/operator/sections/new', { ...garden, key: 'Bad Key' })).status, 422);
        expect(await ada.post('/operator/sections/new', garden), 303);
        assert.equal((await ada.post('/operator/sections/new', garden)).status, 422);
        shows(await bo.get('/publish'), /value="garden"/);
        shows(await bo.get('/s/garden'), /Only what grows/);
        shows(await bo.get('/sections/rules?section=garden', { 'HX-Request': 'true' }), /Only what grows/);
        await publish(bo, { section: 'garden' });
        expect(await ada.post('/operator/sections/garden', { ...garden, open: 0 }), 303);
        hides(await bo.get('/publish'), /value="garden"/);
        shows(await bo.get('/s/garden'), /takes no new notes/);
        await assert.rejects(publish(bo, { section: 'garden' }));
    });

    it('announces in both languages until it is put away or taken down', async () => {
        const words = { en: 'We move on <Sunday>.', zh: '周日搬家。' };
        assert.equal((await ada.post('/operator/announcement', { en: words.en })).status, 422);
        assert.equal((await ada.post('/operator/announcement', { ...words, since: '2030-01-02', until: '2030-01-01' })).status, 422);
        expect(await ada.post('/operator/announcement', words), 303);
        const visitor = server().client();
        await until('it is shown', async () => /We move on &lt;Sunday/.test((await visitor.get('/')).text));
        shows(await server().client({ lang: 'zh' }).get('/'), /周日搬家/);
        expect(await visitor.post('/announcement/away'), 303);
        hides(await visitor.get('/'), /We move on/);
        expect(await ada.post('/operator/announcement', { ...words, en: 'We moved.' }), 303);
        await until('the next one is shown', async () => /We moved/.test((await visitor.get('/')).text));
        expect(await ada.post('/operator/announcement', { end: 1 }), 303);
        await until('it is gone', async () => !/We moved/.test((await visitor.get('/')).text));
    });

    it('pins a note over a section, and takes it down', async () => {
        const mine = await publish(bo, { title: 'Only mine', audience: 3 }).catch(() => null);
        if (mine) assert.equal((await ada.post('/operator/pinned', { note: mine, section: 'home' })).status, 422);
        assert.equal((await ada.post('/operator/pinned', { note: 'nothing', section: 'home' })).status, 422);
        expect(await ada.post('/operator/pinned', { note: `http://wiese.example/n/${note}?x=1`, section: 'food' }), 303);
        shows(await bo.get('/s/food'), /Pinned by the house/);
        shows(await bo.get('/s/food'), new RegExp(note));
        hides(await bo.get('/s/travel'), /Pinned by the house/);
        expect(await ada.post('/operator/pinned', { note, section: 'food', down: 1 }), 303);
        hides(await bo.get('/s/food'), /Pinned by the house/);
    });

    it('keeps every act, found by person, kind and day, and as a table', async () => {
        const day = new Date().toISOString().slice(0, 10);
        const acts = async (query) => (await ada.api(`/operator/audit?${query}`)).items;
        assert.ok((await acts('person=ada')).length > 8);
        assert.deepEqual(await acts('person=bo_two'), []);
        assert.deepEqual((await acts('act=person.suspended')).map((i) => [i.person, i.reason]), [['bo_two', 'Spam in comments']]);
        assert.deepEqual(await acts('day=2001-01-01'), []);
        const first = await ada.api('/operator/audit?limit=3');
        const second = await ada.api(first.more);
        assert.ok(second.items[0].id < first.items[2].id);
        const table = await ada.get(`/operator/audit?csv=1&day=${day}`);
        assert.match(table.headers['content-type'], /text\/csv/);
        assert.match(table.text, /person\.suspended,person,bo_two,"",Spam in comments/);
        assert.equal((await ada.get('/operator/audit?day=then')).status, 422);
    });

    it('says on its first page what waits', async () => {
        const today = await ada.api('/operator');
        assert.deepEqual([today.reports.n, today.approvals.n], [0, 0]);
        assert.equal(today.unshipped.n, 0);
        assert.ok(today.disk_all > today.disk_free && today.disk_free > 0);
        server().verb('doctor');
        assert.ok((await ada.api('/operator')).doctor_at > 0);
        shows(await ada.get('/operator'), /All sound/);
    });
});
