// tools/shots.mjs - pictures of a running sward, to look at.
//
//   node tools/shots.mjs [URL]     http://127.0.0.1:8080 when none is given
//
// Walks the links from the front page and takes one page of each kind (/n/1 and
// /n/2 are one kind), as a visitor: on a phone in English, on a phone in Chinese
// and dark, and on a desktop in English. They land in build/shots/.
import { mkdirSync, rmSync } from 'node:fs';
import { chromium } from 'playwright-core';

const start = new URL(process.argv[2] ?? 'http://127.0.0.1:8080');
const OUT = 'build/shots';
const PAGES_MAX = 40;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const LOOKS = [
    { name: 'phone-en', viewport: PHONE, locale: 'en', colorScheme: 'light', deviceScaleFactor: 2 },
    { name: 'phone-zh-dark', viewport: PHONE, locale: 'zh-CN', colorScheme: 'dark', deviceScaleFactor: 2 },
    { name: 'desktop-en', viewport: DESKTOP, locale: 'en', colorScheme: 'light' },
];

// What kind of page an address is: ids, numbers and values of the query left out.
function kindOf(url) {
    const path = url.pathname.replace(/\/(?:[a-z]+_[0-9a-z]{10,}|\d+|[^/]*[^\x21-\x7e/][^/]*|@[^/]+)(?=\/|$)/g, '/id');
    return [path, ...[...url.searchParams.keys()].sort()].join(' ');
}

// The pages to take: the first seen of each kind, the front page first.
async function findPages(page) {
    const kinds = new Map([[kindOf(start), start.href]]);
    for (const href of kinds.values()) {
        const answer = await page.goto(href);
        if (!/text\/html/.test(answer?.headers()['content-type'] ?? '')) continue;
        const links = await page.$$eval('a[href]', (all) => all.map((a) => a.href));
        for (const link of links) {
            const url = new URL(link);
            url.hash = '';
            const fresh = url.origin === start.origin && !kinds.has(kindOf(url));
            if (fresh && kinds.size < PAGES_MAX) kinds.set(kindOf(url), url.href);
        }
    }
    return [...kinds.values()];
}

function fileName(href) {
    const url = new URL(href);
    const name = `${url.pathname}${url.search}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return name.slice(0, 60) || 'front';
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
    rmSync(OUT, { recursive: true, force: true });
    let pages = null;
    for (const { name, ...look } of LOOKS) {
        const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
        const page = await context.newPage();
        pages ??= await findPages(page);
        mkdirSync(`${OUT}/${name}`, { recursive: true });
        for (const href of pages) {
            await page.goto(href, { waitUntil: 'load' });
            await page.screenshot({ path: `${OUT}/${name}/${fileName(href)}.png` });
        }
        await context.close();
        console.log(`${OUT}/${name}: ${pages.length} pages`);
    }
} catch (error) {
    const none = /ERR_CONNECTION_REFUSED/.test(error.message);
    console.error(none ? `shots: nothing answers at ${start.href}; start make demo first` : error);
    process.exitCode = 1;
} finally {
    await browser.close();
}
