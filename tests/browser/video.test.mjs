// A video in a real browser: brought in the composer, prepared before one's
// eyes, published, and played with its captions. On a phone and on a desktop.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../support/client.mjs';
import { film } from '../support/film.mjs';
import { member, PASSWORD } from '../support/kit.mjs';
import { startServer } from '../support/server.mjs';
import { DESKTOP, launch, PHONE, Visitor } from './browser.mjs';

const SHEET = 'WEBVTT\n\n00:00.000 --> 00:03.000\nColours that move\n';

describe('a video', () => {
    let server, browser;

    before(async () => {
        server = await startServer();
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await server?.remove();
    });

    async function compose(v, handle) {
        await v.go('/signin?next=/publish');
        await v.page.fill('#handle', handle);
        await v.page.fill('#password', PASSWORD);
        await v.send('form[action="/signin"] button[type=submit]');
        await v.go('/publish');
        await v.page.setInputFiles('#compose-files', { name: 'film.mp4', mimeType: 'video/mp4', buffer: film({ width: 1280, height: 720, seconds: 4, rate: 25 }) });
        await v.page.waitForSelector('.compose-photo .video-state', { timeout: 30000 });
        await v.look('video-compose', { full: false });
        await v.page.setInputFiles('.compose-video input[type=file]', { name: 'c.vtt', mimeType: 'text/vtt', buffer: Buffer.from(SHEET) });
        await v.page.waitForFunction(() => document.querySelector('.compose-captioned').textContent.length > 0);
        // It says so itself, without a reload.
        await v.page.waitForFunction(() => document.querySelector('.video-state') && !document.querySelector('.video-state progress'), null, { timeout: 90000 });
        await v.look('video-ready', { full: false });
        await v.page.fill('#title', 'Colours that move');
        await v.page.fill('.compose-photo [name=alt]', 'Coloured bars that move');
        await v.page.selectOption('#section', 'home');
        await v.page.click('.compose-bar .btn-primary');
        await v.page.waitForURL(/\/n\/note_/);
    }

    async function play(v) {
        const before = await v.page.locator('video.player').boundingBox();
        assert.ok(before.height > 100, `${before.height} px high before anything is loaded`);
        assert.ok(Math.abs(before.width / before.height - 16 / 9) < 0.1);
        const at = await v.page.evaluate(async () => {
            const video = document.querySelector('video.player');
            const asleep = video.paused && video.readyState === 0 && !video.autoplay;
            video.muted = true;
            await video.play();
            await new Promise((done) => video.addEventListener('timeupdate', () => video.currentTime > 0.2 && done()));
            return { asleep, source: video.currentSrc, height: video.videoHeight, tracks: video.textTracks.length, cues: video.textTracks[0].cues?.length };
        });
        assert.ok(at.asleep, 'nothing is loaded before it is asked for');
        const large = v.label.includes('desktop');
        assert.match(at.source, large ? /-720\.mp4$/ : /-480\.mp4$/);
        assert.equal(at.height, large ? 720 : 480);
        assert.deepEqual([at.tracks, at.cues], [1, 1]);
        const now = await v.page.locator('video.player').boundingBox();
        assert.ok(Math.abs(now.width - before.width) < 1 && Math.abs(now.height - before.height) < 1, 'nothing moved');
        await v.look('video-note', { full: false });
    }

    for (const [size, lang, scripts] of [[PHONE, 'zh', true], [DESKTOP, 'en', false]]) {
        it(`is waited for, and published by itself (${scripts ? 'with' : 'without'} scripts)`, async () => {
            const handle = `waiting_${lang}`;
            await member(server, { handle, lang });
            const v = await Visitor.at(browser, server.url, { size, lang, scripts, name: handle });
            await v.go('/signin?next=/publish');
            await v.page.fill('#handle', handle);
            await v.page.fill('#password', PASSWORD);
            await v.send('form[action="/signin"] button[type=submit]');
            const buffer = film({ width: 1280, height: scripts ? 722 : 724, seconds: 15, rate: 25 });
            await v.page.setInputFiles('#compose-files', { name: 'film.mp4', mimeType: 'video/mp4', buffer });
            if (!scripts) await v.send('[name=add]');
            await v.page.waitForSelector('.compose-photo .video-state progress', { timeout: 30000 });
            assert.ok(await v.page.isVisible('#compose-ready'), 'it may be waited for');
            assert.ok(await v.page.isChecked('[name=when_ready]'));
            await v.look('video-waits', { full: false });
            await v.page.fill('#title', 'Out by itself');
            await v.page.selectOption('#section', 'home');
            await Promise.all([v.page.waitForURL(/\/me\/drafts/), v.page.click('.compose-bar .btn-primary')]);
            await v.look('video-waits-draft', { full: false });
            const reader = server.client();
            await until('it came out', async () => (await reader.api(`/u/${handle}/notes`)).items.length === 1, 120000);
            await v.go('/me/drafts');
            assert.equal(await v.page.locator('.draft').count(), 0);
            await v.close();
        });
    }

    for (const [size, lang] of [[PHONE, 'zh'], [DESKTOP, 'en']]) {
        it(`is brought, published and played (${size === PHONE ? 'phone' : 'desktop'}, ${lang})`, async () => {
            const handle = `filmer_${lang}`;
            await member(server, { handle, lang });
            const v = await Visitor.at(browser, server.url, { size, lang, name: 'filmer' });
            await compose(v, handle);
            await play(v);
            await v.go('/s/home');
            await v.page.waitForSelector('.card-video');
            await v.look('video-card', { full: false });
            await v.close();
        });
    }
});
