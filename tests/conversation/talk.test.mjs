// Comments liked and sorted, people named; collections, followed topics, shared notes.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, giveRole, hides, isProblem, member, publish, shows } from '../support/kit.mjs';

conversation('talk', {}, (server) => {
    let author, reader, third, note;
    const say = async (who, body, parent = '') => expect(await who.postForm(`/n/${note}/comments`, { body, parent }), 201).json.id;
    const bodies = async (who, query = '') => (await who.api(`/n/${note}/comments${query}`)).items.map((c) => c.body);

    it('puts threads newest or most liked first, answers below them', async () => {
        author = await member(server(), { handle: 'ming' });
        reader = await member(server(), { handle: 'rosa' });
        third = await member(server(), { handle: 'teo_3', lang: 'zh' });
        note = await publish(author, { body: 'With @rosa and @no_such_one.' });
        const one = await say(reader, 'one');
        await say(third, 'two');
        for (const n of [1, 2, 3, 4, 5]) await say(author, `answer ${n}`, one);
        assert.deepEqual(await bodies(reader), ['two', 'one', 'answer 1', 'answer 2', 'answer 3']);
        assert.deepEqual(expect(await third.postForm(`/c/${one}/like`, { on: 1 }), 200).json, { on: true, count: 1 });
        assert.deepEqual((await third.postForm(`/c/${one}/like`, { on: 1 })).json, { on: true, count: 1 });
        assert.deepEqual(await bodies(third, '?sort=liked'), ['one', 'answer 1', 'answer 2', 'answer 3', 'two']);
        const { items } = await third.api(`/n/${note}/comments?sort=liked`);
        assert.deepEqual([items[0].liked, items[0].likes, items[0].by_author, items[1].by_author], [true, 1, false, true]);
        const more = await reader.api(items[3].more);
        assert.deepEqual(more.items.map((c) => c.body), ['answer 4', 'answer 5']);
        assert.equal(more.more, undefined);
        assert.equal((await reader.post(`/c/${one}/like`, { on: 0, next: `/n/${note}` })).location, `/n/${note}`);
    });

    it('shows the order, the author’s mark and the way to more answers on the page', async () => {
        const page = await reader.get(`/n/${note}?sort=liked`);
        shows(page, /class="badge">Author</);
        shows(page, /Show 2 more answers/);
        shows(page, /chip-on" href="\/n\/[^"]*sort=liked#comments" aria-current="true"/);
        shows(await third.get(`/n/${note}`), /再看 2 条回复/);
        isProblem(await server().client().postForm(`/c/cmt_00000000000zz/like`, { on: 1 }), 401);
    });

    it('pages through threads in both orders without losing one', async () => {
        for (const query of ['?limit=1', '?limit=1&sort=liked']) {
            const first = await reader.api(`/n/${note}/comments${query}`);
            const second = await reader.api(first.more);
            assert.deepEqual(new Set([first.items[0].body, second.items[0].body]), new Set(['one', 'two']), query);
        }
    });

    it('links people who are named and tells them', async () => {
        const page = await reader.get(`/n/${note}`);
        shows(page, /<a class="mention" href="\/u\/rosa">@rosa<\/a>/);
        await say(third, '问@rosa吧，me@rosa.example 不是');
        assert.equal(server().export('log').filter((e) => e.kind === 'person.mentioned').length, 2);
        await until('rosa is told', async () => /ming/.test((await reader.get('/inbox')).text));
    });

    it('leaves out the comments of people between whom a block stands', async () => {
        expect(await reader.postForm('/u/teo_3/block', { on: 1 }), 200, 303);
        const seen = await bodies(reader);
        assert.ok(!seen.includes('two') && seen.includes('one'), seen.join());
        hides(await reader.get(`/n/${note}`), />two</);
        expect(await reader.postForm('/u/teo_3/block', { on: 0 }), 200, 303);
    });

    it('keeps saved notes in collections, and shows open ones to those who may see', async () => {
        isProblem(await reader.get(`/api/v1/n/${note}/collection`), 404);
        expect(await reader.postForm(`/n/${note}/save`, { on: 1 }), 200);
        const own = await publish(reader, { title: 'Mine alone', audience: 3 });
        expect(await reader.postForm(`/n/${own}/save`, { on: 1 }), 200);
        const made = await reader.post(`/n/${note}/collection`, { collection: 'new', name: 'Trips', open: 1 });
        assert.match(made.location, /^\/collections\/coll_/);
        const trips = made.location.split('/')[2];
        expect(await reader.post(`/n/${own}/collection`, { collection: trips }), 303);
        assert.equal((await reader.api(`/n/${own}/collection`)).collection, trips);
        const of = async (who) => (await who.api('/u/rosa/collections')).items.map((c) => [c.name, c.open, c.count]);
        assert.deepEqual(await of(reader), [['Trips', true, 2]]);
        assert.deepEqual(await of(author), [['Trips', true, 1]]);
        hides(await author.get(`/collections/${trips}`), /Mine alone/);
        shows(await reader.get(`/collections/${trips}`), /Mine alone/);
        shows(await author.get('/u/rosa'), /href="\/u\/rosa\/collections"/);
        shows(await author.get('/u/rosa/collections'), /aria-current="page">Collections/);

        const refused = await reader.post('/me/collections', { name: 'Trips' });
        assert.equal(refused.status, 422);
        shows(refused, /You have a collection of this name/);
        expect(await reader.post(`/collections/${trips}`, { name: '旅行' }), 303);
        assert.deepEqual(await of(author), []);
        isProblem(await author.get(`/api/v1/collections/${trips}`), 404);
        hides(await author.get('/u/rosa'), /rosa\/collections/);
        isProblem(await author.postForm(`/collections/${trips}`, { name: 'x' }), 404);
        isProblem(await author.postForm(`/collections/${trips}/delete`), 404);
        expect(await reader.post(`/collections/${trips}/delete`), 303);
        shows(await reader.get('/saved'), /Mine alone/);
        assert.equal((await reader.api(`/n/${own}/collection`)).collection, '');
    });

    it('follows a topic, says what it is about, and sorts its notes', async () => {
        const first = await publish(author, { title: 'Green cups', body: '#茶具 all of it' });
        const second = await publish(author, { title: 'Blue cups', body: 'more #茶具' });
        expect(await third.postForm(`/n/${first}/like`, { on: 1 }), 200);
        const path = `/t/${encodeURIComponent('茶具')}`;
        const titles = async (query) => (await reader.api(path + query)).notes.items.map((n) => n.title);
        assert.deepEqual(await titles(''), ['Blue cups', 'Green cups']);
        assert.deepEqual(await titles('?tab=best'), ['Green cups', 'Blue cups']);
        const one = (await reader.api(`${path}?tab=best&limit=1`)).notes;
        assert.deepEqual((await reader.api(one.more)).notes.items.map((n) => n.title), ['Blue cups']);
        shows(await reader.get(path), /What readers liked most:.*Green cups/s);
        assert.deepEqual(expect(await reader.postForm(`${path}/follow`, { on: 1 }), 200).json, { on: true, count: 1 });
        assert.deepEqual((await reader.postForm(`${path}/follow`, { on: 1 })).json, { on: true, count: 1 });
        assert.equal((await third.post(`${path}/follow`, { on: 1 })).location, path);
        assert.deepEqual((await reader.api(path)).followers, 2);
        isProblem(await reader.postForm('/t/nothing_here/follow', { on: 1 }), 404);
        isProblem(await reader.postForm(`${path}/intro`, { intro_en: 'mine' }), 403);
        await giveRole(server(), 'teo_3', 'operator');
        expect(await third.post(`${path}/intro`, { intro_en: 'Cups and pots.', intro_zh: '杯子和茶壶。' }), 303);
        assert.equal((await third.post(`${path}/intro`, { intro_en: 'x'.repeat(400) })).status, 422);
        shows(await reader.get(path), /Cups and pots\./);
        shows(await third.get(path), /杯子和茶壶。/);
        assert.equal(server().export('log').filter((e) => e.kind === 'topic.followed').length, 2);
        assert.equal(second.startsWith('note_'), true);
    });

    it('passes a note on by a short link, and counts it once a person', async () => {
        const { address } = await reader.api(`/n/${note}/share`);
        const path = new URL(address).pathname;
        assert.match(path, /^\/l\/[0-9a-z]{13}$/);
        assert.equal((await server().client().get(path)).location, `/n/${note}?from=share`);
        shows(await server().client().get(`/n/${note}/share`), /<svg class="qr"/);
        for (let i = 0; i < 2; i++) expect(await reader.postForm(`/n/${note}/share`), 200);
        isProblem(await server().client().postForm(`/n/${note}/share`), 401);
        assert.equal(server().export('log').filter((e) => e.kind === 'note.shared').length, 1);
        const hidden = await publish(author, { audience: 3 });
        assert.equal((await reader.get(`/l/${hidden.slice(5)}`)).status, 404);
        assert.equal((await reader.get(`/n/${hidden}/share`)).status, 404);
        assert.equal((await reader.get('/l/nonsense')).status, 404);
    });

    it('tells other sites the photo’s size and what it shows', async () => {
        const { text } = await server().client().get(`/n/${note}`);
        for (const [name, value] of [['type', 'image/jpeg'], ['width', '300'], ['height', '300'], ['alt', 'one colour']]) {
            assert.match(text, new RegExp(`<meta property="og:image:${name}" content="${value}">`));
        }
        const ld = JSON.parse(text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
        assert.equal(ld.image.width, 300);
        assert.match(ld.image.url, /\.jpe?g$/);
    });

    it('shows the notes of followed topics in Follow, with the topic', async () => {
        const reads = await member(server(), { handle: 'reads_tea' });
        const tea = await publish(author, { title: 'Oolong', body: '#oolong' });
        const other = await publish(author, { title: 'Nothing of it' });
        expect(await reads.postForm('/t/oolong/follow', { on: 1 }), 200);
        const page = await reads.get('/follow');
        shows(page, /<article class="card-marked"><a class="topic" href="\/t\/oolong">#oolong<\/a>/);
        shows(page, new RegExp(tea));
        hides(page, new RegExp(other));
        expect(await reads.postForm('/u/ming/follow', { on: 1 }), 200);
        const both = await reads.get('/follow');
        shows(both, new RegExp(other));
        hides(both, /card-marked/);
        await reads.postForm('/u/ming/follow', { on: 0 });
        await reads.postForm('/t/oolong/follow', { on: 0 });
        hides(await reads.get('/follow'), new RegExp(tea));
    });

    it('does not show in Explore what was seen, of those who are counted', async () => {
        const watched = await member(server(), { handle: 'watched', exposure_ok: 1 });
        const explore = async (query = '') => (await watched.api(`/${query}`)).notes.items.map((n) => n.id);
        await until('the follower has learnt all', async () => (await explore()).length >= 5);
        expect(await watched.post('/me/settings', { exposure_ok: 1, personalised: 1 }), 303);
        const first = await explore('?limit=3');
        assert.equal(first.length, 3);
        const rows = first.map((t, n) => ({ k: 'card', t, p: 'explore', n, a: 100 }));
        expect(await watched.postJson('/x', { batch: Date.now() * 4096 + 7, rows }), 200);
        const second = await explore();
        assert.deepEqual(second.filter((id) => first.includes(id)), []);
        assert.ok(second.length >= 2);
        assert.deepEqual((await explore('?seen=1')).filter((id) => first.includes(id)).length, 3);
        const rest = second.map((t, n) => ({ k: 'card', t, p: 'explore', n, a: 100 }));
        expect(await watched.postJson('/x', { batch: Date.now() * 4096 + 9, rows: rest }), 200);
        assert.equal((await watched.api('/')).all_seen, true);
        shows(await watched.get('/'), /You have seen everything/);
        expect(await watched.post('/me/settings', { personalised: 1 }), 303);
        assert.ok((await explore()).length >= 5, 'who is not counted sees everything');
    });

    it('sends a note away and brings it back, and says why a note is shown', async () => {
        const picky = await member(server(), { handle: 'picky', interests: ['home'] });
        const explore = async () => (await picky.api('/')).notes.items.map((n) => n.id);
        expect(await picky.post('/me/settings', { personalised: 1 }), 303);
        assert.ok((await explore()).includes(note));
        const before = await picky.api(`/n/${note}/why`);
        assert.deepEqual([before.ranked, before.chosen, before.cool_author, before.away], [true, 2000000, 0, false]);
        assert.equal(before.weight > 0, true);
        expect(await picky.postForm(`/n/${note}/dismiss`, { on: 1 }), 200);
        assert.ok(!(await explore()).includes(note));
        const why = await picky.api(`/n/${note}/why`);
        assert.deepEqual([why.away, why.cool_author, why.cool_section], [true, 3000000, 1000000]);
        const page = await picky.get(`/n/${note}/why`);
        shows(page, /Explore leaves it out/);
        shows(page, /36 hours/);
        shows(await picky.get('/me/dismissed'), new RegExp(note));
        shows(await picky.get(`/n/${note}`), new RegExp(`/n/${note}/why`));
        assert.equal((await picky.post(`/n/${note}/dismiss`, { on: 0, next: '/me/dismissed' })).location, '/me/dismissed');
        assert.ok((await explore()).includes(note));
        isProblem(await author.postForm(`/n/${note}/dismiss`, { on: 1 }), 409);
        isProblem(await server().client().postForm(`/n/${note}/dismiss`, { on: 1 }), 401);
        shows(await server().client().get(`/n/${note}/why`), /Why am I seeing this/);
    });
});
