// Recomputes the loop board from what sward exports, and from nothing else:
//
//   sward export log > log.ndjson; sward export ledger > ledger.ndjson
//   sward export exposure > exposure.ndjson
//   sward export exposure_by_day > exposure_by_day.ndjson
//   node tests/recompute/board.mjs FOLDER DAYS [NOW]
//
// The folder holds the four files. DAYS is the window, 0 = all. It prints the
// JSON that /api/v1/board?days=DAYS gives. This program shares no code with
// the server: which kind counts for which arrow it reads from kinds.def with
// a parser of its own. Numbers of 64 bits are BigInts throughout.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const DAY = 86_400_000_000n; // microseconds
const KINDS = fileURLToPath(new URL('../../src/event/kinds.def', import.meta.url));

// The arrows in their order, with the names that the board gives them.
const ARROWS = ['CUSTOMER_RELEVANCY', 'RELEVANCY_RESPONSE', 'RESPONSE_RELATION', 'RELATION_RETURN',
    'RETURN_CUSTOMER', 'MONEY_INTERACTION', 'CONTENT_NEWUSERS'];

// KIND(symbol, number, "name", CONTEXT, ARROW, N_("..."))
export function readKinds(text) {
    const plain = text.replace(/\/\*[\s\S]*?\*\//g, '');
    const kinds = [];
    for (const [, , number, name, , arrow] of plain.matchAll(/KIND\(\s*(\w+)\s*,\s*(\d+)\s*,\s*"([^"]+)"\s*,\s*(\w+)\s*,\s*(\w+)\s*,/g)) {
        kinds.push({ number: Number(number), name, arrow });
    }
    return kinds;
}

export const readLines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// Whole days that end with the day of `now`.
function windowOf(now, days) {
    const until = now - (now % DAY) + DAY;
    return { since: days > 0 ? until - BigInt(days) * DAY : 0n, until };
}

function actorsOf(events) {
    return BigInt(new Set(events.map((e) => e.actor).filter((actor) => actor !== '0')).size);
}

function arrowOf(name, kinds, events, active) {
    const own = kinds.filter((kind) => kind.arrow === name);
    const deeds = own.map((kind) => {
        const of = events.filter((e) => e.kind === kind.name);
        return { kind: kind.name, count: BigInt(of.length), actors: actorsOf(of) };
    });
    const names = new Set(own.map((kind) => kind.name));
    const actors = actorsOf(events.filter((e) => names.has(e.kind)));
    return {
        arrow: name.toLowerCase().replace('_', '-'),
        count: deeds.reduce((sum, deed) => sum + deed.count, 0n),
        actors,
        rate: active > 0n ? (actors * 10000n) / active : 0n,
        kinds: deeds,
    };
}

// Postings by currency and kind of account; what is owed or earned is positive.
function moneyOf(ledger) {
    const sums = new Map();
    for (const posting of ledger) {
        const key = JSON.stringify([posting.currency, Number(posting.kind)]);
        const sum = sums.get(key) ?? { total: 0n, postings: 0n };
        sum.total -= BigInt(posting.amount);
        sum.postings += 1n;
        sums.set(key, sum);
    }
    return [...sums].map(([key, sum]) => ({ key: JSON.parse(key), ...sum }))
        .sort((a, b) => (a.key[0] < b.key[0] ? -1 : a.key[0] > b.key[0] ? 1 : a.key[1] - b.key[1]))
        .map(({ key: [currency, account], total, postings }) => ({ account: BigInt(account), currency, total, postings }));
}

const perThousand = (part, whole) => (whole > 0n ? (part * 1000n) / whole : -1n);

// Cards seen. Single rows are forgotten one day, the sums of their days stay;
// a day that has both counts as the one that knows of more.
function seenOf(exposure, byDay, inside) {
    const days = new Map();
    const CARD = 1;
    const add = (source, at, n) => {
        const day = String(BigInt(at) - (BigInt(at) % DAY));
        const sums = days.get(day) ?? { rows: 0n, sum: 0n };
        sums[source] += n;
        days.set(day, sums);
    };
    for (const row of exposure) if (Number(row.kind) === CARD && inside(row)) add('rows', row.at, 1n);
    for (const sum of byDay) if (Number(sum.kind) === CARD && inside({ at: sum.day })) add('sum', sum.day, BigInt(sum.seen));
    return [...days.values()].reduce((all, { rows, sum }) => all + (rows > sum ? rows : sum), 0n);
}

// The board's numbers. now: microseconds; exposure: rows, or null when it is
// off; exposureByDay: their sums by day.
export function recompute({ kinds, log, ledger, exposure, exposureByDay }, days, now) {
    const { since, until } = windowOf(BigInt(now), days);
    const inside = (row) => BigInt(row.at) >= since && BigInt(row.at) < until;
    const events = log.filter(inside);
    const active = actorsOf(events);
    const seen = seenOf(exposure ?? [], exposureByDay ?? [], inside);
    const seeds = BigInt(events.filter((e) => e.kind === 'note.saved').length);
    const sales = BigInt(events.filter((e) => e.kind === 'order.paid' && e.about !== '0').length);
    return {
        since, until, days: BigInt(days), active,
        arrows: ARROWS.map((name) => arrowOf(name, kinds, events, active)),
        money: moneyOf(ledger.filter(inside)),
        exposure_on: exposure !== null, seen, seeds, sales,
        seeds_per_thousand: perThousand(seeds, seen),
        sales_per_thousand: perThousand(sales, seen),
    };
}

// JSON in which every number is whole, whatever its size.
export const write = (value) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `#${v}#` : v), 2)
    .replace(/"#(-?\d+)#"/g, '$1');

// The same from the board's text: every whole number a BigInt. No text of the board holds such a mark.
export const readExact = (text) => JSON.parse(text.replace(/([:[,]\s*)(-?\d+)(?=\s*[,\]}])/g, '$1"#$2#"'),
    (_, v) => (typeof v === 'string' && /^#-?\d+#$/.test(v) ? BigInt(v.slice(1, -1)) : v));

function main([folder, days, now]) {
    const file = (name) => fs.readFileSync(path.join(folder, `${name}.ndjson`), 'utf8');
    const rows = { kinds: readKinds(fs.readFileSync(KINDS, 'utf8')), log: readLines(file('log')),
        ledger: readLines(file('ledger')), exposure: readLines(file('exposure')), exposureByDay: readLines(file('exposure_by_day')) };
    process.stdout.write(`${write(recompute(rows, Number(days ?? 28), now ?? BigInt(Date.now()) * 1000n))}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
