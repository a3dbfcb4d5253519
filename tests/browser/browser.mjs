// Debian's Chromium through playwright-core, and what every page must be:
// free of console errors, refused content and faults of access.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../support/server.mjs';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };
const SHOTS = path.join(root, 'build/shots');
const AXE = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

export const launch = (flags = []) => chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...flags],
});

// What axe finds on a page, as sentences. It comes through the debugger, for
// the page's own policy refuses foreign scripts.
export async function axeFaults(page) {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    return found.violations.map((v) => `access: ${v.id}: ${v.nodes.slice(0, 3)
        .map((n) => `${n.target} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join('; ')}`);
}

// A person at a browser.
export class Visitor {
    static async at(browser, url, { size = PHONE, lang = 'en', scripts = true, dark = false, name = 'visitor' } = {}) {
        const visitor = new Visitor();
        visitor.context = await browser.newContext({
            baseURL: url, viewport: size, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', javaScriptEnabled: scripts,
            colorScheme: dark ? 'dark' : 'light', hasTouch: size === PHONE, reducedMotion: 'reduce',
        });
        visitor.page = await visitor.context.newPage();
        visitor.page.setDefaultTimeout(15000);
        Object.assign(visitor, { scripts, faults: [], label: `${name}-${size === PHONE ? 'phone' : 'desktop'}-${lang}${dark ? '-dark' : ''}` });
        visitor.page.on('console', (message) => {
            if (message.type() === 'error') visitor.faults.push(`console: ${message.text()} (${visitor.page.url()})`);
        });
        visitor.page.on('pageerror', (error) => visitor.faults.push(`script: ${error.message} (${visitor.page.url()})`));
        visitor.page.on('response', (answer) => {
            if (answer.status() >= 400 && !visitor.allowed?.(answer)) visitor.faults.push(`${answer.status()} ${answer.url()}`);
        });
        return visitor;
    }

    go(where) {
        return this.page.goto(where, { waitUntil: 'load' });
    }

    // A form's button, and the page that comes after it.
    async send(selector) {
        await Promise.all([this.page.waitForEvent('load'), this.page.click(selector)]);
    }

    // Look at the page: a picture of it, and the rules of access.
    async look(name, { full = true } = {}) {
        fs.mkdirSync(SHOTS, { recursive: true });
        await this.page.screenshot({ path: path.join(SHOTS, `${name}-${this.label}.png`), fullPage: full });
        const wide = await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth').catch(() => 0);
        assert.ok(wide <= 1, `${name} (${this.label}) is ${wide} px wider than the screen`);
        if (!this.scripts) return;
        for (const fault of await axeFaults(this.page)) this.faults.push(`${name} (${this.label}): ${fault}`);
    }

    async close() {
        await this.context.close();
        assert.deepEqual([...new Set(this.faults)], []);
    }
}
