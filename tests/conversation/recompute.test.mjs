// Every number of the board, counted a second time by another program.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, member, order, payFor, publish, reaches, supplier } from '../support/kit.mjs';
import { root } from '../support/server.mjs';
import { readExact, readKinds, recompute, write } from '../recompute/board.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const kinds = readKinds(fs.readFileSync(`${root}/src/event/kinds.def`, 'utf8'));

conversation('recompute', { simulation: true, return_days: 10 }, (server) => {
    let now = Date.UTC(2026, 5, 1, 9);
    let watcher;

    // Both sides of the comparison, for one window.
    async function both(days) {
        const answer = expect(await watcher.request('GET', `/api/v1/board?days=${days}`, { headers: { Accept: 'application/json' } }), 200);
        const rows = { kinds, log: server().export('log'), ledger: server().export('ledger'), exposure: server().export('exposure'), exposureByDay: server().export('exposure_by_day') };
        return [readExact(answer.text), readExact(write(recompute(rows, days, BigInt(now) * 1000n)))];
    }

    // Followers learn a moment later.
    async function agrees(days) {
        let told, counted;
        await until('the board has learnt it', async () => {
            [told, counted] = await both(days);
            try {
                assert.deepEqual(told, counted);
                return true;
            } catch {
                return false;
            }
        }, 3000).catch(() => {});
        assert.deepEqual(told, counted);
        return told;
    }

    it('reads every kind of kinds.def', () => {
        const declared = fs.readFileSync(`${root}/src/event/kinds.def`, 'utf8').match(/^KIND\(/gm).length;
        assert.equal(kinds.length, declared);
    });

    it('agrees about a place where one person has joined', async () => {
        await server().clock(now);
        watcher = await member(server());
        const board = await agrees(28);
        assert.equal(board.active, 1n);
        assert.equal(board.seeds_per_thousand, -1n);
    });

    it('agrees about a week in which everything happens', async () => {
        const shop = await supplier(server(), [{ slug: 'pot', price: '7.77', stock: 60 }, { slug: 'yuan', price: '31.10', currency: 'CNY', stock: 60 }]);
        const author = await member(server());
        const readers = [], notes = [];
        for (let day = 0; day < 7; day++) {
            now = await server().clock(now + DAY);
            const slug = day % 2 ? 'pot' : 'yuan';
            const note = await publish(author, { title: `Day ${day} #pots`, body: 'Look #pots', pin_product: slug, pin_photo: 1, pin_x: 500, pin_y: 500, pin_connection: 'commission' });
            const reader = await member(server(), { interests: ['home'], from: note });
            readers.push(reader);
            expect(await reader.post('/me/settings', { name: 'Reader', exposure_ok: 1 }), 303);
            notes.push(note);
            const rows = notes.map((t, n) => ({ k: 'card', t, p: 'explore', n, a: 10 }));
            expect(await reader.postJson('/x', { batch: now * 4096 + day, rows }), 200);
            for (const r of readers) {
                expect(await r.postForm(`/n/${note}/like`, { on: 1 }), 200);
                if (r === reader) expect(await r.postForm(`/n/${note}/save`, { on: 1 }), 200);
            }
            expect(await reader.postForm(`/n/${note}/comments`, { body: 'Where from?' }), 201);
            expect(await reader.postForm(`/u/${author.handle}/follow`, { on: 1 }), 200);
            const { goods } = await reader.api(`/n/${note}`);
            expect(await reader.get(`/go/${goods[0].id}`), 303);
            const placed = await order(reader, slug, 1 + (day % 3));
            await payFor(reader, placed);
            expect(await shop.post(`/supplier/orders/${placed.orders[0]}/ship`, { carrier: 'Post', tracking: `${day}` }), 303);
            expect(await reader.post(`/orders/${placed.orders[0]}/received`), 303);
            reader.order = placed.orders[0];
        }
        now = await server().clock(now + 12 * DAY);
        for (const reader of readers) await reaches(reader, reader.order, 'closed');
        for (const days of [7, 14, 28, 56, 0]) {
            const board = await agrees(days);
            if (days === 28 || days === 0) {
                for (const arrow of board.arrows.filter((a) => a.arrow !== 'return-customer')) {
                    assert.ok(arrow.count > 0n, `${arrow.arrow} has a count`);
                }
                assert.equal(board.seen, 28n);
                assert.equal(board.seeds, 7n);
                assert.equal(board.sales, 7n);
                assert.deepEqual(new Set(board.money.map((m) => m.currency)), new Set(['CNY', 'USD']));
            }
        }
    });

    it('agrees when what single people saw is forgotten and the days’ sums are left', async () => {
        now += 40 * DAY;
        await until('single exposures are forgotten', async () => {
            now = await server().clock(now + HOUR); // its round comes every hour
            return server().export('exposure').length === 0;
        });
        const sums = server().export('exposure_by_day').filter((sum) => sum.kind === 1);
        assert.equal(sums.reduce((all, sum) => all + sum.seen, 0), 28);
        assert.ok(sums.every((sum) => sum.people >= 1 && sum.people <= sum.seen));
        assert.equal((await agrees(0)).seen, 28n);
        const { seen } = await agrees(56);
        assert.ok(seen > 0n && seen < 28n, `${seen} of 28 within 56 days`);
    });

    it('finds out a board that is wrong', async () => {
        const [told, counted] = await both(28);
        counted.arrows[1].count += 1n;
        assert.notDeepEqual(told, counted);
    });
});
