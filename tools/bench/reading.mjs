// Pages that are read, at 100,000 notes: each beside nginx serving a file of the same bytes.

import fs from 'node:fs';
import path from 'node:path';
import { get, median, Nginx, root, run } from './place.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = 3;
const CONNECTIONS = 64;
const BAR = 0.3;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

// An id as addresses write it: thirteen digits of five bits.
function idText(prefix, id) {
    let text = '';
    for (let n = BigInt(id), i = 0; i < 13; i++, n >>= 5n) text = ALPHABET[Number(n & 31n)] + text;
    return `${prefix}_${text}`;
}

// What is asked for, by whom, and what each answer must hold.
function kindsOf(server, tokens) {
    const some = (sql) => server.rows(sql);
    const notes = some('select id from note order by random() limit 5000');
    const people = some("select handle from person where handle like 'person%' order by random() limit 2000");
    const pair = (paths) => paths.map((target, i) => [target, tokens[i % tokens.length]]);
    return [
        { name: 'read.explore', asks: pair(tokens.map(() => '/')), holds: '<article class="card"' },
        { name: 'read.note', asks: pair(notes.map((id) => `/n/${idText('note', id)}`)), holds: '<article class="note"' },
        { name: 'read.profile', asks: pair(people.map((handle) => `/u/${handle}`)), holds: '<article class="card"' },
        { name: 'read.follow', asks: tokens.slice(0, 10).map((token) => ['/follow', token]), holds: '<article class="card"' },
    ];
}

async function check(server, { name, asks, holds }) {
    let bytes = 0;
    let page = null;
    for (const [target, token] of asks.slice(0, 200)) {
        const answer = await get(server.port, target, { Cookie: `sward_session=${token}` });
        if (answer.status !== 200 || !answer.body.includes(holds))
            throw new Error(`${name}: ${target} answers ${answer.status} without ${holds}`);
        bytes += answer.body.length;
        page ??= answer.body;
    }
    const mean = Math.round(bytes / Math.min(asks.length, 200));
    return { mean, page: Buffer.alloc(mean, page) };
}

async function wrk(port, list) {
    const done = await run('wrk', ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '-s',
        path.join(root, 'tools/bench/explore.lua'), `http://127.0.0.1:${port}/`, '--', list]);
    if (done.errors) throw new Error(`wrk calls ${done.errors} answers errors`);
    return { rate: done.requests / (done.microseconds / 1e6), p99: done.p99 };
}

async function one(server, folder, kind, figure) {
    const { mean, page } = await check(server, kind);
    const list = path.join(folder, 'asks');
    const same = path.join(folder, 'asks.nginx');
    fs.writeFileSync(list, `${kind.asks.map((ask) => ask.join(' ')).join('\n')}\n`);
    fs.writeFileSync(same, `${kind.asks.map(([, token]) => `/ ${token}`).join('\n')}\n`);
    const nginx = new Nginx(path.join(folder, 'nginx'));
    const ours = [];
    const theirs = [];
    await nginx.start(page);
    try {
        await wrk(server.port, list); // what a running place remembers
        for (let i = 0; i < ROUNDS; i++) {
            ours.push(await wrk(server.port, list));
            theirs.push(await wrk(nginx.port, same));
        }
    } finally {
        await nginx.stop();
    }
    const rate = median(ours.map((round) => round.rate));
    const reference = median(theirs.map((round) => round.rate));
    figure(kind.name, Math.round(rate), 'pages/s', {
        reference: `nginx ${Math.round(reference)}`, ratio: Number((rate / reference).toFixed(3)), least: BAR });
    figure(`${kind.name}.bytes`, mean, 'bytes');
    figure(`${kind.name}.p99`, Number(median(ours.map((round) => round.p99)).toFixed(1)), 'ms');
}

// Comments, each durable before its answer, from as many connections.
async function comments(server, tokens, figure) {
    const notes = server.rows('select id from note order by random() limit 1000');
    const before = Number(server.rows('select count(*) from comment')[0]);
    const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' };
    const until = performance.now() + SECONDS * 1000;
    let written = 0;
    const begun = performance.now();
    await Promise.all(Array.from({ length: CONNECTIONS }, async (_, who) => {
        for (let i = who; performance.now() < until; i += CONNECTIONS) {
            const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/n/${idText('note', notes[i % notes.length])}/comments`, {
                method: 'POST', headers: { ...headers, Cookie: `sward_session=${tokens[i % tokens.length]}` },
                body: JSON.stringify({ body: `I have the same one, and use it every morning: ${i}.` }) });
            await answer.arrayBuffer();
            if (answer.status >= 300) throw new Error(`a comment was answered ${answer.status}`);
            written++;
        }
    }));
    const rate = written / ((performance.now() - begun) / 1000);
    const found = Number(server.rows('select count(*) from comment')[0]) - before;
    if (found !== written) throw new Error(`${written} comments were acknowledged and ${found} are there`);
    figure('comment', Math.round(rate), 'comments/s');
}

export async function reading(server, folder, figure) {
    const tokens = fs.readFileSync(path.join(server.folder, 'readers'), 'utf8').trim().split('\n');
    await server.start();
    for (const kind of kindsOf(server, tokens)) await one(server, folder, kind, figure);
    await comments(server, tokens, figure);
    figure('memory.wide', Math.round(server.resident), 'MB');
    await server.stop();
    server.doctor();
}
