// Publishing, showing and taking away a note.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, hides, isProblem, member, newKey, publish, shows } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const json = { Accept: 'application/json' };

conversation('note', {}, (server) => {
    let author;

    it('is published through the API and shown as it was written', async () => {
        author = await member(server(), { handle: 'author' });
        const id = await publish(author, { title: 'Tea & <b>toast</b>', body: 'First line\nsecond #breakfast 早饭 #早餐', section: 'food', kind: 3 });
        const note = await author.api(`/n/${id}`);
        assert.equal(note.title, 'Tea & <b>toast</b>');
        assert.equal(note.body, 'First line\nsecond #breakfast 早饭 #早餐');
        assert.equal(note.section, 'food');
        assert.equal(note.kind, 3);
        assert.equal(note.author, 'author');
        assert.equal(note.photos.length, 1);
        const page = expect(await server().client().get(`/n/${id}`), 200);
        shows(page, /Tea &amp; &lt;b&gt;toast&lt;\/b&gt;/);
        hides(page, /<b>toast/);
        shows(page, /alt="one colour"/);
        shows(page, /href="\/t\/breakfast"/);
        shows(expect(await author.get('/t/breakfast'), 200), new RegExp(id));
        shows(expect(await author.get('/s/food'), 200), new RegExp(id));
        shows(expect(await author.get('/u/author'), 200), new RegExp(id));
    });

    it('is published by a plain form with its files, without a script', async () => {
        const files = [1, 2, 3].map((n) => ({ name: 'photo', bytes: picture(200, 260, [n * 60, 30, 30]), filename: `${n}.png`, type: 'image/png' }));
        const answer = await author.postFiles('/notes', { title: 'Three photos', body: '', section: 'travel', kind: 1, alt: ['one', 'two', 'three'] }, files);
        assert.equal(answer.status, 303, answer.text);
        assert.match(answer.location, /^\/n\/note_/);
        const note = await author.api(answer.location);
        assert.deepEqual(note.photos.map((p) => p.image.alt), ['one', 'two', 'three']);
        assert.equal((await server().client().get(note.photos[0].image.src)).status, 200);
    });

    it('is refused with every wrong field named, and the page keeps what was typed', async () => {
        const photo = await author.photo(picture(210, 210, [9, 9, 9]));
        const fields = { title: '', body: 'These words must not be lost.', section: 'nowhere', kind: 1, photo, alt: 'kept' };
        const problem = isProblem(await author.postForm('/notes', fields), 422);
        assert.deepEqual(problem.errors.map((e) => e.field).sort(), ['section', 'title']);
        const page = await author.post('/notes', fields);
        assert.equal(page.status, 422);
        shows(page, /These words must not be lost\./);
        shows(page, new RegExp(`value="${photo}"`));
        const none = isProblem(await author.postForm('/notes', { title: 'No photo', section: 'home' }), 422);
        assert.deepEqual(none.errors.map((e) => e.field), ['photo']);
        const long = isProblem(await author.postForm('/notes', { title: 'é'.repeat(61), body: '字'.repeat(1001), section: 'home', photo }), 422);
        assert.deepEqual(long.errors.map((e) => e.field).sort(), ['body', 'title']);
        assert.equal((await author.postForm('/notes', { title: '字'.repeat(60), body: '字'.repeat(1000), section: 'home', photo })).status, 201);
    });

    it('takes no more than eighteen photos', async () => {
        const photos = [];
        for (let n = 0; n < 19; n++) photos.push(await author.photo(picture(120, 120, [n * 10, 1, 2])));
        const problem = isProblem(await author.postForm('/notes', { title: 'Many', section: 'home', photo: photos }), 422);
        assert.deepEqual(problem.errors.map((e) => e.field), ['photo']);
        assert.equal((await author.postForm('/notes', { title: 'Many', section: 'home', photo: photos.slice(1) })).status, 201);
    });

    it('takes nobody else’s photo, no text that calls itself one, and none twice', async () => {
        const other = await member(server());
        const photo = await other.photo(picture(220, 220, [200, 10, 10]));
        const stolen = isProblem(await author.postForm('/notes', { title: 'Not mine', section: 'home', photo }), 422);
        assert.deepEqual(stolen.errors.map((e) => e.field), ['photo']);
        const fake = await author.postFiles('/media', { alt: '' }, [{ name: 'photo', bytes: Buffer.from('GIF89a not a photo'), filename: 'x.jpg' }], json);
        assert.ok([415, 422].includes(fake.status), fake.text);
        const cut = await author.postFiles('/media', { alt: '' }, [{ name: 'photo', bytes: picture().subarray(0, 120), filename: 'x.png' }], json);
        assert.ok([415, 422].includes(cut.status), cut.text);
    });

    it('is published once for one key', async () => {
        const photo = await author.photo(picture(230, 230, [1, 200, 10]));
        const fields = { title: 'Only once', body: '', section: 'home', photo, alt: '' };
        const key = { 'Idempotency-Key': newKey() };
        const first = expect(await author.postForm('/notes', fields, key), 201);
        const second = expect(await author.postForm('/notes', fields, key), 201);
        assert.equal(first.json.id, second.json.id);
        isProblem(await author.postForm('/notes', { ...fields, title: 'Something else' }, key), 422);
    });

    it('goes for everyone when its author takes it away, and for nobody else', async () => {
        const id = await publish(author, { title: 'Going', body: 'Away #gone' });
        const other = await member(server());
        isProblem(await other.postForm(`/n/${id}/delete`), 403);
        assert.equal((await author.post(`/n/${id}/delete`)).status, 303);
        assert.equal((await author.get(`/n/${id}`)).status, 404);
        hides(await author.get('/t/gone'), new RegExp(id));
        isProblem(await author.postForm(`/n/${id}/like`, { on: 1 }), 404);
        assert.equal((await author.get('/n/note_zzzzzzzzzzzzz')).status, 404);
        assert.equal((await author.get('/n/nonsense')).status, 404);
    });
});
