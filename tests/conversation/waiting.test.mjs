// A note whose video is still being prepared comes out by itself when that is ready, or is a draft
// again when the video turns out to be none; and what drafts hold of a video stays.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { film } from '../support/film.mjs';
import { conversation, hides, isProblem, member, shows, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const json = { Accept: 'application/json' };
const bring = async (client, bytes) => expect(await client.postFiles('/media', { alt: '' }, [{ name: 'photo', bytes, filename: 'film.mp4', type: 'video/mp4' }], json), 201).json.id;
const slow = (height) => film({ width: 640, height, seconds: 12, rate: 30, more: ['-crf', '40'] });

// It says that it is longer than what there is of it, which nobody sees before all of it is read.
function short(height) {
    const whole = film({ width: 160, height, seconds: 8, rate: 5, sound: false, more: ['-g', '5', '-movflags', '+faststart'] });
    const from = whole.indexOf('mdat') - 4, length = Math.floor((whole.length - from) / 3);
    const cut = Buffer.from(whole.subarray(0, from + length));
    cut.writeUInt32BE(length, from);
    return cut;
}

conversation('a note that waits for its video', {}, (server) => {
    let author, visitor;
    const fields = { title: 'When it is ready', body: 'Words #waiting', section: 'home', kind: 1, alt: 'Colours' };

    it('comes out by itself', async () => {
        author = await member(server(), { handle: 'waiter' });
        visitor = server().client();
        await supplier(server(), [{ slug: 'reel', name: 'Reel' }], 'reel_shop');
        const photo = await bring(author, slow(482));
        const refused = isProblem(await author.postForm('/notes', { ...fields, photo }), 422);
        assert.match(refused.errors[0].message, /still being prepared/);
        const answer = expect(await author.postForm('/notes', { ...fields, photo, when_ready: 1, pin_product: 'reel', pin_photo: 1, pin_connection: 'none' }), 201);
        const { id } = answer.json;
        assert.equal(answer.location, '/me/drafts');
        const [draft] = (await author.api('/me/drafts')).items;
        assert.equal(draft.note, id);
        assert.equal(draft.due, undefined);
        shows(expect(await author.get('/me/drafts'), 200), /comes out when its video is ready/);
        shows(expect(await author.get(`/n/${id}`), 200), /by itself when its video is ready/);
        assert.equal((await visitor.get(`/n/${id}`)).status, 404);
        hides(await visitor.get('/u/waiter/notes'), new RegExp(id));
        const note = await until('it came out', async () => {
            const seen = await visitor.get(`/api/v1/n/${id}`, json);
            return seen.status === 200 && seen.json;
        }, 120000);
        assert.ok(note.photos[0].video.small);
        assert.equal(note.goods.length, 1);
        assert.equal((await visitor.get(note.photos[0].video.small)).status, 200);
        assert.equal((await author.api('/me/drafts')).items.length, 0);
        assert.equal(server().export('log').filter((e) => e.kind === 'note.published').length, 1);
    });

    it('may be taken back, and is typed on', async () => {
        const photo = await bring(author, slow(484));
        const other = await author.photo(picture(300, 300, [5, 6, 7]), 'a photo');
        const { id } = expect(await author.postForm('/notes', { ...fields, photo: [photo, other], alt: ['a', 'b'], when_ready: 1 }), 201).json;
        const [draft] = (await author.api('/me/drafts')).items;
        expect(await author.post(`/me/drafts/${draft.id}/back`), 303);
        const page = expect(await author.get(`/publish?draft=${draft.id}`), 200);
        shows(page, /Words #waiting/);
        shows(page, new RegExp(`value="${photo}"`));
        shows(page, /name="when_ready" value="1" checked/);
        await until('the video is ready', async () => (await author.api(`/media/${photo}`)).state === 'ready', 120000);
        assert.equal((await author.get(`/n/${id}`)).status, 404);
        // Kept while it was in the making, published when it was ready: the note has it for good.
        const done = expect(await author.postForm('/notes', { ...fields, draft: draft.id, photo: [photo, other], alt: ['a', 'b'] }), 201).json;
        assert.equal((await author.api('/me/drafts')).items.length, 0);
        isProblem(await author.request('DELETE', `/media/${photo}`, { headers: json }), 409);
        assert.equal((await visitor.api(`/n/${done.id}`)).photos.length, 2);
    });

    it('is a draft again when the video is none, and its author is told', async () => {
        const photo = await bring(author, short(120));
        const { id } = expect(await author.postForm('/notes', { ...fields, title: 'Never', photo, when_ready: 1, pin_product: 'reel', pin_photo: 1, pin_connection: 'none' }), 201).json;
        const draft = await until('it came back', async () => (await author.api('/me/drafts')).items.find((one) => one.title === 'Never' && !one.note), 120000);
        assert.equal((await author.get(`/n/${id}`)).status, 404);
        const line = (await author.api('/inbox')).items.find((one) => /could not be prepared/.test(one.words ?? ''));
        assert.ok(line, 'a line of the inbox says so');
        const inbox = expect(await author.get('/inbox'), 200);
        const go = expect(await author.get(inbox.text.match(/href="(\/inbox\/go\/[^"]+)"/)[1]), 303);
        assert.equal(go.location, `/publish?draft=${draft.id}`);
        const page = expect(await author.get(go.location), 200);
        shows(page, /could not be read to its end/);
        shows(page, /Words #waiting/);
        shows(page, /value="reel"/);
        const again = isProblem(await author.postForm('/notes', { ...fields, photo, when_ready: 1 }), 422);
        assert.match(again.errors[0].message, /take it out/);
    });
});
