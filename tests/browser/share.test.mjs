// Photos and words that another app shares come into the composer, by way of the worker.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { member, PASSWORD } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';
import { startServer } from '../support/server.mjs';
import { launch, PHONE, Visitor } from './browser.mjs';

describe('the installed site', () => {
    let server, browser;

    before(async () => {
        server = await startServer();
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await server?.remove();
    });

    it('takes what is shared into it, and says when it is offline', async () => {
        await member(server, { handle: 'sharer' });
        const v = await Visitor.at(browser, server.url, { size: PHONE, name: 'share' });
        await v.go('/signin?next=/publish');
        await v.page.fill('#handle', 'sharer');
        await v.page.fill('#password', PASSWORD);
        await v.send('form[action="/signin"] button[type=submit]');
        await v.page.waitForFunction(() => navigator.serviceWorker.controller, null, { timeout: 15000 });
        const photo = picture(300, 400, [90, 120, 60]).toString('base64');
        await v.page.evaluate(async (bytes) => {
            const form = new FormData();
            form.set('title', 'A cup');
            form.set('text', 'Seen in the window');
            const raw = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
            form.append('photo', new File([raw], 'cup.png', { type: 'image/png' }));
            await fetch('/share', { method: 'POST', body: form });
        }, photo);
        await v.go('/publish?shared=1');
        await v.page.waitForFunction(() => document.querySelector('#compose-photos [name=photo]')?.value);
        assert.equal(await v.page.inputValue('#title'), 'A cup');
        assert.equal(await v.page.inputValue('#body'), 'Seen in the window');
        await server.stop(); // no network, as the worker sees it
        await v.page.goto(`${server.url}/mall`).catch(() => {});
        assert.match(await v.page.textContent('h1'), /No network/);
        v.faults.length = 0; // a network that is not there is what was asked for
        await v.close();
    });
});
