// Which B-trees a write costs pages of: node tools/bench/pages.mjs [like|checkout]
//
// Runs the requests of the bench for BENCH_SECONDS (5) while a reader keeps the
// log from starting over, then reads the page numbers out of the log and asks
// SQLite whose pages they are. SWARD_BUILD is the build directory, as for
// tools/bench.sh, which has built the programs this needs.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root, Sward, tool } from './place.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const HEADER = 32;
const FRAME_HEADER = 24;

const what = process.argv[2] ?? 'checkout';
const folder = path.join(root, 'build/bench-pages');
const database = path.join(folder, 'sward.db');

// A reader whose snapshot is of now; the function it gives ends it.
async function holdLog() {
    const reader = spawn('sqlite3', ['-readonly', database], { stdio: ['pipe', 'pipe', 'inherit'] });
    reader.stdin.write('begin; select count(*) from sqlite_schema;\n');
    await new Promise((resolve) => { reader.stdout.once('data', resolve); });
    return () => reader.stdin.end('rollback;\n');
}

const saltOf = (bytes) => bytes.subarray(16, 24);

// The page numbers of the log's frames, and how many commits they make, but for
// those that were there before. Another round of the log carries another salt.
function readLog(bytes, before) {
    const size = FRAME_HEADER + bytes.readUInt32BE(8);
    const salt = saltOf(bytes);
    const skip = saltOf(before).equals(salt) ? before.length : 0;
    const pages = [];
    let commits = 0;
    for (let at = HEADER; at + size <= bytes.length; at += size) {
        if (!bytes.subarray(at + 8, at + 16).equals(salt)) break;
        if (at < skip) continue;
        pages.push(bytes.readUInt32BE(at));
        commits += bytes.readUInt32BE(at + 4) !== 0 ? 1 : 0;
    }
    return { pages, commits };
}

// Whose each page is, and whether it is a leaf.
function pageOwners() {
    const ran = spawnSync('sqlite3', ['-readonly', database, 'select pageno, name, pagetype from dbstat'],
        { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (ran.status !== 0) throw new Error(`sqlite3: ${ran.stderr}`);
    const lines = ran.stdout.trim().split('\n').map((line) => line.split('|'));
    return new Map(lines.map(([page, name, type]) => [Number(page), { name, leaf: type === 'leaf' }]));
}

function report({ pages, commits }, pieces) {
    const owners = pageOwners();
    const trees = new Map();
    for (const page of pages) {
        const { name, leaf } = owners.get(page) ?? { name: '(free)', leaf: true };
        const tree = trees.get(name) ?? { name, leaves: 0, inner: 0 };
        tree[leaf ? 'leaves' : 'inner']++;
        trees.set(name, tree);
    }
    const each = (n) => (n / pieces).toFixed(3).padStart(8);
    console.log(`${pieces} pieces, ${commits} commits; pages a piece:`);
    console.log('     all    leaves   inner   B-tree');
    for (const tree of [...trees.values()].sort((a, b) => b.leaves + b.inner - a.leaves - a.inner))
        console.log(`${each(tree.leaves + tree.inner)} ${each(tree.leaves)} ${each(tree.inner)}  ${tree.name}`);
    console.log(`${each(pages.length)}                    all of them`);
}

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
const server = new Sward(folder);
try {
    await tool('fill', folder);
    await server.start();
    const letGo = await holdLog();
    const log = `${database}-wal`;
    const before = fs.readFileSync(log);
    const done = await tool('load', folder, server.port, what, 64, SECONDS, 0);
    const written = readLog(fs.readFileSync(log), before);
    letGo();
    await server.stop();
    report(written, done.acknowledged);
    fs.rmSync(folder, { recursive: true, force: true });
} finally {
    server.kill();
}
