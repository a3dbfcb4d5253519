// Every page of the site, looked at: no violation of access, no error in its
// HTML, no text that is cut or overlaps, nothing wider than the screen, also
// when the reader's letters are half as large again. On a phone and a desktop,
// in English and Chinese, in the light and the dark. A picture of each lies in
// build/shots/walk. Which pages there are stands in pages.mjs.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { expect } from '../support/client.mjs';
import { root, startServer } from '../support/server.mjs';
import { axeFaults, DESKTOP, launch, PHONE } from './browser.mjs';
import { layoutFaults } from './layout.mjs';
import { furnish, NO_PAGES, NOT_FURNISHED, PAGES } from './pages.mjs';

const SHOTS = path.join(root, 'build/shots/walk');
// In larger letters only the layout is looked at: the rest is as before.
const LOOKS = [
    { name: 'phone-en', size: PHONE, lang: 'en' },
    { name: 'desktop-en-dark', size: DESKTOP, lang: 'en', dark: true },
    { name: 'desktop-en-large', size: DESKTOP, lang: 'en', large: true },
    { name: 'phone-zh-dark', size: PHONE, lang: 'zh', dark: true },
    { name: 'desktop-zh', size: DESKTOP, lang: 'zh' },
    { name: 'phone-zh-large', size: PHONE, lang: 'zh', large: true },
];
const LARGER = '--blink-settings=defaultFontSize=24,defaultFixedFontSize=20'; // 16 and 13 are usual

const html = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
    rules: {
        'no-inline-style': 'error',
        'aria-label-misuse': ['error', { allowAnyNamable: true }],
        'no-implicit-button-type': 'off', // a button of a form submits it, and hearts are many
        'wcag/h32': 'off', // one form serves all hearts of a page, whose buttons name it
        'require-sri': ['error', { target: 'crossorigin' }], // our own files come from the same hand as the page
    },
});

const nameOf = ({ name, route }) => name ?? (route.replace(/\/:\w+/g, '').replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '') || 'front');

describe('every page', () => {
    let server, browser, larger, place;

    before(async () => {
        server = await startServer();
        browser = await launch();
        larger = await launch([LARGER]);
        place = await furnish(server);
        fs.rmSync(SHOTS, { recursive: true, force: true });
        fs.mkdirSync(SHOTS, { recursive: true });
    });
    after(async () => {
        await browser?.close();
        await larger?.close();
        await server?.remove();
    });

    const pathOf = (page) => (typeof page.path === 'function' ? page.path(place.ids) : page.path ?? page.route);

    // One browser for each who looks.
    async function contextFor(look, who) {
        const context = await (look.large ? larger : browser).newContext({
            baseURL: server.url, viewport: look.size, locale: look.lang === 'zh' ? 'zh-CN' : 'en-GB', hasTouch: look.size === PHONE,
            colorScheme: look.dark ? 'dark' : 'light', reducedMotion: 'reduce',
        });
        const cookies = [...place.callers[who].jar].filter(([name]) => name !== 'sward_lang');
        await context.addCookies([...cookies, ['sward_lang', look.lang]].map(([name, value]) => ({ name, value, url: server.url })));
        const page = await context.newPage();
        page.setDefaultTimeout(15000);
        return { context, page };
    }

    // For a look at a few pages: WALK=explore,note node --test …
    const chosen = process.env.WALK?.split(',');
    const pages = PAGES.filter((one) => !chosen || chosen.includes(nameOf(one)));

    async function lookAt(page, one, look, say) {
        const answer = await page.goto(pathOf(one), { waitUntil: 'load' });
        if (answer.status() !== (one.status ?? 200)) return say(`answers ${answer.status()}`);
        const source = await answer.text();
        if (!one.paper && !source.includes(`<html lang="${look.lang}`)) say(`is not in ${look.lang}`);
        if (look.size === PHONE && !look.large) for (const fault of await htmlFaults(source)) say(fault);
        await one.act?.(page);
        await page.screenshot({ path: path.join(SHOTS, `${nameOf(one)}-${look.name}.png`), fullPage: true });
        if (!look.large) for (const fault of await axeFaults(page)) say(fault);
        for (const fault of await page.evaluate(layoutFaults)) say(fault);
    }

    async function htmlFaults(source) {
        const { results } = await html.validateString(source);
        return results.flatMap((result) => result.messages).filter((m) => m.severity === 2)
            .map((m) => `html ${m.ruleId} at line ${m.line}: ${m.message}`);
    }

    async function walk(look) {
        const faults = [];
        const open = new Map();
        for (const one of pages) {
            if (!open.has(one.as)) open.set(one.as, await contextFor(look, one.as));
            const { page } = open.get(one.as);
            const complaint = (fault) => faults.push(`${nameOf(one)} (${look.name}): ${fault}`);
            await lookAt(page, one, look, complaint).catch((error) => complaint(error.message.split('\n')[0]));
        }
        for (const { context } of open.values()) await context.close();
        return faults;
    }

    it('stands in the list of pages', () => {
        const rows = server.verb('routes').out.trim().split('\n').map((line) => line.trim().split(/\s+/));
        const known = new Set([...PAGES.map((page) => page.route), ...NO_PAGES, ...NOT_FURNISHED]);
        const missing = rows.filter(([method, route, who]) => method === 'GET' && who !== 'simulator' && !known.has(route)).map(([, route]) => route);
        assert.deepEqual(missing, [], 'routes without a line in tests/browser/pages.mjs');
    });

    // A person has one language, so all looks of one language at once.
    for (const lang of ['en', 'zh']) {
        it(`is well, in ${lang}`, { timeout: 600000 }, async () => {
            for (const client of Object.values(place.callers)) expect(await client.post('/lang', { lang }), 303);
            const faults = (await Promise.all(LOOKS.filter((look) => look.lang === lang).map(walk))).flat();
            assert.equal(faults.length, 0, `\n${faults.join('\n')}\n`);
        });
    }
});
