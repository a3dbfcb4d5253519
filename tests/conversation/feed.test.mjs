// What comes first: the one rule of Explore, and J1's control.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, member, publish } from '../support/kit.mjs';

const order = async (client, path = '/') => (await client.api(path)).notes.items.map((card) => card.id);
const HOUR = 3600_000;

conversation('feed', { simulation: true }, (server) => {
    const notes = [];
    let begin = Date.UTC(2026, 5, 2, 8);
    let author, fans;

    it('shows a place with no notes what to do next', async () => {
        const page = expect(await server().client().get('/'), 200);
        assert.match(page.text, /href="\/publish"/);
    });

    it('orders by heat: what readers gave lifts an older note', async () => {
        author = await member(server());
        for (const section of ['home', 'food', 'travel', 'food']) {
            await server().clock(begin += HOUR);
            notes.push(await publish(author, { title: `About ${section}`, section }));
        }
        fans = await Promise.all(Array.from({ length: 3 }, () => member(server())));
        const [first, , , newest] = notes;
        await until('the newest note is first', async () => (await order(server().client()))[0] === newest);
        for (const fan of fans) expect(await fan.postForm(`/n/${first}/save`, { on: 1 }), 200);
        await until('the oldest note is first', async () => (await order(server().client()))[0] === first);
        // weight 9: log2(10) = 3.3 windows of twelve hours; the newest is three hours ahead.
        assert.deepEqual(new Set(await order(server().client())), new Set(notes));
    });

    it('lets the author’s own likes count for nothing', async () => {
        expect(await author.postForm(`/n/${notes[1]}/like`, { on: 1 }), 200);
        const before = await order(server().client());
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.deepEqual(await order(server().client()), before);
    });

    it('brings chosen sections a little earlier, for who wants that', async () => {
        const eater = await member(server(), { interests: ['food'] });
        expect(await eater.post('/me/settings', { name: 'Eater', personalised: 1 }), 303);
        const seen = await order(eater);
        assert.ok(seen.indexOf(notes[1]) < seen.indexOf(notes[2]), 'an older note about food comes before a newer one');
        const plain = await order(server().client());
        assert.ok(plain.indexOf(notes[2]) < plain.indexOf(notes[1]));
    });

    it('is newest first and the same for everyone when personalisation is off', async () => {
        const one = await member(server(), { interests: ['food'] });
        const two = await member(server(), { interests: ['travel'], lang: 'zh' });
        for (const client of [one, two]) expect(await client.post('/me/settings', { name: 'Somebody' }), 303);
        expect(await two.postForm(`/n/${notes[0]}/like`, { on: 1 }), 200);
        const newest = [...notes].reverse();
        assert.deepEqual(await order(one), newest);
        assert.deepEqual(await order(two), newest);
        assert.deepEqual(await order(server().client(), '/?order=new'), newest);
        const a = (await one.get('/')).text.match(/data-seen="note_\w+"/g);
        const b = (await two.get('/')).text.match(/data-seen="note_\w+"/g);
        assert.deepEqual(a, b);
    });

    it('pages through everything once, also while others publish', async () => {
        const late = [];
        for (let i = 0; i < 25; i++) {
            await server().clock(begin += 60_000);
            notes.push(await publish(author, { title: `More ${i}`, section: i % 2 ? 'home' : 'baby' }));
        }
        await until('the feed knows all of them', async () => (await order(server().client(), '/?limit=60')).length === notes.length);
        for (const path of ['/', '/?order=new']) {
            const reader = server().client();
            const seen = [];
            for (let at = path; at;) {
                const { notes: page } = await reader.api(at);
                seen.push(...page.items.map((card) => card.id));
                at = page.more;
                await server().clock(begin += 60_000);
                late.push(await publish(author, { title: 'While somebody reads on' }));
                await until('the feed knows it', async () => (await order(server().client())).includes(late.at(-1)));
            }
            assert.equal(new Set(seen).size, seen.length, 'no note twice');
            for (const note of notes) assert.ok(seen.includes(note), 'and every one');
        }
    });

    it('shows the notes of people one follows, newest first', async () => {
        const other = await member(server());
        await server().clock(begin += HOUR);
        const theirs = await publish(other, { title: 'Another voice' });
        const fan = fans[0];
        assert.deepEqual(await order(fan, '/follow'), []);
        expect(await fan.postForm(`/u/${other.handle}/follow`, { on: 1 }), 200);
        assert.deepEqual(await order(fan, '/follow'), [theirs]);
    });
});
