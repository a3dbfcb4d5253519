// The whole program under kill -9: what was answered is found afterwards.
//
// This shows that the server comes back by itself, and that answers follow the
// commit. It does not show that the disk has it: the page cache outlives the
// process. That is what fsync.test.mjs and the power cuts of tests/unit/store are for.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client } from '../support/client.mjs';
import { member, newKey, PASSWORD, publish } from '../support/kit.mjs';
import { startServer } from '../support/server.mjs';

const CYCLES = 10;
const LIKERS = 6;
const COMMENTERS = 6;
const NEWCOMERS = 2;

// What was asked for and answered in one cycle. A request that the kill cut
// off may or may not have been done: only one of each worker, the last.
class Promises {
    constructor() {
        this.likes = new Map(); // worker -> { on, asked }
        this.comments = new Map(); // id -> body
        this.asked = new Set(); // bodies of comments that were sent
        this.people = [];
    }
}

// Works until the server is gone. Anything but the wanted status fails the test.
async function work(gone, step, ...wanted) {
    while (!gone.yes) {
        const answer = await step().catch(() => null);
        if (answer === null) return; // cut off
        assert.ok(wanted.includes(answer.answer.status), `${answer.answer.status}: ${answer.answer.text}`);
        answer.keep();
    }
}

function like(liker, at, note, promises) {
    const state = { on: false, asked: false };
    promises.likes.set(at, state);
    return async () => {
        state.asked = !state.on;
        const answer = await liker.postForm(`/n/${note}/like`, { on: state.asked ? 1 : 0 });
        return { answer, keep: () => { state.on = state.asked; } };
    };
}

function comment(commenter, note, promises) {
    return async () => {
        const body = `Said under load: ${newKey()}`;
        promises.asked.add(body);
        const answer = await commenter.postForm(`/n/${note}/comments`, { body }, { 'Idempotency-Key': newKey() });
        return { answer, keep: () => promises.comments.set(answer.json.id, body) };
    };
}

let newcomers = 0;

function signUp(server, promises) {
    return async () => {
        const handle = `newcomer_${++newcomers}`;
        const answer = await server.client().post('/signup', { handle, password: PASSWORD });
        return { answer, keep: () => promises.people.push(handle) };
    };
}

async function allComments(client, note) {
    const found = new Map();
    let page = `/n/${note}/comments`;
    while (page) {
        const { items, more } = await client.api(page);
        for (const item of items) found.set(item.id, item.body);
        page = more;
    }
    return found;
}

// Everything that was answered is there, and nothing that nobody asked for.
async function check(server, likers, note, promises) {
    const reader = likers[0];
    const comments = await allComments(reader, note);
    for (const [id, body] of promises.comments) assert.equal(comments.get(id), body, `comment ${id} is lost`);
    for (const body of comments.values()) assert.ok(promises.asked.has(body), `nobody said ${body}`);
    assert.ok(comments.size <= promises.comments.size + COMMENTERS, 'more comments than were sent');
    let liked = 0;
    for (const [at, state] of promises.likes) {
        const on = (await likers[at].api(`/n/${note}`)).social.liked;
        assert.ok(on === state.on || on === state.asked, `the like of ${at} is ${on}, and was answered ${state.on}`);
        liked += on;
    }
    const shown = await reader.api(`/n/${note}`);
    assert.equal(shown.likes, liked);
    assert.equal(shown.comments, comments.size);
    for (const handle of promises.people) {
        const profile = await new Client(server.url).get(`/api/v1/u/${handle}`);
        assert.equal(profile.status, 200, `${handle} is lost`);
        assert.equal((await server.client().post('/signin', { handle, password: PASSWORD })).status, 303);
    }
}

async function cycle(server, likers, commenters, author) {
    const note = await publish(author);
    const promises = new Promises();
    const gone = { yes: false };
    const workers = [
        ...likers.map((liker, at) => work(gone, like(liker, at, note, promises), 200)),
        ...commenters.map((one) => work(gone, comment(one, note, promises), 201)),
        ...Array.from({ length: NEWCOMERS }, () => work(gone, signUp(server, promises), 303)),
    ];
    const failed = Promise.all(workers); // fails at once when a worker does
    await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 500))]);
    gone.yes = true;
    await server.kill9();
    await failed;
    await server.start();
    await check(server, likers, note, promises);
    return promises;
}

describe('kill -9', () => {
    let server;
    before(async () => { server = await startServer(); });
    after(async () => { await server?.remove(); });

    it(`${CYCLES} times under load loses nothing that was answered`, { timeout: 120000 }, async (t) => {
        const author = await member(server, { handle: 'author' });
        const likers = await Promise.all(Array.from({ length: LIKERS }, () => member(server)));
        const commenters = await Promise.all(Array.from({ length: COMMENTERS }, () => member(server)));
        let comments = 0;
        let people = 0;
        for (let i = 0; i < CYCLES; i++) {
            const promises = await cycle(server, likers, commenters, author);
            comments += promises.comments.size;
            people += promises.people.length;
            const doctor = server.verb('doctor');
            assert.equal(doctor.status, 0, doctor.out + doctor.err);
        }
        t.diagnostic(`${comments} comments and ${people} people were promised, and found`);
        assert.ok(comments > 10 * CYCLES, `only ${comments} comments: no load`);
        assert.ok(people >= CYCLES, `only ${people} people: no load`);
    });
});
