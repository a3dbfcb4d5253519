// A note or a product sent to a person: whom one finds, what they see, and by whose rules.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, hides, isProblem, member, publish, shows, supplier } from '../support/kit.mjs';

const json = { Accept: 'application/json' };

conversation('send', {}, (server) => {
    let author, sender, friend, followed, stranger, open, closed;
    const whom = (client, query) => client.api(`/send?${query}`);
    const handles = (list) => list.items.map((one) => one.handle);
    const last = async (client, handle) => (await client.api(`/messages/${handle}`)).items.at(-1);

    it('begins with whom one writes with, the latest first, then whom one follows', async () => {
        author = await member(server(), { handle: 'send_author' });
        sender = await member(server(), { handle: 'sender', name: 'Sen' });
        friend = await member(server(), { handle: 'friend_x', name: 'Ｆrida Lin' });
        followed = await member(server(), { handle: 'a_followed', name: 'Theo' });
        stranger = await member(server(), { handle: 'stranger_y', name: 'Nobody Known' });
        open = await publish(author, { title: 'A pot for all' });
        closed = await publish(author, { title: 'For the few', audience: 2 });
        assert.deepEqual((await whom(sender, `note=${open}`)).items, []);
        shows(await sender.get(`/send?note=${open}`), /A pot for all.*Look for anybody by their handle/s);
        expect(await sender.postForm('/u/a_followed/follow', { on: 1 }), 200);
        expect(await friend.postForm('/u/sender/follow', { on: 1 }), 200);
        expect(await sender.postForm('/messages/friend_x', { body: 'Hello' }), 201);
        const { items } = await whom(sender, `note=${open}`);
        assert.deepEqual(items, [
            { handle: 'friend_x', name: 'Ｆrida Lin', recent: true, sees: true },
            { handle: 'a_followed', name: 'Theo', recent: false, sees: true },
        ]);
        shows(await sender.get(`/send?note=${open}`), new RegExp(`href="/messages/friend_x\\?note=${open}"`));
    });

    it('finds those one knows by name, and everybody by handle', async () => {
        const found = async (q) => handles(await whom(sender, `note=${open}&q=${encodeURIComponent(q)}`));
        assert.deepEqual(await found('FRIDA'), ['friend_x']);
        assert.deepEqual(await found('lin'), ['friend_x']);
        assert.deepEqual(await found('known'), []);
        assert.deepEqual(await found('@Stranger'), ['stranger_y']);
        assert.deepEqual(await found('sender'), []); // oneself
        const page = await sender.get(`/send?note=${open}&q=Nothing%22%3E`);
        shows(page, /value="Nothing&quot;&gt;".*Nobody by that name/s);
        const fragment = await sender.get(`/send?note=${open}&q=the`, { 'HX-Request': 'true' });
        shows(fragment, /a_followed/);
        hides(fragment, /<html/);
    });

    it('stands in the sheet of a note, for who is signed in', async () => {
        shows(await sender.get(`/n/${open}/share`), new RegExp(`href="/messages/friend_x\\?note=${open}".*href="/send\\?note=${open}"`, 's'));
        hides(await server().client().get(`/n/${open}/share`), /send-quick/);
        assert.equal((await server().client().get(`/send?note=${open}`)).status, 303);
    });

    it('sends the card as a message, without words where the two know each other', async () => {
        shows(await sender.get(`/messages/friend_x?note=${open}`), /A pot for all.*name="body"/s);
        expect(await sender.post('/messages/friend_x', { body: '', note: open }), 303);
        const got = await last(friend, 'sender');
        assert.deepEqual([got.note, got.body, got.closed], [open, '', false]);
        shows(await friend.get('/messages'), /\[Sent on\]/);
        shows(await friend.get('/messages/sender'), /class="say-card" href="\/n\/note_[^"]*".*A pot for all/s);
        const passed = () => server().export('log').filter((e) => e.kind === 'note.shared').length;
        assert.equal(passed(), 1);
        expect(await sender.post('/messages/friend_x', { body: 'again', note: open }), 303);
        assert.equal(passed(), 1);
    });

    it('asks a stranger in words first, and stops at a block', async () => {
        shows(await sender.get(`/messages/stranger_y?note=${open}`), /one message in words/);
        const silent = await sender.post('/messages/stranger_y', { body: '', note: open });
        assert.equal(silent.status, 422);
        shows(silent, /Write a few words first.*|A pot for all/s);
        expect(await sender.post('/messages/stranger_y', { body: 'You may like it', note: open }), 303);
        assert.equal((await stranger.api('/messages?folder=requests')).items[0].with, 'sender');
        expect(await followed.postForm('/u/sender/block', { on: 1 }), 200, 303);
        hides(await sender.get(`/send?note=${open}`), /a_followed/);
        assert.deepEqual(handles(await whom(sender, `note=${open}&q=a_followed`)), []);
        isProblem(await sender.postForm('/messages/a_followed', { body: 'x', note: open }), 404);
    });

    it('says before sending whose eyes a note is not for, and shows them a line instead', async () => {
        expect(await sender.postForm('/u/send_author/follow', { on: 1 }), 200);
        assert.equal((await whom(sender, `note=${closed}`)).items[0].sees, false);
        shows(await sender.get(`/send?note=${closed}`), /The note is not for them/);
        shows(await sender.get(`/messages/friend_x?note=${closed}`), /They cannot see this note/);
        hides(await sender.get(`/messages/friend_x?note=${open}`), /They cannot see this note/);
        assert.equal((await sender.api(`/messages/friend_x?note=${closed}`)).sees_note, false);
        expect(await sender.post('/messages/friend_x', { body: 'Ask them', note: closed }), 303);
        const got = await last(friend, 'sender');
        assert.deepEqual([got.note, got.body, got.closed], [undefined, 'Ask them', true]);
        const page = await friend.get('/messages/sender');
        shows(page, /What stood here is not for you/);
        hides(page, /For the few/);
        shows(await sender.get('/messages/friend_x'), /For the few/);
        await friend.post('/lang', { lang: 'zh' });
        shows(await friend.get('/messages/sender'), /对你不可见/);
        await friend.post('/lang', { lang: 'en' });
        expect(await friend.postForm('/u/send_author/follow', { on: 1 }), 200); // then they may
        shows(await friend.get('/messages/sender'), /For the few/);
        isProblem(await stranger.get(`/send?note=${closed}`, json), 404);
    });

    it('does not tell of a block between two others', async () => {
        expect(await author.postForm('/u/friend_x/block', { on: 1 }), 200, 303);
        assert.equal((await whom(sender, `note=${open}`)).items.find((one) => one.handle === 'friend_x').sees, true);
        hides(await friend.get('/messages/sender'), /A pot for all/);
    });

    it('sends a product too', async () => {
        await supplier(server(), [{ slug: 'send-cup', name: 'A cup to send' }], 'send_seller');
        const page = await sender.get('/p/send-cup');
        const [, id] = page.text.match(/href="\/send\?product=(prod_[0-9a-z]+)"/);
        shows(await sender.get(`/send?product=${id}`), new RegExp(`A cup to send.*href="/messages/friend_x\\?product=${id}"`, 's'));
        expect(await sender.post('/messages/friend_x', { body: '', product: id }), 303);
        assert.equal((await last(friend, 'sender')).product.slug, 'send-cup');
        isProblem(await sender.get('/send?product=prod_00000000000zz', json), 404);
        isProblem(await sender.get('/send', json), 404);
    });
});
