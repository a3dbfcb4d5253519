// A person's data: a copy of it, and that nothing of it stays behind. Every
// column that the register says is somebody's is looked at, whatever room it
// belongs to.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, giveRole, hides, home, isProblem, member, order, PASSWORD, payFor, publish, shows, supplier } from '../support/kit.mjs';

// Words that stand in whatever the leaver writes, and in nothing else.
const MARK = 'quincunx';

const database = (server) => server.settings.database;

// All rows of a table, as JSON.
function textOf(server, table) {
    const text = database(server)
        ? execFileSync('psql', ['-X', '-q', '-At', '-d', database(server), '-c', `select coalesce(json_agg(t), '[]') from ${table} t`], { encoding: 'utf8', maxBuffer: 1 << 28 })
        : execFileSync('sqlite3', ['-readonly', '-json', path.join(server.dir, 'sward.db'), `select * from ${table}`], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return text.trim() || '[]';
}

// The same as objects; numbers of 64 bits as text.
const rowsOf = (server, table) => JSON.parse(textOf(server, table).replace(/("\w+": ?)(-?\d{16,})(?=[,}])/g, '$1"$2"'));

function register(server) {
    const printed = server.verb('columns');
    assert.equal(printed.status, 0, printed.err);
    return printed.out.trim().split('\n').map((line) => {
        const [room, table, column, type, kind, retention] = line.trim().split(/\s+/);
        return { room, table, column, type, kind, retention };
    });
}

const tablesOf = (columns) => [...new Set(columns.map((c) => c.table))];

const isEmpty = (value) => value === null || value === '' || value === 0 || value === false;

// Rows that name or show somebody: in a column that goes with the person.
function traces(server, columns, keys) {
    const found = [];
    for (const table of tablesOf(columns)) {
        const own = columns.filter((c) => c.table === table);
        const gone = own.filter((c) => c.retention === 'person');
        if (gone.length === 0) continue;
        for (const row of rowsOf(server, table)) {
            const theirs = own.some((c) => c.type === 'id' && keys.includes(String(row[c.column])));
            const kept = gone.filter((c) => !isEmpty(row[c.column]));
            if (theirs && kept.length) found.push(`${table}: ${kept.map((c) => c.column)}`);
        }
    }
    return found;
}

function filesWith(dir, mark) {
    const ran = spawnSync('grep', ['-rlaF', mark, dir], { encoding: 'utf8' });
    return ran.stdout.trim().split('\n').filter(Boolean);
}

async function copyOf(client) {
    expect(await client.post('/me/export'), 303);
    return until('the copy is ready', async () => {
        const { copies } = await client.api('/me/privacy');
        assert.notEqual(copies[0].state, 'failed');
        return copies[0].state === 'ready' && copies[0];
    }, 30000);
}

function unpack(server, copy, name) {
    const zip = path.join(server.dir, 'exports', `${copy.id}.zip`);
    return execFileSync('python3', ['-c', 'import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))', zip, name], { encoding: 'utf8' });
}

conversation('blocks', {}, (server) => {
    let one, other, note;

    it('lets the two no longer see each other, and tells nobody', async () => {
        one = await member(server(), { handle: 'one' });
        other = await member(server(), { handle: 'other' });
        note = await publish(one);
        for (const [a, b] of [[one, 'other'], [other, 'one']]) expect(await a.postForm(`/u/${b}/follow`, { on: 1 }), 200);
        shows(await one.get('/u/other'), /Mute or block/);
        assert.equal(expect(await one.post('/u/other/block', { on: 1 }), 303).location, '/me/blocked');
        for (const [a, b] of [[one, 'other'], [other, 'one']]) {
            assert.equal((await a.get(`/u/${b}`)).status, 404);
            isProblem(await a.postForm(`/u/${b}/follow`, { on: 1 }), 404);
        }
        assert.equal((await other.get(`/n/${note}`)).status, 404);
        isProblem(await other.postForm(`/n/${note}/comments`, { body: 'Hello?' }), 404);
        isProblem(await other.postForm(`/n/${note}/like`, { on: 1 }), 404);
        shows(await one.get('/me/blocked'), /other/);
        hides(await other.get('/me/blocked'), /\bone\b/);
        const kinds = server().export('log').map((e) => e.kind);
        assert.equal(kinds.filter((k) => k === 'person.unfollowed').length, 2);
    });

    it('takes a block back; the follows stay cut', async () => {
        expect(await one.post('/u/other/block', { on: 0 }), 303);
        expect(await other.get('/u/one'), 200);
        assert.equal((await other.api('/u/one')).social.followers, 0);
    });

    it('leaves the muted out of lists, as page and as data, and not out of their own profile', async () => {
        const id = await publish(other, { section: 'travel' });
        const shown = async (path) => [(await one.get(path)).text, JSON.stringify((await one.api(path)))].map((text) => text.includes(id));
        assert.deepEqual(await shown('/s/travel'), [true, true]);
        expect(await one.postForm('/u/other/mute', { on: 1 }), 200);
        assert.deepEqual(await shown('/s/travel'), [false, false]);
        assert.deepEqual(await shown('/u/other/notes'), [true, true]);
        expect(await one.postForm('/u/other/mute', { on: 0 }), 200);
        assert.deepEqual(await shown('/s/travel'), [true, true]);
    });

    it('mutes one way, once', async () => {
        for (let i = 0; i < 2; i++) expect(await one.postForm('/u/other/mute', { on: 1 }), 200);
        assert.deepEqual((await one.api('/me/blocked')).items, [{ handle: 'other', kind: 'mute' }]);
        expect(await one.get('/u/other'), 200);
        expect(await other.get('/u/one'), 200);
        expect(await one.postForm('/u/other/mute', { on: 0 }), 200);
        assert.deepEqual((await one.api('/me/blocked')).items, []);
    });

    it('refuses oneself, strangers to the place, and visitors', async () => {
        isProblem(await one.postForm('/u/one/block', { on: 1 }), 409);
        isProblem(await one.postForm('/u/nobody_at_all/block', { on: 1 }), 404);
        isProblem(await server().client().postForm('/u/one/block', { on: 1 }), 401);
    });
});

conversation('privacy', {}, (server) => {
    let leaver, friend, keys, copy, note, theirs, comment;

    it('lives a whole life', async () => {
        await supplier(server(), [{ slug: 'lamp' }]);
        friend = await member(server(), { handle: 'friend' });
        theirs = await publish(friend, { title: 'From a friend' });
        leaver = await member(server(), { handle: `${MARK}_h`, name: `${MARK} name`, mail: `${MARK}@example.org`, interests: ['home', 'food'] });
        expect(await leaver.post('/me/profile', { handle: `${MARK}_h`, name: `${MARK} name`, bio: `${MARK} bio` }), 303);
        expect(await leaver.post('/me/settings', { personalised: 1, exposure_ok: 1 }), 303);
        note = await publish(leaver, { title: `${MARK} title`, body: `${MARK} body`, alt: `${MARK} alt` });
        comment = expect(await leaver.postForm(`/n/${theirs}/comments`, { body: `${MARK} comment` }), 201).json;
        expect(await friend.postForm(`/n/${theirs}/comments`, { body: 'An answer', parent: comment.id }), 201);
        expect(await leaver.postForm(`/n/${theirs}/comments`, { body: `${MARK} unanswered` }), 201);
        for (const mark of ['like', 'save']) {
            expect(await leaver.postForm(`/n/${theirs}/${mark}`, { on: 1 }), 200);
            expect(await friend.postForm(`/n/${note}/${mark}`, { on: 1 }), 200);
        }
        expect(await leaver.postForm('/u/friend/follow', { on: 1 }), 200);
        expect(await friend.postForm(`/u/${MARK}_h/follow`, { on: 1 }), 200);
        await member(server(), { handle: 'blocked_one' });
        expect(await leaver.post('/u/blocked_one/block', { on: 1 }), 303);
        home.name = `${MARK} address`;
        const placed = await order(leaver, 'lamp');
        home.name = 'Ada Sills';
        await payFor(leaver, placed);
        const { skus } = await leaver.api('/p/lamp');
        expect(await leaver.postForm('/cart', { sku: skus[0].id, quantity: 2 }), 200, 303);
        const row = rowsOf(server(), 'person').find((p) => p.handle === `${MARK}_h`);
        keys = [row.actor, row.id].map(String);
    });

    it('gives a copy of everything, to its person alone', async () => {
        copy = await copyOf(leaver);
        const person = JSON.parse(unpack(server(), copy, 'person.json'));
        assert.equal(person.person[0].bio, `${MARK} bio`);
        assert.equal(person.identifiers.length, 2);
        hides({ text: JSON.stringify(person) }, /argon2/);
        const { notes } = JSON.parse(unpack(server(), copy, 'note.json'));
        assert.deepEqual(notes.map((n) => [n.title, n.body]), [[`${MARK} title`, `${MARK} body`]]);
        const social = JSON.parse(unpack(server(), copy, 'social.json'));
        assert.deepEqual([social.likes, social.saved, social.comments, social.follows, social.followers].map((l) => l.length), [1, 1, 2, 1, 1]);
        assert.equal(JSON.parse(unpack(server(), copy, 'bond.json')).bonds.length, 1);
        const bought = JSON.parse(unpack(server(), copy, 'order.json'));
        assert.deepEqual([bought.purchases[0].name, bought.orders.length, bought.lines.length], [`${MARK} address`, 1, 1]);
        assert.equal(JSON.parse(unpack(server(), copy, 'cart.json')).lines.length, 1);
        shows({ status: 200, text: unpack(server(), copy, 'README.txt') }, /note\.json {2}Your notes/);
        const photos = JSON.parse(unpack(server(), copy, 'media.json')).photos;
        assert.equal(photos.length, 1);

        const fetched = expect(await leaver.get(`/me/privacy/${copy.id}`), 200);
        assert.equal(fetched.headers['content-type'], 'application/zip');
        assert.match(fetched.headers['content-disposition'], /^attachment/);
        assert.match(fetched.headers['cache-control'], /no-store/);
        assert.equal(Number(fetched.headers['content-length']), copy.bytes);
        const part = await leaver.get(`/me/privacy/${copy.id}`, { Range: 'bytes=0-3' });
        assert.equal(part.status, 206);
        assert.equal((await friend.get(`/me/privacy/${copy.id}`)).status, 404);
        assert.equal((await server().client().get(`/me/privacy/${copy.id}`)).status, 303);
        shows(await leaver.get('/me/privacy'), /Download/);
    });

    it('shows what goes and stays, and asks for the password', async () => {
        shows(await leaver.get('/me/delete'), /for 10 years/);
        const wrong = await leaver.post('/me/delete', { password: 'not this one' });
        assert.equal(wrong.status, 422);
        shows(wrong, /This is not your password/);
        expect(await leaver.get('/me'), 200);
    });

    it('leaves nothing of the person behind', async () => {
        const columns = register(server());
        assert.ok(traces(server(), columns, keys).length > 8, 'the life touched many tables');
        for (const file of filesWith(path.join(server().dir, 'media'), '')) fs.utimesSync(file, 1, 1);
        assert.equal(expect(await leaver.post('/me/delete', { password: PASSWORD }), 303).location, '/goodbye');
        expect(await leaver.get('/goodbye'), 200);
        assert.equal((await leaver.get('/me')).status, 303);
        await until('files went', async () => !fs.existsSync(path.join(server().dir, 'exports', `${copy.id}.zip`)) && traces(server(), columns, keys).length === 0).catch(() => {});
        assert.deepEqual(traces(server(), columns, keys), []);

        const trade = ['purchase_address'];
        for (const table of tablesOf(columns)) {
            const text = textOf(server(), table);
            if (!trade.includes(table)) assert.ok(!text.includes(MARK), `${table}: ${text.match(new RegExp(`.{80}${MARK}.{40}`))}`);
        }
        assert.ok(JSON.stringify(rowsOf(server(), 'purchase_address')).includes(MARK), 'the address of a paid order stays');
        assert.equal(fs.existsSync(path.join(server().dir, 'exports', `${copy.id}.zip`)), false);
        // The place's own photos are those of others.
        const hashes = new Set(rowsOf(server(), 'media').map((m) => m.hash));
        const names = fs.readdirSync(path.join(server().dir, 'media'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => f.name);
        for (const name of names) assert.ok(hashes.has(name.split('-')[0]), `media/${name}`);
    });

    it('keeps the counts of others right and an empty line for an answered comment', async () => {
        const seen = await friend.api(`/n/${theirs}`);
        assert.deepEqual([seen.likes, seen.saves, seen.comments], [0, 0, 1]);
        const { items } = await friend.api(`/n/${theirs}/comments`);
        assert.deepEqual(items.map((c) => c.deleted), [true, false]);
        assert.equal((await friend.get(`/u/${MARK}_h`)).status, 404);
        assert.equal((await friend.get(`/n/${note}`)).status, 404);
        assert.equal((await friend.api('/u/friend')).social.followers, 0);
        hides(await friend.get('/'), new RegExp(MARK));
        hides(await friend.get('/saved'), new RegExp(MARK));
    });

    it('says nothing in the log but that somebody went', async () => {
        const log = server().export('log');
        assert.equal(log.filter((e) => e.kind === 'account.deleted' && String(e.actor) === keys[0]).length, 1);
        assert.ok(!JSON.stringify(log).includes(MARK));
    });

    it('leaves none of their words in any file', async () => {
        await server().stop();
        const left = new Set();
        for (const file of filesWith(server().dir, MARK)) {
            const words = execFileSync('grep', ['-aoE', `${MARK}.{0,12}`, file], { encoding: 'latin1' });
            for (const word of words.trim().split('\n')) if (!word.startsWith(`${MARK} address`)) left.add(`${path.basename(file)}: ${word}`);
        }
        await server().start();
        assert.deepEqual([...left], []);
    });

    it('lets somebody else take the handle, who is somebody else', async () => {
        await member(server(), { handle: `${MARK}_h` });
        const fresh = rowsOf(server(), 'person').find((p) => p.handle === `${MARK}_h`);
        assert.ok(!keys.includes(String(fresh.actor)));
    });
});

conversation('legal holds', {}, (server) => {
    it('puts a sealed copy aside and shows nothing', async () => {
        const operator = await member(server(), { handle: 'the_operator' });
        await giveRole(server(), 'the_operator', 'operator');
        const held = await member(server(), { handle: 'held_one', name: `${MARK} held` });
        await publish(held, { title: `${MARK} held note` });
        isProblem(await operator.postForm('/operator/holds', { handle: 'held_one', reason: '' }), 422);
        expect(await operator.post('/operator/holds', { handle: 'held_one', reason: 'tax audit 7' }), 303);
        shows(await held.get('/me/delete'), /sealed copy/);
        assert.equal(expect(await held.post('/me/delete', { password: PASSWORD }), 303).location, '/goodbye?kept=1');
        for (const table of ['person', 'note']) assert.ok(!JSON.stringify(rowsOf(server(), table)).includes(MARK));
        const { items } = await operator.api('/operator/holds');
        assert.deepEqual(items.map((h) => [h.reason, h.kept]), [['tax audit 7', true]]);
        expect(await operator.get(`/operator/holds/${items[0].id}`), 200);
        const folder = path.join(server().dir, 'held');
        assert.equal(fs.readdirSync(folder).length, 1);
        expect(await operator.post(`/operator/holds/${items[0].id}/lift`), 303);
        await until('the sealed copy is destroyed', () => fs.readdirSync(folder).length === 0);
        assert.equal((await operator.get(`/operator/holds/${items[0].id}`)).status, 404);
    });

    it('keeps the last operator, and whoever has parcels to send', async () => {
        const operator = server().client();
        expect(await operator.post('/signin', { handle: 'the_operator', password: PASSWORD }), 303);
        isProblem(await operator.postForm('/me/delete', { password: PASSWORD }), 409);
        const shop = await supplier(server(), [{ slug: 'jug' }], 'a_shop');
        const buyer = await member(server());
        await payFor(buyer, await order(buyer, 'jug'));
        isProblem(await shop.postForm('/me/delete', { password: PASSWORD }), 409);
        expect(await shop.get('/supplier'), 200);
    });
});
