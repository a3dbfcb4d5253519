// The people and the notes of the matrix of who sees what, and every trace that
// a note leaves with others: likes, collections, comments, messages, mentions,
// pins. All is laid while everybody sees everything; then the notes are closed
// and the people part, so that whatever still shows one is a leak.

import { expect, until } from './client.mjs';
import { giveRole, member, PASSWORD, signIn, supplier } from './kit.mjs';
import { picture } from './picture.mjs';

// Readers, by what they are to the author. `gone` had an account, and `key` is the operator's, who is no person.
export const WHO = ['visitor', 'stranger', 'follower', 'unfollowed', 'blocked', 'blocker', 'muter', 'gone', 'suspended', 'author', 'moderator', 'key'];

// Notes, by what became of them.
export const WHAT = ['everyone', 'followers', 'mine', 'draft', 'scheduled', 'hidden', 'held', 'deleted', 'by_gone', 'by_suspended'];

// Those that everybody saw once.
export const SHOWN_ONCE = WHAT.filter((what) => !['draft', 'scheduled'].includes(what));

// The one statement of who sees what; every path is held against it.
const FOLLOW = ['follower', 'muter', 'suspended'];
const APART = ['blocked', 'blocker'];
export const SEES = {
    everyone: (who) => !APART.includes(who),
    followers: (who) => who === 'author' || FOLLOW.includes(who),
    mine: (who) => who === 'author',
    by_suspended: () => true,
    draft: () => false,
    scheduled: () => false,
    hidden: () => false,
    held: () => false,
    deleted: () => false,
    by_gone: () => false,
};

const PEOPLE = ['stranger', 'follower', 'unfollowed', 'blocked', 'blocker', 'muter', 'gone', 'suspended', 'moderator'];
const FOLLOWED_ONCE = ['follower', 'unfollowed', 'blocked', 'blocker', 'muter', 'gone', 'suspended'];
const HELD_WORD = 'unspeakable';

// Words and bytes that stand in this note and in nothing else. The letters of
// `what` go between others, for a handle may be called the same.
const word = (mark, what) => `zq${mark}${what.replace('_', '')}${mark}qz`;

const form = (note, more = {}) => ({
    title: note.title, body: `${word('b', note.what)} #reachtopic ${PEOPLE.map((who) => `@r_${who}`).join(' ')}`, section: 'travel', kind: 1,
    photo: note.photo, alt: note.alt, pin_product: 'reach-cup', pin_photo: 1, pin_x: 500, pin_y: 500, pin_connection: 'none', ...more,
});

let colours = 0;

async function newNote(client, what) {
    const n = ++colours;
    const note = { what, title: word('t', what), alt: word('a', what), marks: ['t', 'b', 'o', 'a', 'c'].map((mark) => word(mark, what)) };
    note.photo = await client.photo(picture(320 + n, 700, [n * 9 % 256, n * 31 % 256, 200]), note.alt);
    return note;
}

// One that everybody sees: written, and changed once so that it has a history.
async function shownNote(client, what) {
    const note = await newNote(client, what);
    note.by = client;
    note.id = expect(await client.postForm('/notes', form(note, { body: word('o', what) })), 201).json.id;
    expect(await client.postForm(`/n/${note.id}/edit`, form(note)), 200, 303);
    const shown = await client.api(`/n/${note.id}`);
    const { image } = shown.photos[0];
    note.files = [image.src, ...image.srcset.split(',').map((one) => one.trim().split(' ')[0])].filter((file, i, all) => all.indexOf(file) === i);
    note.marks.push(image.src.match(/\/m\/(\w+)/)[1]);
    note.pin = shown.goods[0].id;
    return note;
}

// Two that nobody else ever saw.
async function unshownNotes(author) {
    const scheduled = await newNote(author, 'scheduled');
    scheduled.id = expect(await author.postForm('/notes', form(scheduled, { publish_at: '2026-06-20T12:00', tz: 0 })), 201).json.id;
    const draft = await newNote(author, 'draft');
    draft.draft = expect(await author.postForm('/me/drafts', form(draft)), 200).json.draft;
    for (const note of [scheduled, draft]) {
        note.files = [(await author.api(`/media/${note.photo}`)).image.src];
        note.marks.push(note.files[0].match(/\/m\/(\w+)/)[1]);
    }
    return { scheduled, draft };
}

export const follow = async (client, handle, on = 1) => expect(await client.postForm(`/u/${handle}/follow`, { on }), 200);

async function layPeople(server) {
    const people = { visitor: server.client(), key: server.operator() };
    for (const who of ['author', 'collector', 'hoarder', 'judge', 'by_gone', 'by_suspended', ...PEOPLE]) {
        people[who] = await member(server, { handle: `r_${who}` });
    }
    for (const who of ['moderator', 'judge']) {
        await giveRole(server, `r_${who}`, 'moderator');
        people[who] = await signIn(server, `r_${who}`);
    }
    for (const who of FOLLOWED_ONCE) await follow(people[who], 'r_author');
    return people;
}

async function layCollection(client, notes, name, open) {
    const made = expect(await client.postForm('/me/collections', { name, open }), 200, 201, 303);
    const id = (made.location ?? made.text).match(/coll_\w+/)[0];
    for (const note of notes) {
        expect(await client.postForm(`/n/${note.id}/save`, { on: 1 }), 200);
        expect(await client.postForm(`/n/${note.id}/collection`, { collection: id }), 200);
    }
    return id;
}

// What somebody does with every note.
async function layDeeds(client, notes) {
    for (const note of notes) {
        expect(await client.postForm(`/n/${note.id}/like`, { on: 1 }), 200);
        expect(await client.postForm(`/n/${note.id}/save`, { on: 1 }), 200);
        expect(await client.postForm(`/n/${note.id}/share`), 200);
    }
}

// The collector writes to everybody about every note.
async function layMessages(people, notes) {
    await Promise.all([...PEOPLE, 'author'].map(async (who) => {
        await follow(people.collector, `r_${who}`);
        await follow(people[who], 'r_collector');
        for (const note of notes) expect(await people.collector.postForm(`/messages/r_${who}`, { body: 'Look', note: note.id }), 201);
    }));
}

export async function layWorld(server) {
    expect(await server.operator().postForm('/operator/words', { words: HELD_WORD, section: '' }), 200);
    await supplier(server, [{ slug: 'reach-cup', name: 'Reach cup' }], 'r_shop');
    const people = await layPeople(server);
    const notes = {};
    for (const what of SHOWN_ONCE) notes[what] = await shownNote(people[what] ?? people.author, what);
    const all = Object.values(notes);
    for (const note of all) {
        note.comment = expect(await people.collector.postForm(`/n/${note.id}/comments`, { body: word('c', note.what) }), 201).json.id;
    }
    const world = { server, people, notes, now: { gone: 'plain' } };
    await Promise.all([...PEOPLE, 'author'].map((who) => layDeeds(people[who], all)));
    await layMessages(people, all);
    // The first of the topic's best, so that its head would speak of it.
    expect(await people.collector.postForm(`/n/${notes.everyone.id}/like`, { on: 1 }), 200);
    world.open = await layCollection(people.collector, all, 'For all to see', 1);
    world.closed = await layCollection(people.hoarder, all, 'For me alone', 0);
    expect(await people.author.post('/me/highlights', { note: [notes.everyone.id, notes.followers.id, notes.hidden.id] }), 303);
    expect(await people.stranger.postForm('/t/reachtopic/follow', { on: 1 }), 200);
    for (const note of all) expect(await people.unfollowed.postForm(`/n/${note.id}/dismiss`, { on: 1 }), 200);
    Object.assign(notes, await unshownNotes(people.author));
    await until('Explore counts them', async () => {
        const { text } = await people.visitor.get('/?limit=60');
        return all.every((note) => text.includes(note.id));
    });
    return world;
}

// A moderator decides about a note: { hide, leave, restore }.
export async function judge(world, note, act) {
    const { judge: who } = world.people;
    const cases = [...(await who.api('/moderation')).items, ...(await who.api('/moderation?show=done')).items];
    const found = cases.find((one) => one.title.includes(note.title));
    expect(await who.postForm(`/moderation/${found.id}`, { act, rule: 'insult', body: 'Please be kind.', days: 3 }), 200);
}

const suspend = async (world, handle) =>
    expect(await world.people.key.postForm(`/operator/people/${handle}/suspend`, { on: 1, reason: 'Spam' }), 200, 303);

export async function closeNotes(world) {
    const { people, notes } = world;
    expect(await people.author.post(`/n/${notes.followers.id}/audience`, { audience: 2 }), 303);
    expect(await people.author.post(`/n/${notes.mine.id}/audience`, { audience: 3 }), 303);
    expect(await people.author.post(`/n/${notes.deleted.id}/delete`), 303);
    expect(await people.collector.postForm('/report', { kind: 'note', id: notes.hidden.id, harm: 'insult', body: '' }), 201);
    await judge(world, notes.hidden, 'hide');
    expect(await people.author.postForm(`/n/${notes.held.id}/edit`, form(notes.held, { title: `${notes.held.title} ${HELD_WORD}` })), 200, 303);
    await suspend(world, 'r_by_suspended');
    expect(await people.by_gone.post('/me/delete', { password: PASSWORD }), 303);
}

export async function partPeople(world) {
    const { people } = world;
    await follow(people.unfollowed, 'r_author', 0);
    expect(await people.author.post('/u/r_blocked/block', { on: 1 }), 303);
    expect(await people.blocker.post('/u/r_author/block', { on: 1 }), 303);
    expect(await people.muter.postForm('/u/r_author/mute', { on: 1 }), 200);
    expect(await people.gone.post('/me/delete', { password: PASSWORD }), 303);
    delete world.now.gone;
    await suspend(world, 'r_suspended');
}
