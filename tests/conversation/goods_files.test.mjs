// Goods as files: the forms of sward, Shopify and Vendure, in and out and in again.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect } from '../support/client.mjs';
import { conversation, isProblem, member, product, shows, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const SHOPIFY = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Status
tee,Plain tee,"<p>Cotton &amp; linen.<br>Made in <b>Porto</b>.</p>",Acme,Shirts,,true,Size,S,Colour,red,TEE-S-R,180,4,19.00,25.00,4006381333931,https://cdn.example/tee-1.jpg?v=2,active
tee,,,,,,,,M,,blue,TEE-M-B,190,7,19.50,,,https://cdn.example/tee-2.jpg,
tee,,,,,,,,,,,,,,,,,https://cdn.example/tee-3.jpg,
mug,Mug,,Acme,Home,,true,Title,Default Title,,,MUG,400,9,8.00,8.00,,,draft
`;
const VENDURE = `name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Lamp,lamp,A lamp.,,category:Light|Material:brass,finish|socket,matt|E27,L-1,40.00,standard,5,true,,
,,,,,,shiny|E14,L-2,42.00,standard,6,true,,
`;

conversation('goods as files', {}, (server) => {
    let shop;
    const bring = (csv, more = {}) => shop.postForm('/catalog/import', { csv, currency: 'EUR', ...more });
    const take = async (form) => {
        const answer = expect(await shop.get(`/supplier/export?form=${form}`), 200);
        assert.match(answer.headers['content-type'], /^text\/csv/);
        assert.match(answer.headers['content-disposition'], new RegExp(`goods-${form}-1\\.csv`));
        return answer.text;
    };
    const whole = async () => {
        const goods = {};
        for (const { product: { id, slug } } of (await shop.api('/supplier/goods?limit=100')).items) {
            const g = await shop.api(`/supplier/goods/${id}`);
            delete g.product.photo;
            goods[slug] = JSON.parse(JSON.stringify(g));
        }
        return goods;
    };

    it('reads Shopify’s form', async () => {
        shop = await supplier(server(), [{ slug: 'first' }], 'filer');
        const dry = expect(await bring(SHOPIFY, { dry_run: '1' }), 200).json;
        assert.deepEqual([dry.done, dry.products, dry.skus, dry.photos_missing], [false, 2, 3, 3]);
        assert.equal((await shop.get('/p/tee')).status, 404);
        const done = expect(await bring(SHOPIFY), 200).json;
        assert.deepEqual([done.done, done.products_new, done.drafts], [true, 2, 1]);
        const tee = await product(shop, 'tee');
        assert.equal(tee.body, 'Cotton & linen.\nMade in Porto.');
        assert.equal(tee.product.category, 'Shirts');
        assert.deepEqual(tee.skus.map((s) => [s.code, s.options, s.price.minor, s.grams, s.barcode, s.free]), [
            ['TEE-S-R', 'S · red', 1900, 180, '4006381333931', 4], ['TEE-M-B', 'M · blue', 1950, 190, '', 7]]);
        const { mug } = await whole();
        assert.deepEqual([mug.state, mug.skus[0].options, mug.options[0]], ['draft', '', '']);
    });

    it('reads Vendure’s form', async () => {
        expect(await bring(VENDURE), 200);
        const lamp = await product(shop, 'lamp');
        assert.equal(lamp.product.category, 'Light');
        assert.deepEqual(lamp.specification, [{ name: 'Material', value: 'brass' }]);
        assert.deepEqual(lamp.skus.map((s) => s.options), ['matt · E27', 'shiny · E14']);
        assert.deepEqual((await shop.api('/mall?category=Light')).filters.map((f) => f.name), ['finish', 'socket']);
    });

    it('lists every bad place and changes nothing', async () => {
        const before = await whole();
        const bad = `${SHOPIFY.split('\n')[0]}\nTee!,,"<p>x</p>",,,,,,,,,A,x,-1,free,,123,,gone\ntee,Tee,,,,,,,,,,TEE-S-R,,,1.00,,,,\ntee,,,,,,,,,,,TEE-S-R,,,1.00,,,,\n`;
        const answer = await bring(bad);
        assert.equal(answer.status, 422);
        assert.deepEqual(answer.json.rows.map((r) => [r.line, r.column]), [
            [2, 'Status'], [2, 'Handle'], [2, 'Title'], [2, 'Variant Price'], [2, 'Variant Inventory Qty'], [2, 'Variant Grams'], [2, 'Variant Barcode'], [4, 'Variant SKU']]);
        shows(await shop.post('/catalog/import', { csv: bad, currency: 'EUR' }), /Variant Barcode/);
        assert.deepEqual(await whole(), before);
    });

    it('gives each form out, and takes it back without a change', async () => {
        const { tee } = await whole();
        const path = `/supplier/goods/${tee.product.id}`;
        expect(await shop.postFiles(`${path}/photos`, {}, [{ name: 'photo', bytes: picture(300, 300, [9, 90, 9]), filename: 'a.jpg' }]), 200, 303);
        expect(await shop.post(path, { name: 'Plain “tee”, striped', slug: 'tee', currency: 'EUR', category: 'Shirts', option1: 'Size', option2: 'Colour', body: 'One, "two"\nthree & <four>', spec_name: ['Material'], spec_value: ['cotton, 80 %'] }), 303);
        const before = await whole();
        for (const form of ['sward', 'shopify', 'vendure']) {
            const csv = await take(form);
            const done = expect(await bring(csv), 200).json;
            assert.equal(done.faults, 0, `${form}: ${JSON.stringify(done.rows)}`);
            if (form === 'vendure') { // its form has no word for a draft
                const { mug } = await whole();
                expect(await shop.post(`/supplier/goods/${mug.product.id}/withdraw`, {}), 303);
                before.mug.state = 'withdrawn';
            }
            assert.deepEqual(await whole(), before, form);
            assert.equal((await take('sward')).replace(/,withdrawn|,draft/g, ''), (await take('sward')).replace(/,withdrawn|,draft/g, ''));
        }
        assert.match(await take('shopify'), /<p>One, ""two""<br>three &amp; &lt;four&gt;<\/p>/);
    });

    it('changes what the file changes, by SKU, and leaves what it does not name', async () => {
        expect(await bring('slug,name,sku,price\ntee,Plain tee,TEE-S-R,17.00\n,,TEE-M-B,19.50\n'), 200);
        const { tee } = await whole();
        assert.deepEqual(tee.skus.map((s) => [s.price.minor, s.grams, s.free]), [[1700, 180, 4], [1950, 190, 7]]);
        assert.equal(tee.body, 'One, "two"\nthree & <four>');
        assert.deepEqual(tee.options, ['Size', 'Colour', '']);
        assert.equal(tee.specification.length, 1);
        assert.equal(tee.photos.length, 1);
    });

    it('gives nobody the goods of others', async () => {
        isProblem(await (await member(server())).get('/api/v1/supplier/export', { Accept: 'application/json' }), 403);
        const other = await supplier(server(), [{ slug: 'theirs' }], 'other_filer');
        const csv = expect(await other.get('/supplier/export'), 200).text;
        assert.ok(csv.includes('theirs') && !csv.includes('tee'));
        isProblem(await other.get('/api/v1/supplier/export?form=xml', { Accept: 'application/json' }), 422);
        const stolen = await other.postForm('/catalog/import', { csv: await take('sward') });
        assert.equal(stolen.status, 422);
        shows(await shop.get('/supplier/import'), /form=shopify&amp;part=1/);
    });
});
