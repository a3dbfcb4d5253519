// Whom a note is for by every path, drafts, changes, time, comments that wait, answers, unboxings.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, hides, isProblem, member, order, payFor, publish, reaches, shows, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const json = { Accept: 'application/json' };
const follow = (client, handle, on) => client.postForm(`/u/${handle}/follow`, { on });

conversation('a note’s life', { simulation: true }, (server) => {
    let author, friend, stranger, visitor;
    const notes = {};

    // Every way to a note: page, API, comments, photo, topic, section, profile, and deeds.
    async function paths(client, id, note) {
        const file = note.photos[0].image.src;
        const signed = client !== visitor;
        const seen = {
            page: (await client.get(`/n/${id}`)).status,
            api: (await client.get(`/api/v1/n/${id}`)).status,
            history: (await client.get(`/n/${id}/history`)).status,
            comments: (await client.get(`/n/${id}/comments`)).status,
            photo: (await client.get(file)).status,
        };
        if (signed) {
            seen.like = (await client.postForm(`/n/${id}/like`, { on: 1 }, json)).status;
            seen.save = (await client.postForm(`/n/${id}/save`, { on: 1 }, json)).status;
            seen.comment = (await client.postForm(`/n/${id}/comments`, { body: 'hello' }, json)).status;
        }
        const lists = {};
        for (const where of ['/', '/?order=new', '/s/travel', '/t/secretplace', '/u/author_a', ...(signed ? ['/saved', '/follow'] : [])]) {
            lists[where] = new RegExp(id).test((await client.get(where)).text);
        }
        return { seen, lists };
    }

    async function check(client, id, note, may) {
        const { seen, lists } = await paths(client, id, note);
        for (const [name, status] of Object.entries(seen)) assert.ok(may ? status < 300 : status === 404, `${name}: ${status}`);
        if (!may) for (const [where, found] of Object.entries(lists)) assert.ok(!found, `${id} is in ${where}`);
    }

    it('is for whom its author says, by every path', async () => {
        author = await member(server(), { handle: 'author_a' });
        friend = await member(server(), { handle: 'friend_a' });
        stranger = await member(server(), { handle: 'stranger_a' });
        visitor = server().client();
        for (const [name, audience] of [['all', 1], ['followers', 2], ['mine', 3]]) {
            notes[name] = await publish(author, { title: `for ${name}`, section: 'travel', audience, body: 'at #secretplace' });
        }
        expect(await follow(friend, 'author_a', 1), 200);
        const who = { visitor, friend, stranger, author };
        const may = { all: ['visitor', 'friend', 'stranger', 'author'], followers: ['friend', 'author'], mine: ['author'] };
        for (const [name, id] of Object.entries(notes)) {
            const note = await author.api(`/n/${id}`);
            for (const [reader, client] of Object.entries(who)) await check(client, id, note, may[name].includes(reader));
        }
    });

    it('keeps photos of the few to the few, in caches too', async () => {
        const open = (await author.api(`/n/${notes.all}`)).photos[0].image.src;
        const closed = (await author.api(`/n/${notes.followers}`)).photos[0].image.src;
        assert.match((await visitor.get(open)).headers['cache-control'], /immutable/);
        assert.equal((await friend.get(closed)).headers['cache-control'], 'private, no-store');
        assert.equal((await visitor.get(closed)).status, 404);
        // A photo that is in nothing yet is its owner's.
        const loose = await author.postFiles('/media', { alt: '' }, [{ name: 'photo', bytes: picture(250, 250, [7, 99, 7]), filename: 'x.png' }], json);
        assert.equal((await author.get(loose.json.src)).status, 200);
        assert.equal((await friend.get(loose.json.src)).status, 404);
    });

    it('is gone for others the moment it is closed, and when they stop following', async () => {
        const note = await author.api(`/n/${notes.all}`);
        expect(await author.post(`/n/${notes.all}/audience`, { audience: 2 }), 303);
        await check(stranger, notes.all, note, false);
        assert.equal((await visitor.get(note.photos[0].image.src)).status, 404);
        assert.equal((await friend.get(`/n/${notes.all}`)).status, 200);
        expect(await follow(friend, 'author_a', 0), 200);
        await check(friend, notes.all, note, false);
        expect(await follow(friend, 'author_a', 1), 200);
        isProblem(await stranger.postForm(`/n/${notes.all}/audience`, { audience: 1 }), 404);
        expect(await author.post(`/n/${notes.all}/audience`, { audience: 1 }), 303);
        assert.equal((await visitor.get(note.photos[0].image.src)).status, 200);
        const page = expect(await author.get(`/n/${notes.followers}`), 200);
        hides(page, /og:image|application\/ld\+json/);
        shows(page, /noindex/);
    });

    it('keeps what is typed, and gives it back', async () => {
        const photo = await author.photo(picture(260, 260, [50, 60, 70]), 'a stone');
        const kept = expect(await author.postForm('/me/drafts', { title: 'Half <a> thought', body: 'not yet', kind: 6, section: 'nowhere', photo, alt: 'a stone', look: 2, pin_product: 'some-thing' }), 200).json.draft;
        const same = expect(await author.postForm('/me/drafts', { draft: kept, title: 'Half <a> thought', body: 'not yet, more', kind: 6, photo, alt: 'a stone', look: 2, pin_product: 'some-thing' }), 200).json.draft;
        assert.equal(same, kept);
        const page = expect(await author.get(`/publish?draft=${kept}`), 200);
        shows(page, /not yet, more/);
        shows(page, /value="Half &lt;a&gt; thought"/);
        shows(page, new RegExp(`value="${photo}"`));
        shows(page, /value="some-thing"/);
        shows(page, /name="kind" value="6" checked/);
        shows(expect(await author.get('/me/drafts'), 200), /Half &lt;a&gt; thought/);
        assert.equal((await author.api('/me')).drafts, 1);
        shows(await author.get('/me'), /href="\/me\/drafts".*<span class="menu-count">1<\/span>.*href="\/me\/collections".*href="\/me\/settings".*href="\/me\/words"/s);
        assert.equal((await stranger.api('/me')).drafts, 0);
        hides(await stranger.get('/me'), /menu-count/);
        assert.equal((await stranger.get(`/publish?draft=${kept}`)).status, 404);
        hides(expect(await stranger.get('/me/drafts'), 200), /thought/);
        isProblem(await stranger.postForm(`/me/drafts/${kept}/discard`), 404);
        const id = expect(await author.postForm('/notes', { draft: kept, title: 'A whole thought', body: '', section: 'home', photo, alt: 'a stone', look: 2 }), 201).json.id;
        assert.equal((await author.api(`/n/${id}`)).photos[0].look, 2);
        assert.equal((await author.api('/me/drafts')).items.length, 0);
        const files = [{ name: 'photo', bytes: picture(240, 240, [3, 4, 5]), filename: 'a.png', type: 'image/png' }];
        const plain = await author.postFiles('/me/drafts', { title: '', body: 'Without a script', kind: 1 }, files);
        assert.equal(plain.location, '/me/drafts');
        const [draft] = (await author.api('/me/drafts')).items;
        shows(expect(await author.get(`/publish?draft=${draft.id}`), 200), /compose-photo"/);
        expect(await author.post(`/me/drafts/${draft.id}/discard`), 303);
        assert.equal((await author.api('/me/drafts')).items.length, 0);
    });

    it('is changed by its author, and tells what it said before', async () => {
        const first = await author.photo(picture(270, 270, [50, 1, 70]), 'first');
        const second = await author.photo(picture(270, 270, [50, 2, 70]), 'second');
        const id = await publish(author, { title: 'Before', body: 'old #oldtopic', photo: [first, second], alt: ['first', 'second'] });
        const form = expect(await author.get(`/n/${id}/edit`), 200);
        shows(form, /value="Before"/);
        shows(form, new RegExp(`value="${second}"`));
        assert.equal((await stranger.get(`/n/${id}/edit`)).status, 404);
        isProblem(await stranger.postForm(`/n/${id}/edit`, { title: 'Mine', section: 'home', photo: first }), 404);
        const refused = await author.post(`/n/${id}/edit`, { title: '', body: 'Do not lose this', section: 'home', photo: first });
        assert.equal(refused.status, 422);
        shows(refused, /Do not lose this/);
        expect(await author.post(`/n/${id}/edit`, { title: 'After', body: 'new #newtopic', section: 'food', photo: [second, first], alt: ['2', '1'] }), 303);
        const note = await author.api(`/n/${id}`);
        assert.equal(note.title, 'After');
        assert.ok(note.edited);
        assert.deepEqual(note.photos.map((p) => p.image.alt), ['2', '1']);
        const history = await visitor.api(`/n/${id}/history`);
        assert.deepEqual(history.items.map((v) => v.title), ['Before']);
        shows(expect(await visitor.get(`/n/${id}`), 200), new RegExp(`/n/${id}/history`));
        shows(expect(await visitor.get(`/n/${id}/history`), 200), /old #oldtopic/);
        hides(await visitor.get('/t/oldtopic'), new RegExp(id));
        shows(await visitor.get('/t/newtopic'), new RegExp(id));
    });

    it('comes out at its time, and not before', async () => {
        const clock = Date.UTC(2026, 5, 2, 9);
        await server().clock(clock);
        const photo = await author.photo(picture(280, 280, [9, 9, 70]), 'later');
        const fields = { title: 'Tomorrow', body: '#later', section: 'home', photo, alt: 'later', publish_at: '2026-06-03T12:00', tz: 120 };
        isProblem(await author.postForm('/notes', { ...fields, publish_at: '2026-06-01T12:00' }), 422);
        isProblem(await author.postForm('/notes', { ...fields, publish_at: 'soon' }), 422);
        const { id } = expect(await author.postForm('/notes', fields), 201).json;
        shows(expect(await author.get('/me/drafts'), 200), /Tomorrow/);
        shows(expect(await author.get(`/n/${id}`), 200), /Tomorrow/);
        assert.equal((await stranger.get(`/n/${id}`)).status, 404);
        assert.equal((await stranger.get(`/n/${id}/history`)).status, 404);
        const [draft] = (await author.api('/me/drafts')).items;
        assert.equal(draft.note, id);
        assert.equal((await author.post(`/me/drafts/${draft.id}/back`)).location, `/publish?draft=${draft.id}`);
        assert.equal((await author.get(`/n/${id}`)).status, 404);
        const again = expect(await author.postForm('/notes', { ...fields, draft: draft.id }), 201).json.id;
        await server().clock(Date.UTC(2026, 5, 3, 10, 1));
        await until('it is out', async () => (await visitor.get(`/n/${again}`)).status === 200);
        assert.equal((await author.api('/me/drafts')).items.length, 0);
        assert.match((await visitor.api(`/n/${again}`)).created, /^2026-06-03T10:00:0/);
    });

    it('lets its author say who comments, and look first', async () => {
        const some = await publish(author, { title: 'For followers to answer', who_comments: 2 });
        isProblem(await stranger.postForm(`/n/${some}/comments`, { body: 'hi' }), 403);
        expect(await friend.postForm(`/n/${some}/comments`, { body: 'hi' }), 201);
        const checked = await publish(author, { title: 'Looked at first', who_comments: 3 });
        const { id } = expect(await stranger.postForm(`/n/${checked}/comments`, { body: 'please show me' }), 201).json;
        hides(await friend.get(`/n/${checked}`), /please show me/);
        shows(await stranger.get(`/n/${checked}`), /please show me/);
        assert.equal((await author.api(`/n/${checked}`)).comments, 0);
        shows(await author.get(`/n/${checked}`), /please show me/);
        isProblem(await friend.postForm(`/c/${id}/approve`), 403);
        expect(await author.post(`/c/${id}/approve`), 303);
        shows(await friend.get(`/n/${checked}`), /please show me/);
        assert.equal((await author.api(`/n/${checked}`)).comments, 1);
        expect(await author.post('/me/words', { words: 'cheap pills\n' }), 303);
        const open = await publish(author, { title: 'Open' });
        expect(await stranger.postForm(`/n/${open}/comments`, { body: 'Very CHEAP, pills here' }), 201);
        expect(await stranger.postForm(`/n/${open}/comments`, { body: 'nice' }), 201);
        hides(await friend.get(`/n/${open}`), /pills here/);
        shows(await friend.get(`/n/${open}`), /nice/);
        shows(await author.get(`/n/${open}`), /pills here/);
    });

    it('marks the answer of a question', async () => {
        const id = await publish(author, { title: 'Which tea?', kind: 3 });
        shows(await visitor.get(`/n/${id}`), /waits for an answer/);
        const comment = expect(await friend.postForm(`/n/${id}/comments`, { body: 'Green, I think.' }), 201).json.id;
        isProblem(await friend.postForm(`/c/${comment}/answer`, { on: 1 }), 403);
        expect(await author.post(`/c/${comment}/answer`, { on: 1 }), 303);
        assert.equal((await visitor.api(`/n/${id}`)).answered, true);
        shows(await visitor.get(`/n/${id}`), /id="answer"/);
        expect(await author.post(`/c/${comment}/answer`, { on: 0 }), 303);
        assert.equal((await visitor.api(`/n/${id}`)).answered, false);
        expect(await author.post(`/c/${comment}/answer`, { on: 1 }), 303);
        expect(await friend.post(`/c/${comment}/delete`), 303);
        assert.equal((await visitor.api(`/n/${id}`)).answered, false);
        const mood = await publish(author, { title: 'Rain', kind: 6 });
        const other = expect(await friend.postForm(`/n/${mood}/comments`, { body: 'Yes.' }), 201).json.id;
        isProblem(await author.postForm(`/c/${other}/answer`, { on: 1 }), 409);
    });

    it('shows a delivery, and only one’s own', async () => {
        await supplier(server(), [{ slug: 'stone-cup', name: 'Stone cup', price: '12.00', stock: 5 }], 'cup_shop');
        const placed = await order(author, 'stone-cup');
        await payFor(author, placed);
        const [bought] = placed.orders;
        const form = expect(await author.get('/publish'), 200);
        hides(form, new RegExp(`${bought}\\.0`));
        const shop = server().client();
        expect(await shop.post('/signin', { handle: 'cup_shop', password: 'a long password' }), 303);
        expect(await shop.post(`/supplier/orders/${bought}/ship`, { carrier: 'Post', tracking: '1' }), 303);
        expect(await author.post(`/orders/${bought}/received`), 303);
        await reaches(author, bought, 'delivered');
        shows(expect(await author.get('/publish'), 200), new RegExp(`${bought}\\.0`));
        const stolen = { title: 'Look', section: 'home', kind: 2, unbox_line: `${bought}.0`, photo: await stranger.photo(picture(222, 222, [1, 2, 99])) };
        isProblem(await stranger.postForm('/notes', stolen), 422);
        const id = await publish(author, { title: 'The cup is here', kind: 2, unbox_line: `${bought}.0`, unbox_condition: 2 });
        const page = expect(await visitor.get(`/n/${id}`), 200);
        shows(page, /bought here/);
        shows(page, /arrived damaged/);
        assert.equal((await visitor.api(`/n/${id}`)).unboxed.product, 'stone-cup');
        shows(expect(await author.get(`/n/${id}/edit`), 200), new RegExp(`value="${bought}.0" selected`));
        const twice = { title: 'Again', section: 'home', kind: 2, unbox_line: `${bought}.0`, photo: await author.photo(picture(223, 222, [1, 2, 98])) };
        isProblem(await author.postForm('/notes', twice), 422);
        expect(await author.post(`/n/${id}/delete`), 303);
        expect(await author.postForm('/notes', twice), 201);
        const complaint = await publish(author, { title: 'It broke', kind: 5, about: 'stone-cup' });
        shows(await visitor.get(`/n/${complaint}`), /Stone cup/);
        const person = await publish(author, { title: 'Never sent', kind: 5, about: '@cup_shop' });
        shows(await visitor.get(`/n/${person}`), /cup_shop/);
        isProblem(await author.postForm('/notes', { ...twice, kind: 5, unbox_line: '', about: '@nobody_here' }), 422);
    });

    it('keeps its pins through a change', async () => {
        const id = await publish(author, { title: 'Pinned', pin_product: 'stone-cup', pin_photo: 1, pin_x: 100, pin_y: 200, pin_connection: 'none' });
        const [pin] = (await author.api(`/n/${id}`)).goods;
        shows(expect(await author.get(`/n/${id}/edit`), 200), /value="stone-cup"/);
        const { photos } = await author.api(`/n/${id}`);
        assert.equal(photos.length, 1);
        const more = await author.photo(picture(224, 222, [1, 2, 97]), 'new cover');
        const old = (await author.get(`/n/${id}/edit`)).text.match(/name="photo" value="(media_\w+)"/)[1];
        expect(await author.post(`/n/${id}/edit`, { title: 'Pinned', section: 'home', photo: [more, old], alt: ['new', 'old'], pin_product: 'stone-cup', pin_photo: 2, pin_x: 100, pin_y: 200, pin_connection: 'none' }), 303);
        const [moved] = (await author.api(`/n/${id}`)).goods;
        assert.equal(moved.id, pin.id);
        assert.equal(moved.photo, 1);
        expect(await author.post(`/n/${id}/edit`, { title: 'Pinned', section: 'home', photo: old, alt: 'old', pin_product: '' }), 303);
        assert.equal((await author.api(`/n/${id}`)).goods, undefined);
        assert.equal((await visitor.get(`/go/${pin.id}`)).status, 404);
        const hidden = await publish(author, { title: 'Mine', audience: 3, pin_product: 'stone-cup', pin_photo: 1, pin_connection: 'none' });
        const [own] = (await author.api(`/n/${hidden}`)).goods;
        assert.equal((await visitor.get(`/go/${own.id}`)).status, 404);
        hides(await visitor.get('/p/stone-cup'), new RegExp(hidden));
    });
});
