// The matrix in smaller: who sees a person, what somebody says below a note,
// a collection, a conversation, a video; and after a block, a suspension, a deletion.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { film } from '../support/film.mjs';
import { conversation, giveRole, member, newKey, PASSWORD, publish, signIn } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';
import { every, isSeen, textOf } from '../support/reach_paths.mjs';
import { follow } from '../support/reach_world.mjs';

const json = { Accept: 'application/json' };
const isRight = (wrong) => assert.ok(wrong.length === 0, `${wrong.length} things are wrong:\n${wrong.slice(0, 40).join('\n')}`);

const block = async (client, handle, on = 1) => expect(await client.post(`/u/${handle}/block`, { on }), 303);

// Readers of what `whom` makes: { visitor, member, blocked, blocker, muter, moderator, key }.
async function readersOf(server, prefix) {
    const readers = { visitor: server.client(), key: server.operator() };
    for (const who of ['member', 'blocked', 'blocker', 'muter', 'moderator']) readers[who] = await member(server, { handle: `${prefix}_${who}` });
    await giveRole(server, `${prefix}_moderator`, 'moderator');
    readers.moderator = await signIn(server, `${prefix}_moderator`);
    return readers;
}

async function part(readers, prefix, client, on = 1) {
    await block(client, `${prefix}_blocked`, on);
    await block(readers.blocker, client.handle, on);
    expect(await readers.muter.postForm(`/u/${client.handle}/mute`, { on }), 200);
}

// Every reader by every path: shown where `sees` says so, else refused or without a word of it.
async function walk(readers, paths, marks, sees) {
    const wrong = [];
    for (const [who, client] of Object.entries(readers)) {
        for (const address of paths) {
            const may = sees(who, address);
            const answers = await every(client, address);
            const [page] = answers;
            // What is data need not say all that the page says.
            if (may === true && !client.bearer && !(isSeen(page) && marks.some((mark) => textOf(page).includes(mark)))) {
                wrong.push(`${who} × ${address}: ${page.status}, is not there`);
            }
            for (const answer of answers) {
                const leaks = marks.filter((mark) => textOf(answer).includes(mark));
                if (!may && leaks.length) wrong.push(`${who} × ${address}: ${answer.status}, shows ${leaks}`);
            }
        }
    }
    return wrong;
}

const apart = (who) => ['blocked', 'blocker'].includes(who);
const signed = (who) => !['visitor', 'key'].includes(who);

conversation('who sees a person', {}, (server) => {
    let owner, readers;
    const paths = ['/u/pat_r', '/u/pat_before', '/u/pat_r/notes', '/u/pat_r/collections', '/messages/pat_r', '/report?kind=person&id=pat_r'];
    const seesPerson = (who, address) => {
        if (apart(who) || (address.startsWith('/messages') && !signed(who))) return false;
        return address === '/u/pat_before' || address.endsWith('/notes') ? 'may' : true; // leads on
    };

    // Doing something to somebody: 404 for who does not see them.
    async function deeds(seen) {
        const wrong = [];
        for (const who of Object.keys(readers).filter(signed)) {
            for (const [path, fields] of [['/u/pat_r/follow', { on: 1 }], ['/messages/pat_r', { body: 'Hello' }], ['/report', { kind: 'person', id: 'pat_r', harm: 'spam' }]]) {
                const { status } = await readers[who].postForm(path, fields, { 'Idempotency-Key': newKey() });
                if ((status === 404) === seen(who)) wrong.push(`${who} × POST ${path}: ${status}`);
            }
        }
        return wrong;
    }

    it('shows them to all but those apart', async () => {
        owner = await member(server(), { handle: 'pat_before', name: 'Zq Pat qz' });
        expect(await owner.post('/me/profile', { name: 'Zq Pat qz', handle: 'pat_r', bio: 'zqbioqz' }), 303);
        owner.handle = 'pat_r';
        readers = await readersOf(server(), 'p');
        const all = (who, address) => (address.startsWith('/messages') && !signed(who) ? false : seesPerson('member', address));
        isRight(await walk(readers, paths, ['Zq Pat qz', 'zqbioqz'], all));
        await part(readers, 'p', owner);
        isRight(await walk(readers, paths, ['Zq Pat qz', 'zqbioqz'], seesPerson));
        for (const who of ['blocked', 'blocker']) {
            for (const address of paths) for (const answer of await every(readers[who], address)) assert.equal(answer.status, 404, `${who} × ${address}`);
        }
        isRight(await deeds((who) => !apart(who)));
    });

    it('names them in one place alone: to whoever blocked them, on the list of the blocked', async () => {
        for (const [who, has] of [['blocker', true], ['blocked', false]]) {
            assert.equal((await readers[who].get('/me/blocked')).text.includes('Zq Pat qz'), has, who);
        }
    });

    it('keeps who is suspended, and nothing of who is gone', async () => {
        expect(await server().operator().postForm('/operator/people/pat_r/suspend', { on: 1, reason: 'Spam' }), 200, 303);
        isRight(await walk(readers, paths, ['Zq Pat qz', 'zqbioqz'], seesPerson));
        expect(await owner.post('/me/delete', { password: PASSWORD }), 303);
        isRight(await walk(readers, [...paths, '/me/blocked', '/inbox', '/messages'], ['Zq Pat qz', 'zqbioqz'], () => false));
        isRight(await deeds(() => false));
    });
});

// What is said below a note, by what became of it, and who reads it.
const SAID = {
    shown: (who) => !apart(who) && who !== 'muter',
    marked: (who) => !apart(who) && who !== 'muter',
    answering: (who) => !apart(who) && who !== 'muter',
    waiting: (who) => ['host', 'speaker'].includes(who),
    held: (who) => who === 'speaker',
    hidden: (who) => who === 'speaker',
    deleted: () => false,
};

conversation('who reads a comment', { new_account_hours: 0 }, (server) => {
    let host, speaker, readers, note, strict;
    const said = {};
    const word = (what) => `zq${what}said`;
    const on = (what) => (what === 'waiting' ? strict : note);

    async function say(what, more = {}, extra = '') {
        const fields = { body: `${word(what)} ${extra} @c_host @c_member @c_blocked @c_blocker @c_muter`, ...more };
        said[what] = expect(await speaker.postForm(`/n/${on(what)}/comments`, fields), 201).json.id;
    }

    async function lay() {
        host = await member(server(), { handle: 'c_host' });
        speaker = await member(server(), { handle: 'c_speaker', name: 'Zq Speaker qz' });
        readers = { ...await readersOf(server(), 'c'), host, speaker };
        note = await publish(host, { title: 'Which tea?', kind: 3 });
        strict = await publish(host, { title: 'I look first', who_comments: 3 });
        expect(await server().operator().postForm('/operator/words', { words: 'unspeakable', section: '' }), 200);
        const first = expect(await readers.member.postForm(`/n/${note}/comments`, { body: 'What I think' }), 201).json.id;
        for (const what of ['shown', 'marked', 'waiting', 'hidden', 'deleted']) await say(what);
        await say('answering', { parent: first });
        await say('held', {}, 'unspeakable');
        // Somebody answers the speaker, who is named there.
        expect(await readers.member.postForm(`/n/${note}/comments`, { body: 'To that', parent: said.answering }), 201);
        expect(await host.postForm(`/c/${said.marked}/answer`, { on: 1 }), 200, 303);
        await until('all were told', async () => {
            const texts = await Promise.all(['host', 'member', 'blocked', 'blocker', 'muter'].map(async (who) => (await readers[who].get('/inbox?limit=60')).text));
            return texts.every((text) => ['shown', 'hidden', 'deleted', 'answering'].every((what) => text.includes(word(what))));
        });
        return first;
    }

    // Where a comment is read, and where it may be.
    const paths = (what) => [`/n/${on(what)}`, `/n/${on(what)}/comments?limit=60`, `/n/${on(what)}/comments?sort=liked&limit=60`];
    const also = (what, first) => [`/n/${note}/comments?thread=${first}`, `/n/${note}/comments?thread=${said[what]}`, `/n/${note}?reply=${said[what]}`, `/report?kind=comment&id=${said[what]}`, '/inbox?limit=60'];

    async function walkSaid(first) {
        const wrong = [];
        for (const [what, rule] of Object.entries(SAID)) {
            const sees = (who, address) => rule(who) && (address.startsWith(`/n/${on(what)}/comments`) && what === 'waiting' && who === 'host' ? 'may' : rule(who) && (what === 'marked' || !address.includes('?')) ? true : 'may');
            wrong.push(...await walk(readers, paths(what), [word(what)], sees));
            // A mute only takes things out of lists: what the inbox told before stays, and one may answer and report.
            const may = (who, address) => (rule(who) || (who === 'muter' && rule('member') && !address.includes('comments?thread')) ? 'may' : false);
            wrong.push(...await walk(readers, also(what, first), [word(what)], may));
        }
        wrong.push(...await walk(readers, [...paths('shown'), ...also('shown', first)], ['Zq Speaker qz'], (who) => (apart(who) ? false : 'may')));
        return wrong;
    }

    it('shows each to whom it is for, at once', async () => {
        const first = await lay();
        const judge = readers.moderator;
        expect(await readers.member.postForm('/report', { kind: 'comment', id: said.hidden, harm: 'insult' }), 201);
        const cases = (await judge.api('/moderation')).items;
        const found = await Promise.all(cases.map(async (one) => [one.id, (await judge.get(`/moderation/${one.id}`)).text]));
        const [id] = found.find(([, text]) => text.includes(word('hidden')));
        expect(await judge.postForm(`/moderation/${id}`, { act: 'hide', rule: 'insult', body: 'Please be kind.', days: 3 }), 200);
        expect(await speaker.postForm(`/c/${said.deleted}/delete`), 200);
        await part(readers, 'c', speaker);
        isRight(await walkSaid(first));
    });

    it('lets nobody act on what they do not read', async () => {
        const wrong = [];
        for (const [what, rule] of Object.entries(SAID)) {
            for (const who of Object.keys(readers).filter((one) => signed(one) && one !== 'speaker')) {
                const may = rule('member') && !apart(who);
                const deeds = {
                    like: await readers[who].postForm(`/c/${said[what]}/like`, { on: 1 }),
                    answer: await readers[who].postForm(`/n/${on(what)}/comments`, { body: 'To you', parent: said[what] }),
                    report: await readers[who].postForm('/report', { kind: 'comment', id: said[what], harm: 'spam' }),
                };
                for (const [deed, answer] of Object.entries(deeds)) {
                    if (may !== (answer.status < 300)) wrong.push(`${who} × ${what} × ${deed}: ${answer.status}`);
                }
            }
        }
        isRight(wrong);
    });

    it('shows them again when the two make up', async () => {
        await part(readers, 'c', speaker, 0);
        isRight(await walk(readers, paths('shown').slice(0, 1), [word('shown')], () => true));
    });
});

conversation('who opens a collection, a conversation, a video', { new_account_hours: 0 }, (server) => {
    let owner, readers;

    it('opens a collection to whom it is for, and closes it at once', async () => {
        owner = await member(server(), { handle: 'k_owner' });
        readers = await readersOf(server(), 'k');
        const made = expect(await owner.post('/me/collections', { name: 'zqkeptqz', open: 1 }), 303);
        const paths = [made.location, '/u/k_owner/collections'];
        isRight(await walk(readers, paths, ['zqkeptqz'], () => true));
        await part(readers, 'k', owner);
        isRight(await walk(readers, paths, ['zqkeptqz'], (who) => !apart(who)));
        expect(await owner.post(made.location, { name: 'zqkeptqz' }), 303);
        isRight(await walk(readers, paths, ['zqkeptqz'], () => false));
        isRight(await walk({ owner }, paths, ['zqkeptqz'], () => true));
        for (const who of Object.keys(readers).filter(signed)) {
            for (const path of [made.location, `${made.location}/delete`]) assert.equal((await readers[who].postForm(path, { name: 'Mine', open: 1 })).status, 404, `${who} × ${path}`);
        }
        await part(readers, 'k', owner, 0);
    });

    it('keeps a conversation to its two, and from both after a block', async () => {
        const other = readers.member;
        await follow(owner, 'k_member');
        await follow(other, 'k_owner');
        const media = await owner.photo(picture(333, 333, [7, 77, 177]), 'zqphotoqz');
        const sent = expect(await owner.postForm('/messages/k_member', { body: 'zqtoldqz', media }), 201).json;
        const { src } = (await owner.api('/messages/k_member')).items[0].photo;
        const paths = ['/messages', '/messages/k_owner', '/messages/k_member', `/messages/by/${sent.talk}`, `/report?kind=message&id=${sent.id}`];
        const two = (who, address) => (who !== 'member' ? false : /^\/messages(\/k_owner|)$|report/.test(address) ? true : 'may');
        isRight(await walk(readers, paths, ['zqtoldqz'], two));
        for (const [who, client] of Object.entries(readers)) assert.equal((await client.get(src)).status, who === 'member' ? 200 : 404, who);
        await block(owner, 'k_member');
        isRight(await walk({ ...readers, owner }, paths.slice(0, 4), ['zqtoldqz'], () => false));
        await block(owner, 'k_member', 0);
        isRight(await walk(readers, paths, ['zqtoldqz'], two));
    });

    it('plays a video to whom its note is for: both sizes, poster, captions', async () => {
        const files = [{ name: 'photo', bytes: film({ width: 1280, height: 740, seconds: 1 }), filename: 'a.mp4', type: 'video/mp4' }];
        const { id: media } = expect(await owner.postFiles('/media', { alt: 'colours' }, files, json), 201).json;
        const sheet = [{ name: 'captions', bytes: Buffer.from('WEBVTT\n\n00:00.000 --> 00:00.500\nHello\n'), filename: 'c.vtt', type: 'text/vtt' }];
        await until('the video is ready', async () => (await owner.api(`/media/${media}`)).state === 'ready', 120000);
        expect(await owner.postFiles(`/media/${media}/captions`, { lang: 'en' }, sheet, json), 200);
        const note = await publish(owner, { title: 'Moving', photo: media });
        const { video } = (await owner.api(`/n/${note}`)).photos[0];
        const files4 = [video.small, video.large, video.poster, video.captions];
        await follow(readers.muter, 'k_owner');
        const plays = async (sees) => {
            for (const [who, client] of Object.entries({ ...readers, owner })) {
                for (const file of files4) assert.equal((await client.get(file)).status, sees(who) ? 200 : 404, `${who} × ${file}`);
            }
        };
        await plays(() => true);
        expect(await owner.post(`/n/${note}/audience`, { audience: 2 }), 303);
        await plays((who) => ['owner', 'muter'].includes(who));
        expect(await readers.muter.postForm('/u/k_owner/follow', { on: 0 }), 200);
        await plays((who) => who === 'owner');
        expect(await owner.post(`/n/${note}/audience`, { audience: 1 }), 303);
        await plays(() => true);
        expect(await owner.post(`/n/${note}/delete`), 303);
        await plays((who) => who === 'owner');
    });
});
