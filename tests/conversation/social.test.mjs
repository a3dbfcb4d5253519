// Likes, saves, comments and follows.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, hides, isProblem, member, newKey, publish, shows } from '../support/kit.mjs';

conversation('social', {}, (server) => {
    let author, reader, note;

    it('counts a like once, however often it is sent', async () => {
        author = await member(server(), { handle: 'writer' });
        reader = await member(server(), { handle: 'reader' });
        note = await publish(author);
        for (let i = 0; i < 3; i++) {
            assert.deepEqual(expect(await reader.postForm(`/n/${note}/like`, { on: 1 }), 200).json, { on: true, count: 1 });
        }
        assert.deepEqual((await reader.postForm(`/n/${note}/like`, { on: 0 })).json, { on: false, count: 0 });
        assert.deepEqual((await reader.postForm(`/n/${note}/like`, { on: 0 })).json, { on: false, count: 0 });
        const kinds = server().export('log').filter((e) => e.kind.startsWith('note.')).map((e) => e.kind);
        assert.deepEqual(kinds, ['note.published', 'note.liked', 'note.unliked']);
    });

    it('takes likes of many at the same moment, each once', async () => {
        const many = await Promise.all(Array.from({ length: 8 }, () => member(server())));
        await Promise.all(many.flatMap((m) => [m.postForm(`/n/${note}/like`, { on: 1 }), m.postForm(`/n/${note}/like`, { on: 1 })]));
        assert.equal((await author.api(`/n/${note}`)).likes, 8);
    });

    it('saves a note for later and lists it', async () => {
        assert.equal((await reader.post(`/n/${note}/save`, { on: 1, next: `/n/${note}` })).location, `/n/${note}`);
        await reader.post(`/n/${note}/save`, { on: 1 });
        assert.equal((await reader.api(`/n/${note}`)).saves, 1);
        shows(await reader.get('/saved'), new RegExp(note));
        hides(await author.get('/saved'), new RegExp(note));
        const back = await reader.post(`/n/${note}/save`, { on: 1, next: 'https://evil.example/' });
        assert.ok(back.headers.location.startsWith('/'), back.headers.location);
    });

    it('keeps comments, answers and their order', async () => {
        const first = expect(await reader.postForm(`/n/${note}/comments`, { body: 'First <i>words</i>' }), 201).json;
        const second = expect(await author.postForm(`/n/${note}/comments`, { body: 'An answer', parent: first.id }), 201).json;
        assert.equal(second.count, 2);
        const { items } = await reader.api(`/n/${note}/comments`);
        assert.deepEqual(items.map((c) => [c.author, c.body, c.answer]), [['reader', 'First <i>words</i>', false], ['writer', 'An answer', true]]);
        shows(await reader.get(`/n/${note}`), /First &lt;i&gt;words/);
        isProblem(await reader.postForm(`/n/${note}/comments`, { body: '   ' }), 422);
        isProblem(await reader.postForm(`/n/${note}/comments`, { body: 'x', parent: 'cmt_zzzzzzzzzzzzz' }), 422);
    });

    it('refuses an empty comment on the page and keeps a long one', async () => {
        const long = 'long '.repeat(400);
        const page = await reader.post(`/n/${note}/comments`, { body: long });
        assert.equal(page.status, 422);
        shows(page, /long long long/);
    });

    it('writes a comment once for one key', async () => {
        const before = (await reader.api(`/n/${note}`)).comments;
        const key = { 'Idempotency-Key': newKey() };
        const a = expect(await reader.postForm(`/n/${note}/comments`, { body: 'Twice sent' }, key), 201).json;
        const b = expect(await reader.postForm(`/n/${note}/comments`, { body: 'Twice sent' }, key), 201).json;
        assert.equal(a.id, b.id);
        assert.equal((await reader.api(`/n/${note}`)).comments, before + 1);
    });

    it('lets a comment be deleted by its author or the note’s, and nobody else', async () => {
        const mine = expect(await reader.postForm(`/n/${note}/comments`, { body: 'Going' }), 201).json;
        const stranger = await member(server());
        isProblem(await stranger.postForm(`/c/${mine.id}/delete`), 403);
        expect(await author.postForm(`/c/${mine.id}/delete`), 200);
        hides(await reader.get(`/n/${note}`), /Going/);
    });

    it('follows once, unfollows, and not oneself', async () => {
        assert.deepEqual((await reader.postForm('/u/writer/follow', { on: 1 })).json, { on: true, count: 1 });
        assert.deepEqual((await reader.postForm('/u/writer/follow', { on: 1 })).json, { on: true, count: 1 });
        shows(await reader.get('/follow'), new RegExp(note));
        assert.deepEqual((await reader.postForm('/u/writer/follow', { on: 0 })).json, { on: false, count: 0 });
        hides(await reader.get('/follow'), new RegExp(note));
        assert.ok((await reader.postForm('/u/reader/follow', { on: 1 })).status >= 400);
        isProblem(await reader.postForm('/u/nobody_at_all/follow', { on: 1 }), 404);
    });

    it('asks who is not signed in to do so', async () => {
        const guest = server().client();
        isProblem(await guest.postForm(`/n/${note}/like`, { on: 1 }), 401);
        isProblem(await guest.postForm(`/n/${note}/comments`, { body: 'x' }), 401);
        assert.equal((await guest.get('/saved')).status, 303);
    });
});
