// Reports, the queue, decisions and answers: who may do what, and who sees what.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, giveRole, hides, isProblem, member, publish, shows, signIn, supplier } from '../support/kit.mjs';

const json = { Accept: 'application/json' };

conversation('moderation', {}, (server) => {
    let author, reader, moderator, second, seller, note, complaint, filed;

    const staff = async (handle, ...roles) => {
        await member(server(), { handle });
        await giveRole(server(), handle, ...roles);
        return signIn(server(), handle);
    };
    const queue = (client, show = '') => client.api(`/moderation${show}`);
    const caseOf = async (client, title, show) => (await queue(client, show)).items.find((c) => c.title === title);
    const report = (client, kind, id, harm = 'insult', body = '') => client.postForm('/report', { kind, id, harm, body });
    const act = (client, id, fields) => client.postForm(`/moderation/${id}`, { rule: 'insult', body: 'Please be kind.', days: 3, ...fields });
    const events = (kind) => server().export('log').filter((e) => e.kind === kind);

    it('is for moderators alone', async () => {
        author = await member(server(), { handle: 'author' });
        reader = await member(server(), { handle: 'reader' });
        moderator = await staff('moda', 'moderator');
        second = await staff('modb', 'moderator');
        isProblem(await reader.get('/moderation', json), 403);
        isProblem(await server().client().get('/moderation', json), 401);
        isProblem(await moderator.get('/operator/words', json), 403);
        isProblem(await reader.postForm('/operator/moderators', { handle: 'reader', section: 'home' }), 403);
        shows(await moderator.get('/moderation'), /Nothing waits/);
    });

    it('takes reports of members and visitors, of everything one sees', async () => {
        note = await publish(author, { title: 'Rude words', body: 'You fool.' });
        shows(await reader.get(`/n/${note}`), new RegExp(`/report\\?kind=note&amp;id=${note}`));
        hides(await author.get(`/n/${note}`), /\/report\?kind=note/);
        shows(await reader.get(`/report?kind=note&id=${note}`), /You fool\./);
        expect(await report(reader, 'note', note), 201);
        expect(await report(reader, 'note', note), 201);
        expect(await report(server().client(), 'note', note, 'spam'), 201);
        isProblem(await report(author, 'note', note), 409);
        isProblem(await report(reader, 'note', note, 'nothing'), 422);
        isProblem(await report(reader, 'note', 'note_zzzzzzzzzzzzz'), 404);
        const typed = await reader.post('/report', { kind: 'note', id: note, harm: '', body: 'kept words' });
        assert.equal(typed.status, 422);
        shows(typed, /kept words/);
        expect(await report(reader, 'person', 'author', 'other', 'Not who they say'), 201);
        const c = expect(await reader.postForm(`/n/${note}/comments`, { body: 'Not so kind' }), 201).json;
        shows(await author.get(`/n/${note}`), new RegExp(`kind=comment&amp;id=${c.id}`));
        expect(await report(author, 'comment', c.id), 201);
        await publish(author, { title: 'With a topic', body: 'It is #odd' });
        expect(await report(reader, 'topic', 'odd', 'spam'), 201);
        const found = await caseOf(moderator, 'Rude words');
        assert.equal(found.reports, 2);
        assert.equal((await queue(moderator)).waiting, 4);
        shows(await reader.get('/me/reports'), /Waiting for a look/);
        filed = events('report.filed').length;
        assert.equal(filed, 5);
    });

    it('lets one moderator at a time act', async () => {
        const { id } = await caseOf(moderator, 'Rude words');
        expect(await moderator.post(`/moderation/${id}/claim`), 303);
        isProblem(await second.post(`/moderation/${id}/claim`, {}, json), 409);
        isProblem(await act(second, id, { act: 'hide' }), 409);
        shows(await second.get(`/moderation/${id}`), /Somebody else is looking/);
        shows(await moderator.get(`/moderation/${id}`), /You fool\./);
        isProblem(await act(moderator, id, { act: 'hide', body: '' }), 422);
        isProblem(await act(moderator, id, { act: 'hide', rule: '' }), 422);
        isProblem(await act(reader, id, { act: 'hide' }), 403);
        expect(await act(moderator, id, { act: 'hide' }), 200);
    });

    it('hides from all but the author, who reads why and answers once', async () => {
        for (const who of [reader, server().client(), moderator]) assert.equal((await who.get(`/n/${note}`)).status, 404);
        hides(await reader.get('/u/author'), new RegExp(note));
        const own = await author.get(`/n/${note}`);
        shows(own, /This note is hidden/);
        shows(own, /people with respect/);
        shows(own, /Please be kind/);
        const [decision] = (await author.api('/me/decisions')).items;
        assert.equal(decision.may_answer, true);
        isProblem(await reader.get(`/me/decisions/${decision.id}`, json), 404);
        isProblem(await reader.postForm(`/me/decisions/${decision.id}/answer`, { body: 'mine' }), 404);
        isProblem(await author.postForm(`/me/decisions/${decision.id}/answer`, { body: ' ' }), 422);
        expect(await author.postForm(`/me/decisions/${decision.id}/answer`, { body: 'It was a joke.' }), 200);
        isProblem(await author.postForm(`/me/decisions/${decision.id}/answer`, { body: 'Again' }), 409);
        isProblem(await act(moderator, decision.id, { act: 'restore' }), 403);
        shows(await second.get(`/moderation/${decision.id}`), /It was a joke/);
        expect(await act(second, decision.id, { act: 'restore' }), 200);
        assert.equal((await reader.get(`/n/${note}`)).status, 200);
        shows(await reader.get('/me/reports'), /brought back/);
    });

    it('asks for a correction before a sanction, and counts it', async () => {
        const text = await publish(author, { title: 'Wrong price', body: 'It costs nothing.' });
        expect(await report(reader, 'note', text, 'untrue'), 201);
        const { id } = await caseOf(moderator, 'Wrong price');
        expect(await act(moderator, id, { act: 'correct', rule: 'untrue', body: 'Say the price.' }), 200);
        shows(await author.get(`/n/${text}`), /Please correct this note/);
        assert.equal((await reader.get(`/n/${text}`)).status, 200);
        assert.equal(await caseOf(moderator, 'Wrong price'), undefined);
        expect(await author.postForm(`/me/decisions/${id}/corrected`), 200);
        assert.equal((await caseOf(second, 'Wrong price')).corrected, true);
        expect(await act(second, id, { act: 'leave' }), 200);
        assert.equal(events('correction.accepted').length, 1);
        assert.match(JSON.stringify(events('correction.accepted')[0]), /took/);
    });

    it('keeps a complaint out of reach of the one complained of', async () => {
        seller = await supplier(server(), [{ slug: 'pan', name: 'Pan' }], 'pansmith');
        await giveRole(server(), 'pansmith', 'supplier', 'moderator');
        complaint = await publish(author, { title: 'The pan burns', body: 'pansmith sold me this.', kind: 5, pin_photo: 1, pin_x: 500, pin_y: 500, pin_product: 'pan', pin_connection: 'bought' });
        expect(await report(seller, 'note', complaint, 'untrue'), 201);
        const brand = events('report.filed').at(-1);
        assert.match(JSON.stringify(brand), /brand[^:]*:\s*true/);
        const { id } = await caseOf(moderator, 'The pan burns');
        for (const what of ['hide', 'leave', 'correct', 'warn', 'limit']) isProblem(await act(seller, id, { act: what }), 403);
        isProblem(await seller.post(`/moderation/${id}/claim`, {}, json), 403);
        await giveRole(server(), 'pansmith', 'supplier', 'operator');
        isProblem(await act(seller, id, { act: 'hide' }), 403);
        assert.equal((await reader.get(`/n/${complaint}`)).status, 200);
        expect(await act(moderator, id, { act: 'leave' }), 200);
        assert.equal((await reader.get(`/n/${complaint}`)).status, 200);
        const link = (await reader.get('/p/pan')).text.match(/\/report\?kind=product&amp;id=(prod_\w+)/);
        expect(await report(reader, 'product', link[1], 'fake_goods'), 201);
        isProblem(await report(seller, 'product', link[1], 'fake_goods'), 409);
        assert.equal((await caseOf(moderator, 'Pan')).owner, 'pansmith');
    });

    it('holds words until somebody has looked', async () => {
        const operator = await staff('chief', 'operator');
        expect(await operator.postForm('/operator/words', { words: '減肥藥\nmiracle cure', section: '' }), 200);
        isProblem(await operator.postForm('/operator/words', { words: '', section: '' }), 422);
        isProblem(await operator.postForm('/operator/words', { words: 'x', section: 'nowhere' }), 422);
        const held = await publish(author, { title: 'Ａ Ｍｉｒａｃｌｅ Cure', body: 'x' });
        assert.equal((await reader.get(`/n/${held}`)).status, 404);
        shows(await author.get(`/n/${held}`), /Waiting for a look/);
        hides(await reader.get('/'), new RegExp(held));
        const comment = expect(await reader.postForm(`/n/${note}/comments`, { body: '减 肥 药!' }), 201).json;
        hides(await author.get(`/n/${note}`), new RegExp(comment.id));
        shows(await reader.get(`/n/${note}`), new RegExp(comment.id));
        const { id } = await caseOf(moderator, 'Ａ Ｍｉｒａｃｌｅ Cure') ?? (await queue(moderator)).items.find((c) => c.held && c.kind === 'note');
        expect(await act(moderator, id, { act: 'leave' }), 200);
        assert.equal((await reader.get(`/n/${held}`)).status, 200);
        assert.equal(events('content.released').length, 1);
    });

    it('gives a section moderator that section and no other', async () => {
        const helper = await member(server(), { handle: 'helper' });
        const operator = await signIn(server(), 'chief');
        isProblem(await operator.postForm('/operator/moderators', { handle: 'nobody_here', section: 'food' }), 422);
        expect(await operator.postForm('/operator/moderators', { handle: 'helper', section: 'food' }), 200);
        const inFood = await publish(author, { title: 'In food', section: 'food' });
        const inHome = await publish(author, { title: 'In home', section: 'home' });
        expect(await report(reader, 'note', inFood), 201);
        expect(await report(reader, 'note', inHome), 201);
        assert.deepEqual((await queue(helper)).items.map((c) => c.title), ['In food']);
        assert.equal((await helper.api('/me')).moderation, 1); // of their section alone
        assert.equal((await moderator.api('/me')).moderation, (await queue(moderator)).waiting);
        shows(await helper.get('/me'), /href="\/moderation".*<span class="menu-count">1</s);
        assert.equal((await reader.api('/me')).moderation, undefined);
        hides(await reader.get('/me'), /href="\/moderation"/);
        const other = await caseOf(moderator, 'In home');
        isProblem(await helper.get(`/moderation/${other.id}`, json), 403);
        isProblem(await act(helper, other.id, { act: 'hide' }), 403);
        const own = await caseOf(helper, 'In food');
        isProblem(await act(helper, own.id, { act: 'limit' }), 403);
        expect(await act(helper, own.id, { act: 'hide' }), 200);
        assert.equal((await helper.api('/me')).moderation, 0);
        shows(await helper.get('/me'), /href="\/moderation"/);
        expect(await operator.postForm('/operator/moderators/remove', { handle: 'helper', section: 'food' }), 200);
        isProblem(await helper.get('/moderation', json), 403);
        hides(await helper.get('/me'), /href="\/moderation"/);
    });

    it('stops somebody from writing, and tells them how long', async () => {
        const loud = await member(server(), { handle: 'loud' });
        expect(await report(reader, 'person', 'loud', 'spam'), 201);
        const { id } = await caseOf(moderator, 'loud');
        expect(await act(moderator, id, { act: 'limit', rule: 'spam', stop: 1, days: 2 }), 200);
        const refused = await loud.post(`/n/${note}/comments`, { body: 'my long words' });
        assert.equal(refused.status, 422);
        shows(refused, /my long words/);
        shows(refused, /cannot write for another 4\d h/);
        expect(await loud.postForm(`/me/decisions/${id}/answer`, { body: 'Sorry.' }), 200);
        expect(await act(second, id, { act: 'restore' }), 200);
        expect(await loud.postForm(`/n/${note}/comments`, { body: 'my words' }), 201);
    });
});

conversation('limits of a new account', { rate_factor: 100, new_account_notes: 2, new_account_links: 0, simulation: false }, (server) => {
    it('counts what was deleted too', async () => {
        const fresh = await member(server(), { handle: 'fresh' });
        const one = await publish(fresh);
        expect(await fresh.post(`/n/${one}/delete`), 303);
        const two = await publish(fresh);
        await assert.rejects(publish(fresh), /at most 2 notes|422/);
        const link = await fresh.postForm(`/n/${two}/comments`, { body: 'see https://spam.example' });
        isProblem(link, 422);
        expect(await fresh.postForm(`/n/${two}/comments`, { body: 'no link' }), 201);
    });
});
