// What happened that concerns a person: lines, their count, and the stream that tells of it.

import assert from 'node:assert/strict';
import http from 'node:http';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, hides, isProblem, member, order, payFor, publish, shows, supplier } from '../support/kit.mjs';

// A page that listens: the events it was told, in order.
function listen(client) {
    const told = [];
    const cookie = [...client.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const stream = { told, status: 0, over: false };
    const request = http.request({
        agent: false, host: client.url.hostname, port: client.url.port, path: '/me/stream',
        headers: { Accept: 'text/event-stream', Cookie: cookie },
    }, (message) => {
        let text = '';
        stream.status = message.statusCode;
        stream.type = message.headers['content-type'];
        message.on('data', (chunk) => {
            text += chunk;
            for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
                const event = text.slice(0, at);
                text = text.slice(at + 2);
                const name = event.match(/^event: (.*)$/m)?.[1];
                if (name) told.push([name, event.match(/^data: (.*)$/m)[1]]);
            }
        });
        message.on('end', () => { stream.over = true; });
        message.on('error', () => { stream.over = true; });
    });
    request.on('error', () => { stream.over = true; });
    request.end();
    stream.close = () => request.destroy();
    return stream;
}

const inbox = (client, tab) => client.api(`/inbox${tab ? `?tab=${tab}` : ''}`);
const line = (list, kind) => list.items.find((one) => one.kind === kind);

function unreadIs(client, n) {
    return until(`${client.handle} has ${n} new lines`, async () => (await inbox(client)).unread === n);
}

conversation('inbox', {}, (server) => {
    let author, reader, other, note;

    it('begins empty, with something to do', async () => {
        author = await member(server(), { handle: 'inbox_author' });
        reader = await member(server(), { handle: 'inbox_reader', name: 'Rea' });
        other = await member(server(), { handle: 'inbox_other', name: 'Otto' });
        note = await publish(author, { title: 'A quiet corner' });
        assert.deepEqual((await inbox(author)).items, []);
        for (const tab of ['likes', 'comments', 'follows', 'orders']) shows(await author.get(`/inbox?tab=${tab}`), /class="empty"/);
        hides(await author.get('/'), /data-unread="[1-9]/);
        assert.equal((await server().client().get('/inbox')).status, 303);
        isProblem(await server().client().get('/api/v1/inbox'), 401);
    });

    it('gathers likes of one note into one line, and counts people', async () => {
        for (const who of [reader, other]) await who.postForm(`/n/${note}/like`, { on: 1 });
        await until('both likes are told', async () => line(await inbox(author), 'like')?.people === 2);
        await unreadIs(author, 1);
        const likes = line(await inbox(author, 'likes'), 'like');
        assert.deepEqual([likes.people, likes.who, likes.title], [2, ['inbox_other', 'inbox_reader'], 'A quiet corner']);
        shows(await author.get('/inbox'), /Otto.*and 1 other.*liked your note/s);
        shows(await author.get('/'), /data-unread="1"/);
        await other.postForm(`/n/${note}/like`, { on: 0 });
        await until('the like is gone', async () => line(await inbox(author), 'like')?.people === 1);
        await reader.postForm(`/n/${note}/like`, { on: 0 });
        await until('the line is gone', async () => (await inbox(author)).items.length === 0);
        await reader.postForm(`/n/${note}/like`, { on: 1 });
        await unreadIs(author, 1);
    });

    it('does not tell people what they did themselves', async () => {
        await author.postForm(`/n/${note}/like`, { on: 1 });
        await author.postForm(`/n/${note}/comments`, { body: 'Mine' });
        await reader.postForm('/u/inbox_author/follow', { on: 1 });
        await until('the follow is told', async () => line(await inbox(author), 'follow'));
        const list = await inbox(author);
        assert.deepEqual(list.items.map((one) => one.kind), ['follow', 'like']);
        assert.deepEqual(line(list, 'like').who, ['inbox_reader']);
    });

    it('tells of comments and answers, and no more once they are gone', async () => {
        const said = expect(await reader.postForm(`/n/${note}/comments`, { body: 'How <b>fine</b>' }), 201).json;
        await until('the comment is told', async () => line(await inbox(author, 'comments'), 'comment'));
        assert.equal(line(await inbox(author), 'comment').text, 'How <b>fine</b>');
        shows(await author.get('/inbox'), /How &lt;b&gt;fine/);
        await author.postForm(`/n/${note}/comments`, { body: 'Thanks', parent: said.id });
        await until('the answer is told', async () => line(await inbox(reader), 'reply'));
        assert.equal(line(await inbox(reader), 'reply').text, 'Thanks');
        await reader.postForm(`/c/${said.id}/delete`);
        await until('the comment is not told any more', async () => !line(await inbox(author), 'comment'));
    });

    it('gathers likes of a comment, and they go with the like, the switch and the comment', async () => {
        const writer = await member(server(), { handle: 'inbox_writer' });
        const said = expect(await writer.postForm(`/n/${note}/comments`, { body: 'Worth a like' }), 201).json;
        for (const who of [reader, other]) expect(await who.postForm(`/c/${said.id}/like`, { on: 1 }), 200);
        await until('both likes are told', async () => line(await inbox(writer), 'comment_like')?.people === 2);
        const likes = line(await inbox(writer, 'likes'), 'comment_like');
        assert.deepEqual([likes.who, likes.text, likes.href], [['inbox_other', 'inbox_reader'], 'Worth a like', `/n/${note}#comments`]);
        shows(await writer.get('/inbox'), /Otto.*and 1 other.*liked your comment.*Worth a like/s);
        await writer.post('/lang', { lang: 'zh' });
        shows(await writer.get('/inbox'), /赞了你的评论/);
        expect(await writer.post('/inbox/settings', { saves: 1, comments: 1, mentions: 1, follows: 1, orders: 1, earnings: 1 }), 303);
        assert.deepEqual((await inbox(writer)).items, []);
        expect(await writer.post('/inbox/settings', { likes: 1 }), 303);
        assert.equal((await inbox(writer)).unread, 1);
        await other.postForm(`/c/${said.id}/like`, { on: 0 });
        await until('one like is gone', async () => line(await inbox(writer), 'comment_like')?.people === 1);
        await author.postForm(`/c/${said.id}/delete`);
        await until('the line goes with the comment', async () => (await inbox(writer)).items.length === 0);
    });

    it('leads to what it is about, and is read by that', async () => {
        const one = line(await inbox(author), 'like');
        assert.equal(one.unread, true);
        const answer = await author.get(`/inbox/go/${one.id}`);
        assert.equal(answer.status, 303);
        assert.equal(answer.location, `/n/${note}`);
        await until('the line is read', async () => line(await inbox(author), 'like').unread === false);
        isProblem(await reader.get(`/api/v1/inbox/go/${one.id}`), 404);
        isProblem(await author.get('/api/v1/inbox/go/line_nothing'), 404);
    });

    it('marks all as read', async () => {
        assert.ok((await inbox(author)).unread > 0);
        expect(await author.post('/inbox/read'), 303);
        assert.equal((await inbox(author)).unread, 0);
        shows(await author.get('/inbox'), /data-unread="0"/);
        hides(await author.get('/inbox'), /inbox-new/);
        await other.postForm(`/n/${note}/like`, { on: 1 });
        await unreadIs(author, 0); // given again: it was told before
        await other.postForm(`/n/${note}/save`, { on: 1 });
        await unreadIs(author, 1);
    });

    it('leaves out what somebody switched off', async () => {
        expect(await author.post('/inbox/settings', { likes: 1, comments: 1, mentions: 1, follows: 1, orders: 1, earnings: 1 }), 303);
        assert.equal((await author.api('/inbox/settings')).saves, false);
        const list = await inbox(author);
        assert.equal(list.unread, 0);
        assert.equal(line(list, 'save'), undefined);
        shows(await author.get('/inbox/settings'), /name="saves" value="1">/);
        expect(await author.post('/inbox/settings', { likes: 1, saves: 1, comments: 1, mentions: 1, follows: 1, orders: 1, earnings: 1 }), 303);
        assert.equal((await inbox(author)).unread, 1);
    });

    it('says nothing of a note that is gone', async () => {
        const gone = await publish(author, { title: 'Soon gone' });
        const said = expect(await author.postForm(`/n/${gone}/comments`, { body: 'First' }), 201).json;
        await reader.postForm(`/n/${gone}/comments`, { body: 'Second', parent: said.id });
        await other.postForm(`/n/${gone}/like`, { on: 1 });
        await until('both are told', async () => line(await inbox(author), 'reply') && (await inbox(author)).items.some((one) => one.title === 'Soon gone' && one.kind === 'like'));
        expect(await author.post(`/n/${gone}/delete`), 303, 204, 200);
        await until('its lines are gone', async () => !(await inbox(author)).items.some((one) => one.title === 'Soon gone'));
        hides(await author.get('/inbox'), /Soon gone/);
    });

    it('gives older lines page by page, each once', async () => {
        const one = await member(server());
        const mine = await publish(one);
        for (let i = 0; i < 5; i++) await reader.postForm(`/n/${mine}/comments`, { body: `Comment ${i}` });
        await until('all are told', async () => (await inbox(one)).items.length === 5);
        const seen = [];
        let path = '/inbox?limit=2';
        while (path) {
            const list = await one.api(path);
            seen.push(...list.items.map((x) => x.text));
            path = list.more;
        }
        assert.deepEqual(seen, ['Comment 4', 'Comment 3', 'Comment 2', 'Comment 1', 'Comment 0']);
    });

    it('tells both sides of an order how far it is', async () => {
        const seller = await supplier(server(), [{ slug: 'inbox-cup', name: 'A cup' }], 'inbox_seller');
        const buyer = await member(server(), { handle: 'inbox_buyer' });
        const placed = await order(buyer, 'inbox-cup');
        await until('the seller is told', async () => line(await inbox(seller, 'orders'), 'sale'));
        assert.equal((await inbox(buyer)).items.length, 0);
        await payFor(buyer, placed);
        await until('the buyer is told', async () => line(await inbox(buyer), 'order')?.words === 'Your order is paid.');
        await until('one line moves on', async () => line(await inbox(seller), 'sale').words === 'An order was paid. It is yours to send.');
        assert.equal((await inbox(seller)).items.length, 1);
        expect(await seller.post(`/supplier/orders/${placed.orders[0]}/ship`, { carrier: 'Post', tracking: 'X1' }), 303);
        await until('it is on its way', async () => line(await inbox(buyer), 'order').words === 'Your order is on its way.');
        const shown = line(await inbox(buyer), 'order');
        assert.equal(shown.title, 'A cup');
        assert.equal(shown.href, `/orders/${placed.orders[0]}`);
    });

    it('tells an open page by itself', async () => {
        const quiet = await member(server());
        const mine = await publish(quiet);
        const stream = listen(quiet);
        await until('it begins with what there is', async () => stream.told.length === 1);
        assert.deepEqual([stream.status, stream.type, stream.told[0]], [200, 'text/event-stream', ['unread', '0']]);
        await reader.postForm(`/n/${mine}/like`, { on: 1 });
        await until('the page is told', async () => stream.told.length === 2);
        assert.deepEqual(stream.told[1], ['unread', '1']);
        await quiet.post('/inbox/read');
        await until('the number goes', async () => stream.told.at(-1)[1] === '0');
        stream.close();
    });

    it('ends a stream with its session', async () => {
        const leaving = await member(server());
        const stream = listen(leaving);
        await until('it begins', async () => stream.told.length === 1);
        expect(await leaving.post('/signout'), 303);
        await until('it ends', async () => stream.over);
        const visitor = listen(server().client());
        await until('nobody listens without a session', async () => visitor.over);
        assert.ok([303, 401].includes(visitor.status), `${visitor.status}`);
    });

    it('has a place for some pages of one person and sends the others away', async () => {
        const many = await member(server());
        const streams = Array.from({ length: 8 }, () => listen(many));
        await until('each is answered', async () => streams.every((one) => one.status));
        assert.deepEqual(streams.map((one) => one.status).sort(), [200, 200, 200, 200, 200, 200, 204, 204]);
        for (const one of streams) one.close();
        await until('places are free again', async () => {
            const again = listen(many);
            await until('it is answered', async () => again.status);
            again.close();
            return again.status === 200;
        });
    });

    it('stops with pages that listen', async () => {
        const last = await member(server());
        const streams = Array.from({ length: 4 }, () => listen(last));
        await until('all listen', async () => streams.every((one) => one.told.length === 1));
        const began = Date.now();
        await server().stop();
        assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
        await until('all are over', async () => streams.every((one) => one.over));
        await server().start();
    });
});
