// The composer's photos in a real browser: cut, turned, ordered, described, stopped and tried
// again; on a phone and a desktop, with scripts and without. And the photos of a profile.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { member, PASSWORD, supplier } from '../support/kit.mjs';
import { lying, picture, quarters } from '../support/picture.mjs';
import { startServer } from '../support/server.mjs';
import { DESKTOP, launch, PHONE, Visitor } from './browser.mjs';

const png = (name, buffer) => ({ name, mimeType: 'image/png', buffer });
const RED = [220, 30, 30], GREEN = [30, 160, 60], BLUE = [40, 60, 210], YELLOW = [240, 210, 40];

describe('photos of the composer', () => {
    let server, browser;

    before(async () => {
        server = await startServer();
        browser = await launch();
        await supplier(server, [{ slug: 'lamp', name: 'Lamp', price: '7.00', stock: 3 }, { slug: 'vase', name: 'Vase', price: '9.00', stock: 3 }], 'lamp_shop');
    });
    after(async () => {
        await browser?.close();
        await server?.remove();
    });

    async function signIn(page, handle, next = '/publish') {
        await page.goto(`/signin?next=${next}`, { waitUntil: 'load' });
        await page.fill('#handle', handle);
        await page.fill('#password', PASSWORD);
        await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/signin')), page.click('form[action="/signin"] button[type=submit]')]);
    }

    async function visitor(handle, options) {
        await member(server, { handle, lang: options.lang ?? 'en' });
        const v = await Visitor.at(browser, server.url, { name: handle, ...options });
        await signIn(v.page, handle);
        return v;
    }

    const idOf = (page, n = 0) => page.locator('.compose-photo [name=photo]').nth(n).inputValue();
    const all = (page, name) => page.$$eval(`.compose-photo [name=${name}]`, (fields) => fields.map((field) => field.value));
    const arrived = (page, n) => page.waitForFunction((want) => [...document.querySelectorAll('.compose-photo [name=photo]')].filter((one) => one.value).length === want, n);

    // The colours of a photo of the house at places of it, and its size.
    const colours = (page, id, places) => page.evaluate(async ([media, at]) => {
        const { image } = await (await fetch(`/media/${media}`, { headers: { Accept: 'application/json' } })).json();
        const bitmap = await createImageBitmap(await (await fetch(image.srcset.split(', ').at(-1).split(' ')[0] || image.src)).blob());
        const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
        const g = canvas.getContext('2d');
        g.drawImage(bitmap, 0, 0);
        return { width: image.width, height: image.height, at: at.map(([x, y]) => [...g.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data.slice(0, 3)]) };
    }, [id, places]);
    const like = (found, wanted, what) => assert.ok(found.every((n, i) => Math.abs(n - wanted[i]) < 45), `${what}: ${found}, not ${wanted}`);

    async function cut(page, n = 0) {
        await page.locator('.compose-photo [data-do=crop]').nth(n).click();
        await page.waitForSelector('#crop[open]');
    }

    async function use(page, n = 0) {
        const was = await idOf(page, n);
        await page.click('[data-crop=use]');
        await page.waitForFunction(([old, at]) => document.querySelectorAll('.compose-photo [name=photo]')[at].value !== old, [was, n]);
        return idOf(page, n);
    }

    for (const [size, lang] of [[PHONE, 'zh'], [DESKTOP, 'en']]) {
        it(`are cut and turned, and keep their words and pins (${lang})`, async () => {
            const v = await visitor(`cutter_${lang}`, { size, lang });
            const { page } = v;
            await page.setInputFiles('#compose-files', png('q.png', quarters(800, 1000)));
            await arrived(page, 1);
            await page.fill('.compose-photo [name=alt]', 'Four colours');
            const whole = await idOf(page);
            // A pin on the red quarter, one on the yellow.
            const spot = await page.locator('.compose-frame img').boundingBox();
            for (const [n, [part, product]] of [[0.25, 'lamp'], [0.9, 'vase']].entries()) {
                await page.locator('.compose-frame img').click({ position: { x: spot.width * part, y: spot.height * part } });
                await page.fill(`#pin-product-${n}`, product);
            }
            await cut(page);
            assert.equal(await page.evaluate(() => document.activeElement.className), 'crop-stage', 'the keys are the photo’s');
            await v.look('crop', { full: false });
            await page.keyboard.press('Escape');
            assert.equal(await page.evaluate(() => document.activeElement.dataset.do), 'crop', 'the focus is where it was');
            assert.equal(await idOf(page), whole);
            // By keys alone: a square, near, in the upper left corner: red.
            await cut(page);
            await page.check('#crop [value="1"]', { force: true });
            await page.focus('.crop-stage');
            for (let i = 0; i < 9; i++) await page.keyboard.press('+');
            for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowLeft');
            for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowUp');
            assert.match(await page.textContent('.crop-said'), /1/, 'the pin that would be outside is told of');
            await v.look('crop-square', { full: false });
            const red = await colours(page, await use(page), [[0.1, 0.1], [0.9, 0.9]]);
            assert.equal(red.width, red.height);
            for (const at of red.at) like(at, RED, 'the corner');
            assert.deepEqual(await all(page, 'alt'), ['Four colours'], 'its words stay');
            const [first, second] = await page.$$eval('[name=pin_x]', (fields) => fields.map((f) => f.value));
            assert.ok(Number(first) > 300, `the pin went along: ${first}`);
            assert.equal(second, '', 'the one outside waits for a place');
            assert.equal(await page.inputValue('#pin-product-1'), 'vase');
            assert.match(await page.textContent('#photo-error'), /1/);
            await page.waitForFunction(() => document.activeElement.dataset.do === 'crop');
            // Again, from the photo as it was chosen: the whole, turned to the right: blue is above.
            await cut(page);
            await page.check('#crop [value="0"]', { force: true });
            await page.click('[data-crop=whole]');
            await page.click('[data-crop=right]');
            const turned = await colours(page, await use(page), [[0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]]);
            assert.deepEqual([turned.width, turned.height], [1000, 800]);
            [BLUE, RED, YELLOW, GREEN].forEach((colour, i) => like(turned.at[i], colour, `corner ${i}`));
            const pins = await page.$$eval('[name=pin_x], [name=pin_y]', (fields) => fields.slice(0, 2).map((f) => Number(f.value)));
            assert.ok(Math.abs(pins[0] - 750) < 20 && Math.abs(pins[1] - 250) < 20, `the pin is on red still: ${pins}`);
            // As a draft, later: from what the house has.
            await page.fill('#title', 'Cut');
            await page.waitForURL(/draft=/);
            await page.reload({ waitUntil: 'load' });
            await cut(page);
            await page.check('#crop [value="0.75"]', { force: true });
            const again = await colours(page, await use(page), []);
            assert.ok(Math.abs(again.width / again.height - 0.75) < 0.01, `${again.width} × ${again.height}`);
            await page.selectOption('#section', 'home');
            await page.click('.compose-bar .btn-primary');
            await page.waitForURL(/\/n\/note_/);
            assert.equal(await page.locator('.carousel img').first().getAttribute('alt'), 'Four colours');
            // Published, and changed: the same dialog.
            await page.goto(`${new URL(page.url()).pathname}/edit`, { waitUntil: 'load' });
            await cut(page);
            await page.check('#crop [value="1"]', { force: true });
            await use(page);
            await page.click('.compose-bar .btn-primary');
            await page.waitForURL(/\/n\/note_\w+$/);
            await v.close();
        });
    }

    it('are cut with fingers and the mouse, upright as they were seen', async () => {
        const v = await visitor('finger_cutter', { size: PHONE });
        const { page } = v;
        const jpeg = execFileSync('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-q:v', '2', '-f', 'mjpeg', 'pipe:1'], { input: quarters(1000, 800) });
        await page.setInputFiles('#compose-files', { name: 'phone.jpg', mimeType: 'image/jpeg', buffer: lying(jpeg) });
        await arrived(page, 1);
        await cut(page);
        const touch = await v.context.newCDPSession(page);
        const stage = await page.locator('.crop-stage').boundingBox();
        const [mx, my] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
        const fingers = (type, ...at) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y], id) => ({ x, y, id })) });
        // Two fingers apart: nearer. One finger to the right and down: the upper left of what was seen.
        await fingers('touchStart', [mx - 40, my], [mx + 40, my]);
        for (let i = 1; i <= 10; i++) await fingers('touchMove', [mx - 40 - 12 * i, my], [mx + 40 + 12 * i, my]);
        await fingers('touchEnd');
        assert.ok(Number(await page.inputValue('.crop-zoom input')) > 30, 'it came nearer');
        for (let drag = 0; drag < 4; drag++) {
            await fingers('touchStart', [mx - 100, my - 100]);
            for (let i = 1; i <= 10; i++) await fingers('touchMove', [mx - 100 + 25 * i, my - 100 + 25 * i]);
            await fingers('touchEnd');
        }
        // It lay on its side: seen upright its upper left is the lower left of the bytes, blue.
        const blue = await colours(page, await use(page), [[0.1, 0.1], [0.9, 0.9]]);
        for (const at of blue.at) like(at, BLUE, 'the upper left');
        // A corner pulled with the mouse makes a free shape; the wheel comes nearer.
        await cut(page);
        await page.click('[data-crop=whole]');
        const frame = await page.locator('.crop-frame').boundingBox();
        await page.mouse.move(frame.x + frame.width, frame.y + frame.height);
        await page.mouse.down();
        await page.mouse.move(frame.x + frame.width, frame.y + frame.height / 2, { steps: 5 });
        await page.mouse.up();
        const half = await colours(page, await use(page), []);
        assert.ok(Math.abs(half.width / half.height - 1.6) < 0.1, `${half.width} × ${half.height}`);
        await cut(page);
        const zoomed = Number(await page.inputValue('.crop-zoom input'));
        await page.mouse.move(mx, my);
        await page.mouse.wheel(0, -400);
        await page.waitForFunction((was) => Number(document.querySelector('.crop-zoom input').value) > was, zoomed);
        await page.click('[data-crop=cancel]');
        await v.close();
    });

    it('are stopped, and tried again, without losing the others', async () => {
        const v = await visitor('retrier', { size: PHONE });
        const { page } = v;
        let broken = true, held = null;
        v.allowed = (answer) => answer.status() === 401;
        await page.route('**/media', async (route) => {
            const name = /filename="([^"]*)"/.exec(route.request().postDataBuffer()?.toString('latin1') ?? '')?.[1];
            if (name === 'bad.png' && broken) return route.abort('connectionreset');
            if (name === 'slow.png') { held = route; return undefined; }
            return route.continue();
        });
        await page.fill('#body', 'Typed before');
        await page.setInputFiles('#compose-files', [png('one.png', picture(300, 400, [1, 2, 3])), png('bad.png', picture(300, 400, [9, 2, 3])), png('slow.png', picture(300, 400, [99, 2, 3]))]);
        await page.waitForSelector('.compose-photo [data-do=again]:not([hidden])');
        await arrived(page, 1);
        await page.waitForFunction(() => document.querySelectorAll('.compose-upload:not([hidden])').length === 1);
        await v.look('upload-failed', { full: false });
        await page.click('.compose-photo:last-child [data-do=stop]');
        assert.equal(await page.locator('.compose-photo').count(), 2);
        await held.abort().catch(() => {});
        // It is not published without the one that failed, and nothing is thrown away.
        await page.fill('#title', 'Two photos');
        await page.selectOption('#section', 'home');
        await page.click('.compose-bar .btn-primary');
        assert.match(await page.textContent('#compose-error'), /did not arrive/);
        assert.equal(await page.locator('.compose-photo').count(), 2);
        assert.equal(await page.evaluate(() => document.activeElement.dataset.do), 'again');
        broken = false;
        await page.click('.compose-photo [data-do=again]:not([hidden])');
        await arrived(page, 2);
        // The session ends meanwhile: what is written stays, and goes out after signing in elsewhere.
        await v.context.clearCookies();
        await page.setInputFiles('#compose-files', png('late.png', picture(300, 400, [5, 200, 3])));
        await page.waitForFunction(() => [...document.querySelectorAll('.compose-photo .field-error')].some((p) => /signed out/.test(p.textContent)));
        const other = await v.context.newPage();
        await signIn(other, 'retrier');
        await other.close();
        await page.click('.compose-photo:last-child [data-do=again]');
        await arrived(page, 3);
        assert.match(await page.textContent('#compose-alts'), /3/);
        await page.click('.compose-bar .btn-primary');
        await page.waitForURL(/\/n\/note_/);
        assert.equal(await page.locator('.carousel-item').count(), 3);
        v.faults = v.faults.filter((fault) => !/ERR_CONNECTION_RESET|ERR_FAILED|401/.test(fault));
        await v.close();
    });

    it('are waited for while the house is busy, by themselves', async () => {
        const v = await visitor('patient', { size: DESKTOP });
        let busy = 1;
        v.allowed = (answer) => answer.status() === 429;
        await v.page.route('**/media', (route) => (busy-- > 0 ? route.fulfill({ status: 429, headers: { 'Retry-After': '1' }, json: {} }) : route.continue()));
        await v.page.setInputFiles('#compose-files', png('a.png', picture(300, 300, [50, 2, 3])));
        await arrived(v.page, 1);
        v.faults = v.faults.filter((fault) => !/429/.test(fault));
        await v.close();
    });

    it('are ordered by buttons and keys where scripts run', async () => {
        const v = await visitor('orderer', { size: DESKTOP });
        const { page } = v;
        await page.setInputFiles('#compose-files', [1, 2, 3].map((n) => png(`${n}.png`, picture(300, 400, [n * 60, 2, 3]))));
        await arrived(page, 3);
        const [a, b, c] = await all(page, 'photo');
        await page.focus('.compose-photo:nth-child(3) [data-do=earlier]');
        await page.keyboard.press('Enter');
        assert.deepEqual(await all(page, 'photo'), [a, c, b]);
        assert.equal(await page.evaluate(() => document.activeElement.dataset.do), 'earlier');
        await page.keyboard.press(' ');
        assert.deepEqual(await all(page, 'photo'), [c, a, b]);
        await page.click('.compose-photo:nth-child(1) [data-do=remove]');
        assert.deepEqual(await all(page, 'photo'), [a, b]);
        await page.dragAndDrop('.compose-photo:nth-child(2) .compose-frame', '.compose-photo:nth-child(1) .compose-frame', { targetPosition: { x: 5, y: 60 } });
        assert.deepEqual(await all(page, 'photo'), [b, a]);
        assert.equal(new URL(page.url()).pathname, '/publish', 'no button sent the form');
        await v.close();
    });

    for (const [size, lang] of [[PHONE, 'zh'], [DESKTOP, 'en']]) {
        it(`are described and ordered without scripts (${lang})`, async () => {
            const v = await visitor(`plain_${lang}`, { size, lang, scripts: false });
            const { page } = v;
            await page.fill('#title', 'In order');
            await page.fill('#body', 'Typed and kept');
            await page.selectOption('#section', 'home');
            await page.setInputFiles('#compose-files', [1, 2, 3].map((n) => png(`${n}.png`, picture(300, 400, [n * 60, size.width % 250, 3]))));
            await v.send('[name=add]');
            assert.equal(await page.locator('.compose-photo').count(), 3);
            assert.ok(await page.locator('#alt-help').isVisible(), 'why it is asked');
            assert.match(await page.textContent('#compose-alts'), /3/);
            assert.equal(await page.locator('.compose-photo [name=alt][autofocus]').count(), 1);
            await v.look('compose-plain');
            const alts = page.locator('.compose-photo [name=alt]');
            for (const [n, text] of ['first', 'second'].entries()) await alts.nth(n).fill(text);
            const [a, b, c] = await all(page, 'photo');
            await page.click('.pin-form summary');
            await page.fill('#pin-product-0', 'lamp');
            await page.fill('#pin-photo-0', '2');
            await v.send(`[name=photo_later][value=${a}]`);
            assert.deepEqual(await all(page, 'photo'), [b, a, c]);
            assert.deepEqual(await all(page, 'alt'), ['second', 'first', '']);
            assert.deepEqual([await page.inputValue('#title'), await page.inputValue('#body'), await page.inputValue('#section')], ['In order', 'Typed and kept', 'home']);
            assert.equal(await page.inputValue('#pin-photo-0'), '1', 'the pin went with its photo');
            assert.equal(await page.locator(`[name=photo_later][value=${a}][autofocus]`).count(), 1);
            assert.match(await page.textContent('#compose-alts'), /1/);
            await v.send(`[name=photo_earlier][value=${c}]`);
            await v.send(`[name=photo_out][value=${a}]`);
            assert.deepEqual(await all(page, 'photo'), [b, c]);
            // Enter in a field publishes; it moves nothing.
            await page.focus('#title');
            await Promise.all([page.waitForURL(/\/n\/note_/), page.keyboard.press('Enter')]);
            assert.equal(await page.locator('.carousel-item').count(), 2);
            assert.equal(await page.locator('.carousel img').first().getAttribute('alt'), 'second');
            assert.equal(await page.locator('.shelf-item').count(), 1);
            // The same while it is changed.
            const note = new URL(page.url()).pathname;
            await v.go(`${note}/edit`);
            await page.fill('#body', 'Changed');
            await v.send(`[name=photo_later][value=${b}]`);
            assert.deepEqual(await all(page, 'photo'), [c, b]);
            assert.equal(await page.inputValue('#body'), 'Changed');
            await Promise.all([page.waitForURL(new RegExp(`${note}$`)), page.click('.compose-bar .btn-primary')]);
            assert.equal(await page.locator('.carousel img').nth(1).getAttribute('alt'), 'second');
            await v.close();
        });
    }

    for (const [size, lang] of [[PHONE, 'zh'], [DESKTOP, 'en']]) {
        it(`of a profile are cut in the same dialog (${lang})`, async () => {
            const handle = `face_${lang}`, v = await visitor(handle, { size, lang });
            const { page } = v;
            for (const [field, name] of [['#avatar-photo', 'avatar'], ['#cover-photo', 'cover']]) {
                await v.go('/me/profile');
                await page.setInputFiles(field, png('me.png', quarters(900, 700)));
                await page.waitForSelector('#crop[open]');
                assert.ok(await page.locator('.crop-shapes').isHidden(), 'its shape is given');
                await v.look(`crop-${name}`, { full: false });
                await page.keyboard.press('Escape');
                assert.equal(await page.inputValue(field), '', 'nothing is chosen');
                await page.setInputFiles(field, png('me.png', quarters(900, 700)));
                await page.waitForSelector('#crop[open]');
                for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
                for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown');
                await Promise.all([page.waitForURL(/saved=1/), page.click('[data-crop=use]')]);
                await page.waitForLoadState('load');
            }
            const sizes = await page.evaluate(async () => {
                const load = async (img) => { await img.decode(); return [img.naturalWidth, img.naturalHeight]; };
                return [await load(document.querySelector('.profile-preview .avatar img')), await load(document.querySelector('.profile-cover img'))];
            });
            assert.equal(sizes[0][0], sizes[0][1]);
            assert.ok(Math.abs(sizes[1][0] / sizes[1][1] - 3) < 0.05, `${sizes[1]}`);
            await v.look('profile-pictures', { full: false });
            await v.close();
        });
    }
});
