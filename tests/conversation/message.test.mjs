// Conversations between two people: requests, blocks, photos, goods, reports.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, multipart, until } from '../support/client.mjs';
import { conversation, giveRole, hides, isProblem, member, newKey, PASSWORD, publish, shows, signIn, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const follow = async (who, whom) => expect(await who.postForm(`/u/${whom}/follow`, { on: 1 }), 200);
const write = (who, whom, fields) => who.postForm(`/messages/${whom}`, typeof fields === 'string' ? { body: fields } : fields);
const talk = (who, whom, query = '') => who.api(`/messages/${whom}${query}`);
const said = async (who, whom) => (await talk(who, whom)).items.map((m) => m.body);
const folder = async (who, name = 'talks') => (await who.api(`/messages?folder=${name}`)).items.map((l) => l.with);

// Two people who may write to each other.
async function friends(server) {
    const [one, two] = [await member(server), await member(server)];
    await follow(one, two.handle);
    await follow(two, one.handle);
    return [one, two];
}

conversation('message', {}, (server) => {
    let lin, bo;

    it('puts what a stranger writes into the requests, once', async () => {
        lin = await member(server(), { handle: 'lin_writes' });
        bo = await member(server(), { handle: 'bo_reads' });
        const first = expect(await write(lin, 'bo_reads', 'May I ask about your <b>pot</b>?'), 201).json;
        assert.equal(first.asked, true);
        isProblem(await write(lin, 'bo_reads', 'And another thing'), 422);
        assert.deepEqual([await folder(bo), await folder(bo, 'requests')], [[], ['lin_writes']]);
        assert.deepEqual(await folder(lin), ['bo_reads']);
        shows(await bo.get('/messages?folder=requests'), /May I ask about your &lt;b&gt;pot/);
        shows(await bo.get('/messages/lin_writes'), /lin_writes would like to write to you/);
        shows(await lin.get('/messages/bo_reads'), /Your message is with them/);
    });

    it('lets a stranger send words alone', async () => {
        const other = await member(server());
        const media = await other.photo(picture(200, 200, [9, 9, 9]), '');
        const problem = isProblem(await write(other, 'bo_reads', { body: 'Look', media }), 422);
        assert.match(problem.errors?.photo ?? JSON.stringify(problem), /first message is words/i);
        isProblem(await write(other, 'bo_reads', '   '), 422);
    });

    it('opens by an answer, and says what was read', async () => {
        assert.equal((await talk(lin, 'bo_reads')).seen, false);
        expect(await write(bo, 'lin_writes', 'Please do.'), 201);
        assert.deepEqual(await folder(bo), ['lin_writes']);
        expect(await write(lin, 'bo_reads', 'Where is it from?'), 201);
        assert.deepEqual(await said(bo, 'lin_writes'), ['May I ask about your <b>pot</b>?', 'Please do.', 'Where is it from?']);
        await until('bo has read it', async () => (await talk(lin, 'bo_reads')).seen);
        shows(await lin.get('/messages/bo_reads'), /talk-seen/);
    });

    it('counts what is new for the badge, and takes it off by reading', async () => {
        const [one, two] = await friends(server());
        expect(await write(one, two.handle, 'Tea?'), 201);
        shows(await two.get('/inbox'), /1 new[^]*data-unread="[12]"/);
        assert.equal((await two.api('/inbox')).messages, 1);
        assert.equal((await two.api('/messages')).items[0].unread, true);
        await two.get(`/messages/${one.handle}`);
        await until('it is read', async () => (await two.api('/inbox')).messages === 0);
    });

    it('accepts and declines; who asked sees no difference', async () => {
        const [asker, one, two] = [await member(server()), await member(server()), await member(server())];
        expect(await write(asker, one.handle, 'Hello'), 201);
        expect(await write(asker, two.handle, 'Hello'), 201);
        assert.equal((await one.post(`/messages/${asker.handle}/accept`)).location, `/messages/${asker.handle}`);
        expect(await one.post(`/messages/${asker.handle}/accept`), 409);
        expect(await two.post(`/messages/${asker.handle}/decline`), 303);
        assert.deepEqual([await folder(two, 'requests'), await folder(two)], [[], []]);
        expect(await write(asker, one.handle, 'Good'), 201);
        isProblem(await write(asker, two.handle, 'Are you there?'), 422);
        assert.equal((await talk(asker, two.handle)).state, 'asked');
        expect(await asker.post(`/messages/${two.handle}/accept`), 409);
        expect(await write(two, asker.handle, 'After all'), 201);
        expect(await write(asker, two.handle, 'Thank you'), 201);
    });

    it('knows nobody across a block, whoever made it', async () => {
        const [one, two] = await friends(server());
        expect(await write(one, two.handle, 'Hello'), 201);
        expect(await two.post(`/u/${one.handle}/block`, { on: 1 }), 303);
        for (const [who, whom] of [[one, two], [two, one]]) {
            isProblem(await who.get(`/api/v1/messages/${whom.handle}`, { Accept: 'application/json' }), 404);
            isProblem(await write(who, whom.handle, 'Hello?'), 404);
            assert.deepEqual(await folder(who), []);
        }
        const nobody = isProblem(await write(one, 'nobody_at_all', 'Hello?'), 404);
        const blocked = isProblem(await write(one, two.handle, 'Hello?'), 404);
        assert.equal(blocked.detail, nobody.detail);
    });

    it('shows a photo to the two alone', async () => {
        const [one, two] = await friends(server());
        const other = await member(server());
        const { body, type } = multipart({ body: '', idempotency_key: newKey() }, [{ name: 'photo', filename: 'a.png', type: 'image/png', bytes: picture(300, 200, [40, 90, 160]) }]);
        const sent = await one.request('POST', `/messages/${two.handle}`, { body, headers: { 'Content-Type': type } });
        expect(sent, 303);
        const { src } = (await talk(two, one.handle)).items[0].photo;
        expect(await one.get(src), 200);
        expect(await two.get(src), 200);
        expect(await other.get(src), 404);
        expect(await server().client().get(src), 404);
        expect(await server().operator().get(src), 404);
    });

    it('asks a supplier about a product', async () => {
        const shop = await supplier(server(), [{ slug: 'clay-pot', name: 'Clay pot', price: '12.00' }]);
        const buyer = await member(server());
        const page = await buyer.get('/p/clay-pot');
        const id = page.text.match(new RegExp(`/messages/${shop.handle}\\?product=(prod_[0-9a-z]+)`))[1];
        hides(await shop.get('/p/clay-pot'), /Ask the supplier/);
        shows(await buyer.get(`/messages/${shop.handle}?product=${id}`), /Clay pot/);
        expect(await write(buyer, shop.handle, { body: 'Is it for the oven?', product: id }), 201);
        assert.equal((await talk(shop, buyer.handle)).items[0].product.slug, 'clay-pot');
        shows(await buyer.get(`/messages/${shop.handle}`), /Supplier/);
        isProblem(await write(shop, buyer.handle, { body: 'x', product: 'prod_zzzzzzzzzzzzz' }), 422);
        const note = await publish(buyer);
        expect(await write(shop, buyer.handle, { body: '', note }), 201);
        assert.equal((await talk(buyer, shop.handle)).items[1].note, note);
    });

    it('takes a message back for both, its own alone', async () => {
        const [one, two] = await friends(server());
        const { id } = expect(await write(one, two.handle, 'Not this'), 201).json;
        isProblem(await two.postForm(`/message/${id}/back`), 403);
        isProblem(await lin.postForm(`/message/${id}/back`), 404);
        expect(await one.post(`/message/${id}/back`), 303);
        const [line] = (await talk(two, one.handle)).items;
        assert.deepEqual([line.gone, line.body], [true, '']);
        isProblem(await one.postForm(`/message/${id}/back`), 404);
    });

    it('deletes a conversation for oneself', async () => {
        const [one, two] = await friends(server());
        expect(await write(one, two.handle, 'Old'), 201);
        expect(await two.post(`/messages/${one.handle}/delete`), 303);
        assert.deepEqual([await folder(two), await said(two, one.handle)], [[], []]);
        assert.deepEqual(await said(one, two.handle), ['Old']);
        expect(await write(one, two.handle, 'New'), 201);
        assert.deepEqual(await said(two, one.handle), ['New']);
        expect(await one.post(`/messages/${two.handle}/delete`), 303);
        assert.deepEqual(await said(two, one.handle), ['New']);
    });

    it('pages through a long conversation, by hand and by fragment', async () => {
        const [one, two] = await friends(server());
        let middle;
        for (let i = 0; i < 40; i++) {
            const { id } = expect(await write(one, two.handle, `line ${i}`), 201).json;
            if (i === 37) middle = id;
        }
        const page = await two.get(`/messages/${one.handle}`);
        shows(page, /line 39/);
        hides(page, /line 9</);
        const newest = await talk(two, one.handle);
        assert.equal(newest.items.length, 30);
        const earlier = await two.get(`/api/v1${newest.earlier}`, { Accept: 'application/json' });
        assert.deepEqual(earlier.json.items.map((m) => m.body), Array.from({ length: 10 }, (_, i) => `line ${i}`));
        const tail = await two.get(`/messages/${one.handle}?after=${middle}`, { 'HX-Request': 'true' });
        shows(tail, /line 38[^]*line 39[^]*talk-tail[^]*hx-swap-oob/);
        hides(tail, /line 37|<html/);
        const added = await two.post(`/messages/${one.handle}`, { body: 'And now', after: middle }, { 'HX-Request': 'true' });
        shows(added, /talk-form[^]*line 39[^]*And now/);
    });

    it('begins by fragment on a page that had nothing', async () => {
        const [one, two] = await friends(server());
        const page = await two.get(`/messages/${one.handle}`);
        const [, next] = page.text.match(/hx-get="(\/messages\/[^"]*after=msg_[0-9a-z]+)"/);
        expect(await write(one, two.handle, 'the first words'), 201);
        shows(await two.get(next, { 'HX-Request': 'true' }), /the first words[^]*id="talk-none" hx-swap-oob="delete"/);
    });

    it('tells an open page of a message at once', async () => {
        const [one, two] = await friends(server());
        const heard = new Promise((resolve, reject) => {
            const stop = new AbortController();
            const cookie = [...two.jar].map(([k, v]) => `${k}=${v}`).join('; ');
            setTimeout(() => { stop.abort(); reject(new Error('nothing was heard')); }, 8000).unref();
            fetch(`${server().url}/me/stream`, { headers: { cookie }, signal: stop.signal }).then(async (answer) => {
                let text = '';
                for await (const bytes of answer.body) {
                    text += Buffer.from(bytes).toString();
                    if (/event: message\ndata: new/.test(text) && /event: unread\ndata: 2/.test(text)) break;
                }
                stop.abort();
                resolve(text);
            }).catch(reject);
        });
        await new Promise((resolve) => { setTimeout(resolve, 300); });
        expect(await write(one, two.handle, 'secret words'), 201);
        assert.ok(!(await heard).includes('secret'));
    });

    it('shows a reported message and three before it to moderators, nothing else', async () => {
        const [one, two] = await friends(server());
        const { handle } = await member(server());
        await giveRole(server(), handle, 'moderator');
        const judge = await signIn(server(), handle);
        const ids = [];
        for (const body of ['first words', 'second words', 'third words', 'fourth words', 'bad words']) {
            ids.push(expect(await write(one, two.handle, body), 201).json.id);
        }
        shows(await two.get(`/messages/${one.handle}`), new RegExp(`/report\\?kind=message&amp;id=${ids[4]}`));
        for (const who of [judge, lin, server().operator()]) expect(await who.get(`/report?kind=message&id=${ids[4]}`), 404);
        expect(await lin.postForm('/report', { kind: 'message', id: ids[4], harm: 'insult' }), 404);
        expect(await two.post('/report', { kind: 'message', id: ids[4], harm: 'insult' }), 303);
        const queue = await server().operator().get('/moderation');
        shows(queue, /bad words/);
        const address = queue.text.match(/\/moderation\/case_[0-9a-z]+/)[0];
        const page = await judge.get(address);
        shows(page, /second words[^]*third words[^]*fourth words[^]*bad words/);
        hides(page, /first words/);
        const act = (fields) => judge.postForm(address, { rule: 'insult', body: 'Please be kind.', ...fields });
        expect(await act({ act: 'hide' }), 200);
        for (const [who, whom] of [[one, two], [two, one]]) {
            hides(await who.get(`/messages/${whom.handle}`), /bad words/);
            assert.equal((await talk(who, whom.handle)).items[4].gone, true);
            hides(await who.get('/messages'), /bad words/);
        }
        shows(await one.get('/me/decisions'), /\/me\/decisions\/case_/);
        expect(await two.get(`/report?kind=message&id=${ids[4]}`), 404);
        shows(await server().operator().get(address), /bad words/);
        expect(await act({ act: 'restore' }), 200);
        shows(await two.get(`/messages/${one.handle}`), /bad words/);
        expect(await judge.get(`/report?kind=message&id=${ids[3]}`), 404);
        isProblem(await judge.get(`/api/v1/messages/by/${(await talk(one, two.handle)).id}`, { Accept: 'application/json' }), 404);
    });

    it('keeps empty lines of somebody who left', async () => {
        const [one, two] = await friends(server());
        expect(await write(one, two.handle, 'mine, all mine'), 201);
        expect(await write(two, one.handle, 'yours'), 201);
        const { id } = await talk(two, one.handle);
        expect(await one.post('/me/delete', { password: PASSWORD }), 303);
        const [line] = (await two.api('/messages')).items;
        assert.deepEqual([line.with, line.said], ['', 'yours']);
        const left = await two.get(`/messages/by/${id}`);
        shows(left, /somebody who left[^]*This person has left/);
        hides(left, /all mine/);
        isProblem(await write(two, one.handle, 'Hello?'), 404);
        expect(await two.post(`/messages/by/${id}/delete`), 303);
        assert.deepEqual(await folder(two), []);
    });

    it('writes to the log that, and not what, was written', async () => {
        const facts = server().export('log').filter((e) => /^(message|request)\./.test(e.kind));
        assert.ok(facts.some((e) => e.kind === 'message.sent') && facts.some((e) => e.kind === 'request.accepted') && facts.some((e) => e.kind === 'request.declined'));
        assert.ok(!JSON.stringify(facts).includes('words'));
    });

    it('is for members alone, and for the two of a conversation', async () => {
        const [one, two] = await friends(server());
        const { id, talk: key } = expect(await write(one, two.handle, 'between us'), 201).json;
        const guest = server().client();
        const other = await member(server());
        const doors = [['GET', '/messages'], ['GET', `/messages/${one.handle}`], ['GET', `/messages/by/${key}`],
            ['POST', `/messages/${one.handle}`], ['POST', `/messages/${one.handle}/accept`], ['POST', `/messages/${one.handle}/decline`],
            ['POST', `/messages/${one.handle}/delete`], ['POST', `/messages/by/${key}/delete`], ['POST', `/message/${id}/back`]];
        for (const [method, path] of doors) {
            const ask = (who) => method === 'GET' ? who.get(`/api/v1${path}`, { Accept: 'application/json' }) : who.postForm(path, {});
            isProblem(await ask(guest), 401);
            const answer = await ask(other);
            assert.ok(!answer.text.includes('between us'), path);
            if (/accept|decline/.test(path)) isProblem(answer, 409);
            else if (/delete|back|by/.test(path)) isProblem(answer, 404);
        }
        assert.deepEqual(await said(two, one.handle), ['between us']);
        isProblem(await write(one, one.handle, 'to myself'), 404);
        shows(await one.get(`/u/${two.handle}`), new RegExp(`href="/messages/${two.handle}"`));
        hides(await one.get(`/u/${one.handle}`), new RegExp(`href="/messages/${one.handle}"`));
    });
});

conversation('message, limited', { rate_factor: 300, new_account_strangers: 1 }, (server) => {
    it('lets a new account write first to a few strangers in a day only', async () => {
        const eager = await member(server());
        const many = await Promise.all(Array.from({ length: 4 }, () => member(server())));
        const codes = [];
        for (const one of many) codes.push((await write(eager, one.handle, 'Hi')).status);
        assert.deepEqual(codes, [201, 201, 201, 422]);
        const friend = await member(server());
        await follow(friend, eager.handle);
        expect(await write(eager, friend.handle, 'A friend is no stranger'), 201);
    });
});
