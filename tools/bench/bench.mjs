// The measurements: data, rounds in turns, figures, bars. See tools/bench.sh.

import fs from 'node:fs';
import path from 'node:path';
import { get, median, Nginx, root, run, Sward, tool } from './place.mjs';
import { reading } from './reading.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = 3;
const CONNECTIONS = 64;
const PAIRS_A_ROUND = 1000000; // keys set aside for one round of likes
const CARDS = 20;
const PAGE_BYTES = 20 * 1024;

const folder = path.join(root, 'build/bench');
const figures = [];

// One line of the table. A bar is the least ratio, or with `most` the largest value.
function figure(name, value, unit, { reference = '', ratio = '', least, most } = {}) {
    const missed = least === undefined ? value > most : ratio < least;
    const bar = least === undefined ? most === undefined ? '' : `<= ${most}` : `>= ${least}`;
    figures.push({ name, value, unit, reference, ratio, bar, missed: bar !== '' && missed });
}

const round = (number, digits = 0) => Number(number.toFixed(digits));

function must(what, is, wanted) {
    if (is !== wanted) throw new Error(`${what}: ${is}, and should be ${wanted}`);
}

// --- Explore ---

// Reads the page of every reader; the largest one's bytes.
async function checkPages(server, tokens) {
    let most = 0;
    let page = null;
    for (const [at, token] of tokens.entries()) {
        const answer = await get(server.port, '/', { Cookie: `sward_session=${token}` });
        const text = answer.body.toString();
        must(`Explore of reader ${at}`, answer.status, 200);
        must(`cards for reader ${at}`, text.match(/<article class="card"/g)?.length ?? 0, CARDS);
        const name = at % 2 ? `Person ${at}` : `读者${at}`;
        if (!text.includes(`>${name}</a>`)) throw new Error(`Explore of reader ${at} is not theirs`);
        most = Math.max(most, answer.body.length);
        page ??= answer.body;
    }
    return { most, page };
}

async function wrk(port, bytes) {
    const script = path.join(root, 'tools/bench/explore.lua');
    const done = await run('wrk', ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-s', script,
        `http://127.0.0.1:${port}/`, '--', path.join(folder, 'server/readers')]);
    must('answers that wrk calls errors', done.errors, 0);
    if (done.bytes / done.requests < bytes) throw new Error('pages were shorter than the one checked');
    return { rate: done.requests / (done.microseconds / 1e6), p99: done.p99 };
}

async function explore(server) {
    const tokens = fs.readFileSync(path.join(folder, 'server/readers'), 'utf8').trim().split('\n');
    const { most, page } = await checkPages(server, tokens);
    const nginx = new Nginx(path.join(folder, 'nginx'));
    const ours = [];
    const theirs = [];
    await nginx.start(page);
    try {
        for (let i = 0; i < ROUNDS; i++) {
            ours.push(await wrk(server.port, page.length * 0.9));
            theirs.push(await wrk(nginx.port, page.length));
        }
    } finally {
        await nginx.stop();
    }
    await checkPages(server, tokens.slice(0, 100));
    const rate = median(ours.map((one) => one.rate));
    const reference = median(theirs.map((one) => one.rate));
    figure('explore', round(rate), 'pages/s',
        { reference: `nginx ${round(reference)}`, ratio: round(rate / reference, 3), least: 0.15 });
    figure('explore.p99', round(median(ours.map((one) => one.p99)), 1), 'ms');
    figure('explore.bytes', most, 'bytes', { most: PAGE_BYTES });
}

// --- writes ---

// Rounds of HTTP and of the bare loop in turns, from the same keys on.
async function writes(server, bare, what, keysOf) {
    const rounds = [];
    const next = { http: 0, bare: 0 };
    for (let i = 0; i < ROUNDS; i++) {
        const before = await server.metrics();
        const http = await tool('load', server.folder, server.port, what, CONNECTIONS, SECONDS, keysOf(i, next.http));
        const after = await server.metrics();
        const grown = (name) => after[name] - before[name];
        const batch = grown('sward_store_writes_total') / grown('sward_store_batches_total');
        must('writes that failed', grown('sward_store_write_errors_total'), 0);
        const loop = await tool('bare', bare, what, Math.max(1, Math.round(batch)), SECONDS, keysOf(i, next.bare));
        next.http = http.next;
        next.bare = loop.next;
        rounds.push({
            http,
            batch,
            rate: http.counted / http.seconds,
            reference: loop.done / loop.seconds,
            pages: grown('sward_store_wal_written_pages_total') / http.acknowledged,
            barePages: loop.pages / loop.done,
        });
    }
    const middle = (pick) => median(rounds.map(pick));
    const rate = middle((one) => one.rate);
    const reference = middle((one) => one.reference);
    figure(what, round(rate), what === 'like' ? 'likes/s' : 'paid/s',
        { reference: `bare ${round(reference)}`, ratio: round(rate / reference, 3), least: 0.6 });
    figure(`${what}.p50`, round(middle((one) => one.http.p50), 1), 'ms');
    figure(`${what}.p99`, round(middle((one) => one.http.p99), 1), 'ms');
    figure(`${what}.batch`, round(middle((one) => one.batch), 1), 'pieces');
    figure(`${what}.pages`, round(middle((one) => one.pages), 2), 'WAL pages',
        { reference: `bare ${round(middle((one) => one.barePages), 2)}`, ...(what === 'checkout' ? { most: 8 } : {}) });
    return rounds.reduce((sum, one) => sum + one.http.acknowledged, 0);
}

async function likes(server, bare) {
    const count = () => server.count('select count(*) from note_like');
    const before = count();
    const acknowledged = await writes(server, bare, 'like', (i) => i * PAIRS_A_ROUND);
    const found = count() - before;
    must('likes found', found, acknowledged);
    figure('like.acknowledged', acknowledged, 'likes', { reference: `found ${found}` });
}

async function checkouts(server, bare) {
    const acknowledged = await writes(server, bare, 'checkout', (i, next) => next);
    const found = server.count('select count(*) from purchase where state = 2');
    must('purchases found paid', found, acknowledged);
    must('purchases', server.count('select count(*) from purchase'), acknowledged);
    must('lines', server.count('select count(*) from order_line'), 2 * acknowledged);
    must('journals', server.count('select count(*) from ledger_journal'), acknowledged);
    must('kept keys', server.count('select count(*) from web_key'), acknowledged);
    const claims = server.count('select count(*) from order_claim');
    if (claims < acknowledged / 2) throw new Error(`only ${claims} claims of authors`);
    figure('checkout.acknowledged', acknowledged, 'purchases', { reference: `found ${found}` });
    figure('checkout.claims', claims, 'lines that a note led to');
}

// --- report ---

function report() {
    const columns = ['name', 'value', 'unit', 'reference', 'ratio', 'bar'];
    const rows = [columns, ...figures.map((one) => columns.map((column) => String(one[column])))];
    fs.writeFileSync(path.join(root, 'build/bench.tsv'), `${rows.map((row) => row.join('\t')).join('\n')}\n`);
    const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
    for (const [at, row] of rows.entries()) {
        const mark = at > 0 && figures[at - 1].missed ? '  MISSED' : '';
        console.log(row.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd() + mark);
    }
}

async function measure(server, bare) {
    figure('start', round(await server.start()), 'ms');
    figure('memory.start', round(server.resident), 'MB');
    await explore(server);
    await likes(server, bare);
    await checkouts(server, bare);
    figure('memory.end', round(server.resident), 'MB');
    await server.stop();
    server.doctor();
    new Sward(bare).doctor();
}

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(path.join(folder, 'server'), { recursive: true });
const server = new Sward(path.join(folder, 'server'));
const bare = path.join(folder, 'bare');
const wide = new Sward(path.join(folder, 'wide'));
fs.mkdirSync(wide.folder);
try {
    console.log('making 20,000 notes, 2,000 people, 4,000 products, 60,000 carts');
    await tool('fill', server.folder);
    fs.cpSync(server.folder, bare, { recursive: true });
    await measure(server, bare);
    console.log('making 100,000 notes, 6,000 people');
    await tool('fill', wide.folder, 'wide');
    await reading(wide, folder, figure);
    report();
    fs.rmSync(folder, { recursive: true, force: true });
} finally {
    server.kill();
    wide.kill();
}
process.exitCode = figures.some((one) => one.missed) ? 1 : 0;
