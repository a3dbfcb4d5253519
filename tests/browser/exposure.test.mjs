// What the exposure script reports from a page in a real browser, and when it keeps silent.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const script = readFileSync(new URL('../../src/web/static/exposure.js', import.meta.url));
const batches = [];
let server, browser, address, failures = 0;

const card = (n) => `<article data-see="note_${n}" style="height:600px">card ${n}</article>`;
const list = (agreed) => `<!doctype html><body data-exposure="${agreed ? 'on' : 'off'}">
<div data-place="explore">${[0, 1, 2, 3].map(card).join('')}
<article data-see="prod_9" style="height:600px">goods</article></div>
<script src="/exposure.js"></script><script src="/exposure.js"></script>`;
const note = `<!doctype html><body data-exposure="on">
<article data-see="note_7" data-place="note">a note</article><script src="/exposure.js"></script>`;

function answer(request, response) {
    const pages = { '/list': list(true), '/silent': list(false), '/note': note };
    if (request.url === '/exposure.js') return response.setHeader('content-type', 'text/javascript').end(script);
    if (request.url !== '/x') return response.setHeader('content-type', 'text/html').end(pages[request.url] ?? '');
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
        if (failures-- > 0) return request.socket.destroy();
        batches.push(JSON.parse(text));
        response.end('{}');
    });
}

before(async () => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    address = `http://127.0.0.1:${server.address().port}`;
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(async () => {
    await browser?.close();
    server?.close();
});

async function open(path) {
    batches.length = 0;
    failures = 0;
    const page = await browser.newPage({ viewport: { width: 400, height: 700 } });
    await page.goto(address + path);
    return page;
}

// Says to the page that it is hidden, as leaving a tab does.
const leave = (page) => page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
});

async function waitFor(condition) {
    for (let i = 0; i < 150 && !condition(); i++) await new Promise((done) => setTimeout(done, 100));
    assert.ok(condition());
}

test('a card counts when half of it was there for a second, and once', async () => {
    const page = await open('/list');
    await page.waitForTimeout(1300);
    await page.evaluate(() => scrollTo(0, 1200)); // past card 1, to card 2
    await page.waitForTimeout(300); // too short to count
    await page.evaluate(() => scrollTo(0, 2400));
    await page.waitForTimeout(1300);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(1300);
    await leave(page);
    await waitFor(() => batches.length > 0);
    const rows = batches.flatMap((batch) => batch.rows).map(({ k, t, p, n }) => `${k} ${t} ${p} ${n}`);
    assert.deepEqual(rows, ['card note_0 explore 0', 'shelf prod_9 explore 4']); // with its place in the list
    const [{ batch, rows: [first] }] = batches;
    assert.ok(Number.isSafeInteger(batch) && Math.abs(batch / 4096 - Date.now()) < 60000);
    assert.ok(first.a >= 2000 && first.a < 20000);
    await page.close();
});

test('nothing is said of who did not agree', async () => {
    const page = await open('/silent');
    await page.waitForTimeout(1300);
    await leave(page);
    await page.waitForTimeout(500);
    assert.equal(batches.length, 0);
    await page.close();
});

test('the time on an open note is told when the page is left', async () => {
    const page = await open('/note');
    await page.waitForTimeout(1500);
    await leave(page);
    await waitFor(() => batches.length > 0);
    assert.equal(batches.length, 1);
    const [{ k, t, p, d }] = batches[0].rows;
    assert.deepEqual({ k, t, p }, { k: 'dwell', t: 'note_7', p: 'note' });
    assert.ok(d >= 1400 && d < 10000);
    await page.close();
});

test('a batch that got lost is sent again under its number', async () => {
    const page = await open('/note');
    await page.waitForTimeout(1100);
    failures = 3; // the browser itself tries a lost connection more than once
    await leave(page);
    await waitFor(() => batches.length > 0);
    assert.equal(batches.length, 1);
    assert.equal(batches[0].rows.length, 1);
    await page.close();
});
