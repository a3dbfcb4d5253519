// Who sees what, as a matrix: every reader, every note, every path, and again
// after everything that changes it. The rule is stated once, in SEES; what is
// not as it says stands in EXCEPT with its reason.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, PASSWORD } from '../support/kit.mjs';
import { ELSEWHERE, every, isSeen, LISTS, PATHS, textOf } from '../support/reach_paths.mjs';
import { closeNotes, follow, judge, layWorld, partPeople, SEES, SHOWN_ONCE, WHAT, WHO } from '../support/reach_world.mjs';

const EXCEPT = [
    { path: 'photos, in every size', what: ['everyone', 'by_suspended'], who: WHO, sees: true, why: 'a photo of an open note is for whoever has its address; shared caches keep it' },
    { path: 'photos, in every size', what: ['hidden', 'held'], who: ['moderator'], sees: true, why: 'who judges a case sees its photos' },
    { path: 'photos, in every size', what: WHAT.filter((what) => !what.startsWith('by_')), who: ['author'], sees: true, why: 'one’s own uploads' },
    { path: 'the page', what: ['scheduled', 'hidden', 'held'], who: ['author'], sees: true, why: 'the author reads what came of it' },
    { path: 'what it said before', what: ['scheduled', 'hidden', 'held'], who: ['author'], sees: true, why: 'as the page' },
];

const excepted = (path, what, who) => EXCEPT.find((e) => e.path === path && e.what.includes(what) && e.who.includes(who));

// What readers and notes are by now: `world.now` says what each became.
const roleOf = (world, who) => world.now[who] ?? who;
const signedIn = (world, who) => !['visitor', 'gone', 'key'].includes(roleOf(world, who));

// By the rule, whatever the path.
const RULE = (world, what, who) => SEES[roleOf(world, what)](roleOf(world, who));

// What one reader may see of one note by one path.
const sees = (world, rule, path, what, who) => excepted(path, roleOf(world, what), who)?.sees ?? rule(world, what, who);

const marksIn = (answer, marks) => marks.filter((mark) => textOf(answer).includes(mark));

// How a reader is refused what they do not see.
function refusals(world, path, who, seen) {
    if (path.deed && who === 'key') return [403];
    if (path.deed && who === 'suspended') return [403];
    if ((path.deed || path.own) && !signedIn(world, who)) return path.deed ? [401] : [401, 303, 404];
    if (path.signed && !signedIn(world, who)) return who === 'key' && seen ? [200] : [401, 303, 404];
    if (path.quoted) return [422, 404];
    return seen ? [403, 404] : [404];
}

const applies = (path, note) => (path.draft ? note.draft : note.id) && (!path.pinned || note.pin) && (!path.commented || note.comment);

// One path for one reader; what is wrong with it, in words.
async function walkPath(world, rule, name, what, who) {
    const [path, note, client] = [PATHS[name], world.notes[what], world.people[who]];
    if (path.own && who === 'author') return []; // theirs to change, which would end the walk
    const may = !path.own && sees(world, rule, name, what, who);
    const seen = rule(world, what, who);
    const open = may && !(path.signed && !signedIn(world, who)) && !(path.deed && (!signedIn(world, who) || who === 'suspended'));
    const wrong = [];
    for (const answer of await path.ask(client, note, world, who)) {
        const where = `${who} × ${what} × ${name}: ${answer.status}`;
        if (open && path.quoted ? ![201, 404].includes(answer.status) : open && !isSeen(answer)) wrong.push(`${where}, and should see it`);
        if (!open && !refusals(world, path, who, seen).includes(answer.status)) wrong.push(`${where}, and should not`);
        if (!seen && !may && !path.photos) for (const mark of marksIn(answer, note.marks)) wrong.push(`${where}, shows ${mark}`);
    }
    return wrong;
}

async function walkPaths(world, rule, { whats = WHAT, whos = WHO, deeds = true } = {}) {
    const walks = whos.map(async (who) => {
        const wrong = [];
        for (const what of whats) {
            for (const [name, path] of Object.entries(PATHS)) {
                if ((deeds || !path.deed) && applies(path, world.notes[what])) wrong.push(...await walkPath(world, rule, name, what, who));
            }
        }
        return wrong;
    });
    return (await Promise.all(walks)).flat();
}

const shownIn = (answers, note) => answers.map((answer) => marksIn(answer, [note.id, ...note.marks].filter(Boolean)));

// `loose` while all is open: what a list is for does not matter yet.
async function walkList(world, rule, name, who, whats, loose) {
    const [list, client, wrong] = [LISTS[name], world.people[who], []];
    for (const one of list.paths) {
        const address = typeof one === 'function' ? one(world) : one;
        const answers = await every(client, address);
        for (const what of whats) {
            const seen = rule(world, what, who);
            const has = seen && !(list.signed && !signedIn(world, who)) && list.has(roleOf(world, what), roleOf(world, who), who);
            for (const found of shownIn(answers, world.notes[what])) {
                if (!seen && found.length) wrong.push(`${who} × ${what} × ${address}: shows ${found}`);
                if (!loose && has === true && !found.length) wrong.push(`${who} × ${what} × ${address}: is not there`);
                if (!loose && !has && found.length) wrong.push(`${who} × ${what} × ${address}: shows ${found}, and is no list for it`);
            }
        }
    }
    return wrong;
}

async function walkLists(world, rule, { whats = WHAT, whos = WHO, loose = false } = {}) {
    const walks = whos.map(async (who) => {
        const wrong = [];
        for (const name of Object.keys(LISTS)) wrong.push(...await walkList(world, rule, name, who, whats, loose));
        return wrong;
    });
    return (await Promise.all(walks)).flat();
}

// The author's own pages, and the queue of who judges, say what is theirs.
const THEIRS = { author: /^/, moderator: /^\/moderation$/, key: /^\/moderation$/ };

// Every page that needs no parameter, found in the route table: nothing unseen is in it.
async function walkPlain(world, rule, rows) {
    const plain = rows.filter((r) => r.method === 'GET' && !r.path.includes(':') && !/^\/(me\/stream|metrics|setup)$/.test(r.path) && r.who !== 'operator');
    const walks = WHO.map(async (who) => {
        const wrong = [];
        for (const { path } of plain) {
            const answers = await every(world.people[who], path);
            for (const what of WHAT.filter((one) => !rule(world, one, who))) {
                if (THEIRS[who]?.test(path) && !['deleted', 'by_gone'].includes(what)) continue;
                for (const found of shownIn(answers, world.notes[what])) if (found.length) wrong.push(`${who} × ${what} × ${path}: shows ${found}`);
            }
        }
        return wrong;
    });
    return (await Promise.all(walks)).flat();
}

// All that stands in somebody's copy of their data.
async function copyOf(server, client) {
    expect(await client.post('/me/export'), 303);
    const { id } = await until('the copy is ready', async () => (await client.api('/me/privacy')).copies.find((one) => one.state === 'ready'), 30000);
    const all = 'import sys,zipfile; z = zipfile.ZipFile(sys.argv[1]); [sys.stdout.buffer.write(n.encode() + z.read(n)) for n in z.namelist()]';
    return execFileSync('python3', ['-c', all, join(server.dir, 'exports', `${id}.zip`)], { maxBuffer: 1 << 28 }).toString('latin1');
}

function routesOf(server) {
    const printed = server.verb('routes');
    assert.equal(printed.status, 0, printed.err);
    return printed.out.trim().split('\n').map((line) => {
        const [method, path, who] = line.trim().split(/\s+/);
        return { method, path, who };
    });
}

// Few words for much: the first of what is wrong.
const isRight = (wrong) => assert.ok(wrong.length === 0, `${wrong.length} things are wrong:\n${wrong.slice(0, 40).join('\n')}`);

const open = (world, what) => SHOWN_ONCE.includes(what);

conversation('who sees what', { simulation: true, new_account_hours: 0 }, (server) => {
    let world, rows;

    it('knows every door there is', () => {
        rows = routesOf(server());
        const named = new Set([...Object.values(PATHS), ...Object.values(LISTS)].flatMap((path) => path.routes));
        const known = rows.map((r) => `${r.method} ${r.path}`);
        assert.deepEqual(known.filter((row) => !named.has(row) && !ELSEWHERE.some(([like]) => like.test(row))), [], 'rows of the route table that the matrix does not know');
        assert.deepEqual([...named].filter((row) => !known.includes(row)), [], 'rows of the matrix that are no more');
    });

    it('shows everything to everybody while nothing is closed', async () => {
        world = await layWorld(server());
        isRight(await walkPaths(world, open, { whats: SHOWN_ONCE, deeds: false }));
    });

    it('holds in every list, the moment things close', async () => {
        isRight(await walkLists(world, open, { whats: SHOWN_ONCE, loose: true }));
        await closeNotes(world);
        await partPeople(world);
        isRight(await walkLists(world, RULE));
    });

    it('holds on every page of the route table', async () => {
        isRight(await walkPlain(world, RULE, rows));
    });

    it('holds on every path, for everybody', async () => {
        isRight(await walkPaths(world, RULE));
    });

    it('puts nothing of another’s note into a copy of one’s data', async () => {
        for (const who of ['follower', 'blocked']) {
            const copy = await copyOf(world.server, world.people[who]);
            assert.ok(copy.includes(`r_${who}`), 'it is their copy');
            for (const note of Object.values(world.notes)) assert.deepEqual(note.marks.filter((mark) => copy.includes(mark)), [], `${who} × ${note.what}`);
        }
    });

    // The same addresses, at once, by everybody whom it changes or of everything
    // that it changes: nothing that was remembered is given out.
    async function becomes(now) {
        Object.assign(world.now, now);
        const changed = (all) => (all.some((one) => one in now) ? all.filter((one) => one in now) : all);
        isRight(await walkLists(world, RULE));
        isRight(await walkPaths(world, RULE, { whos: changed(WHO), whats: changed(WHAT) }));
    }

    it('turns with follows, blocks and mutes', async () => {
        const { author, blocker, follower, unfollowed, muter } = world.people;
        await follow(follower, 'r_author', 0);
        await follow(unfollowed, 'r_author');
        expect(await author.post('/u/r_blocked/block', { on: 0 }), 303);
        expect(await author.post('/u/r_stranger/block', { on: 1 }), 303);
        expect(await blocker.post('/u/r_author/block', { on: 0 }), 303);
        expect(await muter.postForm('/u/r_author/mute', { on: 0 }), 200);
        await becomes({ follower: 'plain', unfollowed: 'follower', blocked: 'plain', stranger: 'blocked', blocker: 'plain', muter: 'follower' });
        await follow(world.people.blocked, 'r_author');
        await becomes({ blocked: 'follower' });
    });

    it('turns with whom a note is for, and with what moderation decides', async () => {
        const { author } = world.people;
        for (const [what, audience] of [['followers', 1], ['everyone', 3], ['mine', 2]]) {
            expect(await author.post(`/n/${world.notes[what].id}/audience`, { audience }), 303);
        }
        await judge(world, world.notes.hidden, 'restore');
        await judge(world, world.notes.held, 'leave');
        await becomes({ followers: 'everyone', everyone: 'mine', mine: 'followers', hidden: 'everyone', held: 'everyone' });
    });

    it('turns with deletion: of a note, and of its author', async () => {
        const { author } = world.people;
        expect(await author.post(`/n/${world.notes.followers.id}/delete`), 303);
        await becomes({ followers: 'deleted' });
        expect(await author.post('/me/delete', { password: PASSWORD }), 303);
        const theirs = WHAT.filter((what) => what !== 'by_suspended').map((what) => [what, 'by_gone']);
        await becomes({ author: 'gone', ...Object.fromEntries(theirs) });
    });
});
