// Pages that are read, at 100,000 notes: each beside nginx serving a file of the same bytes.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
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

// --- photos ---

const execute = promisify(execFile);
const PHOTOS = 4;    // different ones, of 12 megapixels
const AT_ONCE = 4;
const SIZES = ['320:webp', '640:webp', '1280:webp', '1280:jpg']; // what sward makes of each

async function makePhotos(folder) {
    const names = Array.from({ length: PHOTOS }, (_, i) => path.join(folder, `photo${i}.jpg`));
    for (const [i, name] of names.entries()) {
        const rough = path.join(folder, 'rough.v');
        await execute('vips', ['perlin', rough, '4000', '3000', '--cell-size', '180', '--uchar', '--seed', String(i + 1)]);
        await execute('vips', ['copy', rough, `${name}[Q=90]`]);
    }
    return names;
}

// One after the other from some at once, for as long as a round takes: how many a second.
async function keepGoing(one) {
    const begun = performance.now();
    let done = 0;
    await Promise.all(Array.from({ length: AT_ONCE }, async (_, who) => {
        for (let i = who; performance.now() - begun < SECONDS * 1000; i += AT_ONCE, done++) await one(i);
    }));
    return done / ((performance.now() - begun) / 1000);
}

async function upload(server, token, photo) {
    const body = new FormData();
    body.append('photo', new Blob([photo], { type: 'image/jpeg' }), 'photo.jpg');
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/media`, { method: 'POST', body,
        headers: { 'Sec-Fetch-Site': 'same-origin', Cookie: `sward_session=${token}` } });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`a photo was answered ${answer.status}: ${text.slice(0, 200)}`);
}

// Beside the tools of libvips, which decode, shrink and write the same files without a server.
async function photos(server, tokens, folder, figure) {
    const names = await makePhotos(folder);
    const bytes = names.map((name) => fs.readFileSync(name));
    const ours = [];
    const theirs = [];
    for (let i = 0; i < ROUNDS; i++) {
        ours.push(await keepGoing((n) => upload(server, tokens[n % tokens.length], bytes[n % PHOTOS])));
        theirs.push(await keepGoing(async (n) => {
            for (const size of SIZES) {
                const [wide, type] = size.split(':');
                await execute('vipsthumbnail', [names[n % PHOTOS], '--size', `${wide}x`, '-o', path.join(folder, `t${n % AT_ONCE}-${wide}.${type}`)]);
            }
        }));
    }
    const rate = median(ours);
    const reference = median(theirs);
    figure('photo', Number(rate.toFixed(1)), 'photos/s', { reference: `vips ${reference.toFixed(1)}`, ratio: Number((rate / reference).toFixed(3)) });
}

export async function reading(server, folder, figure) {
    const tokens = fs.readFileSync(path.join(server.folder, 'readers'), 'utf8').trim().split('\n');
    await server.start();
    for (const kind of kindsOf(server, tokens)) await one(server, folder, kind, figure);
    await comments(server, tokens, figure);
    await photos(server, tokens, folder, figure);
    figure('memory.wide', Math.round(server.resident), 'MB');
    await server.stop();
    server.doctor();
}
