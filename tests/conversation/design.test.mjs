// The page /design: every component by the view that the pages use, in both
// languages and themes, and the tokens as the style sheet has them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect } from '../support/client.mjs';
import { giveRole, member } from '../support/kit.mjs';
import { root, startServer } from '../support/server.mjs';

const source = (name) => fs.readFileSync(path.join(root, 'src', name), 'utf8');

describe('the design language', () => {
    let server, visitor, page, data;

    before(async () => {
        server = await startServer();
        visitor = server.client();
        page = expect(await visitor.get('/design'), 200).text;
        data = await visitor.api('/design');
    });
    after(() => server?.remove());

    it('shows every component of the house', () => {
        const views = [...source('web/component.html').matchAll(/\{\{ view (\w+)\(/g)].map(([, name]) => name);
        assert.ok(views.length > 30, 'the components were found');
        assert.deepEqual(views.filter((name) => !data.components.includes(name)), []);
    });

    it('shows each in English and Chinese, by day and by night, by the view it names', () => {
        const specimens = page.split('<section class="specimen"').slice(1);
        const called = source('insight/design/small.html') + source('insight/design/rooms.html');
        for (const one of specimens) {
            const [, names] = one.match(/^ data-components="([^"]+)"/);
            for (const look of ['day" lang="en', 'night" lang="en', 'day" lang="zh', 'night" lang="zh'])
                assert.ok(one.includes(`<div class="stage ${look}`), `${names}: ${look}`);
        }
        assert.equal(specimens.flatMap((one) => one.match(/^ data-components="([^"]+)"/)[1].split(' ')).length, data.components.length);
        const inside = ['field_label', 'field_below', 'order_step_view', 'media_img_card']; // parts of those that are called
        const uncalled = data.components.filter((name) => !inside.includes(name) && !new RegExp(`\\b${name}\\(`).test(called));
        assert.deepEqual(uncalled, []);
    });

    it('speaks the language of the stage, whatever the reader speaks', async () => {
        const chinese = expect(await visitor.get('/design', { 'accept-language': 'zh-CN' }), 200).text;
        for (const text of [page, chinese]) {
            assert.match(text, /Publish it/);
            assert.match(text, /发布出去/);
        }
    });

    it('has its tokens from the style sheet, and all text can be read', () => {
        const css = source('web/static/tokens.css');
        const ink = data.tokens.find((token) => token.name === 'ink');
        assert.ok(css.includes(`--ink: var(--day, ${ink.day}) var(--night, ${ink.night});`));
        assert.ok(data.contrasts.length >= 18, 'all pairs are known');
        for (const { text, ground, day, night } of data.contrasts) assert.ok(day >= 4.5 && night >= 4.5, `${text} on ${ground}: ${day}, ${night}`);
    });

    it('stands in no menu and no search engine, and the settings lead to it', async () => {
        assert.match(page, /<meta name="robots" content="noindex">/);
        assert.doesNotMatch(expect(await visitor.get('/'), 200).text, /\/design/);
        const keeper = await member(server, { handle: 'design_keeper', name: 'Keeper' });
        await giveRole(server, 'design_keeper', 'operator');
        assert.match(expect(await keeper.get('/operator/settings'), 200).text, /href="\/design"/);
    });
});

describe('raw values', () => {
    it('stand in tokens.css alone', () => {
        for (const name of ['app.css', 'rooms.css', 'design.css']) {
            const css = source(`web/static/${name}`).replace(/\/\*[^]*?\*\//g, '');
            assert.deepEqual(css.match(/#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(/gi) ?? [], [], name);
        }
    });
});
