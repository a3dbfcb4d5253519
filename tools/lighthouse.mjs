// tools/lighthouse.mjs - how good the pages are by Lighthouse, on a phone.
//
//   node tools/lighthouse.mjs [FOLDER]    build/demo when none is given
//
// Serves a copy of the demo's data, looks at Explore, a note and a profile with
// Lighthouse's mobile preset on Debian's Chromium, and weighs what Explore takes.
// build/lighthouse.tsv gets a row for each page and category: page, category,
// score, bar. Exits 1 when a bar is missed, and says by what.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { Client } from '../tests/support/client.mjs';
import { freePort, startServer } from '../tests/support/server.mjs';

const BARS = { performance: 95, accessibility: 100, 'best-practices': 95, seo: 95 };
const SHIFT_BAR = 0.02;
const WEIGHT_BAR = 90 * 1024; // bytes as sent: HTML, CSS and JS of Explore
const OUT = 'build/lighthouse.tsv';

// The pages, found on Explore itself: its first note, and that note's author.
async function findPages(url) {
    const client = new Client(url);
    const [first] = (await client.api('/')).notes.items;
    return [['explore', '/'], ['note', `/n/${first.id}`], ['profile', `/u/${first.author}`]];
}

// Left out: the demo's people are simulated, and what they write asks on purpose not to be indexed.
const LEFT_OUT = ['is-crawlable'];

// What was measured on one page: { rows, faults }.
async function measure(name, url, port) {
    const { lhr } = await lighthouse(url, { port, logLevel: 'error', onlyCategories: Object.keys(BARS), skipAudits: LEFT_OUT });
    if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
    const faults = [];
    const rows = Object.entries(BARS).map(([category, bar]) => {
        const { score, auditRefs } = lhr.categories[category];
        const row = { page: name, category, score: Math.round(score * 100), bar, good: score * 100 >= bar };
        for (const { id, weight } of row.good ? [] : auditRefs) {
            const audit = lhr.audits[id];
            if (weight > 0 && audit.score !== null && audit.score < 0.9) faults.push(`${name}, ${category}: ${audit.title} ${audit.displayValue ?? ''}`);
        }
        return row;
    });
    const shift = lhr.audits['cumulative-layout-shift'].numericValue;
    rows.push({ page: name, category: 'layout-shift', score: Number(shift.toFixed(4)), bar: SHIFT_BAR, good: shift <= SHIFT_BAR });
    if (name === 'explore') rows.push(weigh(lhr));
    return { rows, faults };
}

function weigh(lhr) {
    const own = lhr.audits['network-requests'].details.items.filter((item) => ['Document', 'Stylesheet', 'Script'].includes(item.resourceType));
    const bytes = own.reduce((sum, item) => sum + item.transferSize, 0);
    return { page: 'explore', category: 'html-css-js-bytes', score: bytes, bar: WEIGHT_BAR, good: bytes <= WEIGHT_BAR };
}

async function main(folder) {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'sward-lighthouse-'));
    const port = await freePort();
    let server, browser;
    try {
        await cp(folder, dir, { recursive: true });
        server = await startServer({ dir, settings: { simulated_people: true } });
        browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', `--remote-debugging-port=${port}`] });
        const rows = [], faults = [];
        for (const [name, where] of await findPages(server.url)) {
            const measured = await measure(name, server.url + where, port);
            rows.push(...measured.rows);
            faults.push(...measured.faults);
        }
        mkdirSync(path.dirname(OUT), { recursive: true });
        writeFileSync(OUT, ['page\tcategory\tscore\tbar', ...rows.map((r) => `${r.page}\t${r.category}\t${r.score}\t${r.bar}`), ''].join('\n'));
        for (const r of rows) console.log(`${r.good ? 'ok    ' : 'MISSED'} ${r.page.padEnd(8)} ${r.category.padEnd(18)} ${r.score} (bar ${r.bar})`);
        for (const fault of faults) console.log(fault);
        if (rows.some((r) => !r.good)) process.exitCode = 1;
    } finally {
        await browser?.close();
        await (server ? server.remove() : rm(dir, { recursive: true, force: true }));
    }
}

await main(process.argv[2] ?? 'build/demo');
