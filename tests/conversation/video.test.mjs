// Videos: brought, prepared, published, played, with captions; and refused.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { film, probe, turned } from '../support/film.mjs';
import { conversation, hides, isProblem, member, shows } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

const json = { Accept: 'application/json' };
const captions = 'WEBVTT\n\n1\n00:00.000 --> 00:01.500 align:start\nHello <b>there</b>\n';

const bring = (client, bytes, { alt = '', filename = 'film.mp4', type = 'video/mp4' } = {}) =>
    client.postFiles('/media', { alt }, [{ name: 'photo', bytes, filename, type }], json);
const caption = (client, id, text, lang = 'en') =>
    client.postFiles(`/media/${id}/captions`, { lang }, [{ name: 'captions', bytes: Buffer.from(text), filename: 'c.vtt', type: 'text/vtt' }], json);

function ready(client, id) {
    return until(`video ${id} is decided`, async () => {
        const video = await client.api(`/media/${id}`);
        return video.state !== 'making' && video;
    }, 120000);
}

conversation('video', { video_max_seconds: 20, video_max_bytes: 4000000 }, (server) => {
    let author, other, visitor, large, note;

    it('is brought and prepared in two sizes, with a poster', async () => {
        author = await member(server(), { handle: 'film_maker' });
        other = await member(server(), { handle: 'film_reader' });
        visitor = server().client();
        const bytes = film({ width: 1280, height: 740, seconds: 3, more: ['-metadata', 'title=Secret place', '-metadata', 'location=+48.8584+002.2945/'] });
        const taken = expect(await bring(author, bytes, { alt: 'Colours that move' }), 201).json;
        assert.equal(taken.kind, 2);
        assert.equal(taken.height, 740);
        assert.equal((await author.get(taken.src)).headers['content-type'], 'image/webp');
        large = await ready(author, taken.id);
        assert.equal(large.state, 'ready', JSON.stringify(large));
        assert.equal(large.percent, 100);
        for (const [address, height] of [[large.video.small, 480], [large.video.large, 720]]) {
            const answer = expect(await author.get(address), 200);
            assert.equal(answer.headers['content-type'], 'video/mp4');
            const { streams, format } = probe(answer.bytes);
            const [pictures, sound] = ['video', 'audio'].map((kind) => streams.find((s) => s.codec_type === kind));
            assert.equal(pictures.codec_name, 'h264');
            assert.equal(pictures.profile, 'High');
            assert.equal(pictures.pix_fmt, 'yuv420p');
            assert.equal(pictures.height, height);
            assert.equal(pictures.width % 2, 0);
            assert.equal(sound.codec_name, 'aac');
            assert.ok(Math.abs(format.duration - 3) < 0.5, format.duration);
            assert.doesNotMatch(JSON.stringify(format.tags), /Secret|48\.85/);
            // The index comes first, so that it plays before it is all there.
            assert.ok(answer.bytes.indexOf('moov') < answer.bytes.indexOf('mdat'));
        }
        assert.equal((await author.get(large.video.poster)).status, 200);
        assert.equal((await author.get(large.video.small.replace('-480.mp4', '-1.video'))).status, 404);
    });

    it('stays upright, and is never made larger', async () => {
        const taken = expect(await bring(author, turned(film({ width: 320, height: 240, sound: false }))), 201).json;
        assert.deepEqual([taken.width, taken.height], [240, 320]);
        const small = await ready(author, taken.id);
        assert.equal(small.state, 'ready');
        assert.equal(small.video.large, undefined);
        const { streams } = probe((await author.get(small.video.small)).bytes);
        assert.deepEqual([streams.length, streams[0].width, streams[0].height], [1, 240, 320]);
        assert.ok(!JSON.stringify(streams).includes('rotation'));
    });

    it('comes out with its note, and is its owner’s alone until then', async () => {
        assert.equal((await visitor.get(large.video.small)).status, 404);
        assert.equal((await other.get(large.video.small)).status, 404);
        assert.equal((await other.get(`/media/${large.id}`)).status, 404);
        expect(await caption(author, large.id, captions), 200);
        assert.equal((await visitor.get(`/media/${large.id}/captions`)).status, 404);
        const photo = await author.photo(picture(300, 300, [9, 90, 9]), 'green');
        const form = { title: 'Moving colours', body: 'Look', section: 'home', kind: 1, photo: [large.id, photo], alt: ['Colours that move', 'green'] };
        note = expect(await author.postForm('/notes', form), 201).json.id;
        const page = expect(await visitor.get(`/n/${note}`), 200);
        shows(page, /<video[^>]* controls playsinline preload="none" poster="\/m\/[^"]+\.webp" width="1280" height="740"/);
        shows(page, /<source src="\/m\/[^"]+-720\.mp4" type="video\/mp4" media=/);
        shows(page, /<track kind="captions" src="\/media\/[^"]+\/captions" srclang="en"/);
        shows(page, /aria-label="Colours that move"/);
        hides(page, /autoplay/);
        const data = await visitor.api(`/n/${note}`);
        assert.equal(data.photos[0].video.small, large.video.small);
        assert.equal(data.photos[1].video, undefined);
        shows(expect(await visitor.get('/s/home'), 200), /class="card card-video"/);
        const text = expect(await visitor.get(data.photos[0].video.captions), 200);
        assert.equal(text.headers['content-type'], 'text/vtt; charset=utf-8');
        assert.equal(text.text, 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500 align:start\nHello <b>there</b>\n\n');
    });

    it('is played by parts', async () => {
        const whole = expect(await visitor.get(large.video.small), 200);
        assert.equal(whole.headers['accept-ranges'], 'bytes');
        assert.match(whole.headers['cache-control'], /immutable/);
        const size = whole.bytes.length;
        const part = await visitor.get(large.video.small, { Range: 'bytes=100-299' });
        assert.equal(part.status, 206);
        assert.equal(part.headers['content-range'], `bytes 100-299/${size}`);
        assert.deepEqual(part.bytes, whole.bytes.subarray(100, 300));
        const tail = await visitor.get(large.video.small, { Range: 'bytes=-10' });
        assert.deepEqual(tail.bytes, whole.bytes.subarray(size - 10));
        assert.equal((await visitor.get(large.video.small, { Range: `bytes=${size}-` })).status, 416);
        const same = await visitor.get(large.video.small, { Range: 'bytes=0-9', 'If-Range': whole.headers.etag });
        assert.equal(same.status, 206);
        const changed = await visitor.get(large.video.small, { Range: 'bytes=0-9', 'If-Range': '"another"' });
        assert.equal(changed.status, 200);
        assert.equal(changed.bytes.length, size);
    });

    it('closes with its note', async () => {
        expect(await author.post(`/n/${note}/audience`, { audience: 3 }), 303);
        assert.equal((await visitor.get(large.video.small)).status, 404);
        assert.equal((await other.get(`/media/${large.id}/captions`)).status, 404);
        const mine = expect(await author.get(large.video.small, { Range: 'bytes=0-9' }), 206);
        assert.equal(mine.headers['cache-control'], 'private, no-store');
        assert.equal((await author.get(`/media/${large.id}/captions`)).headers['cache-control'], 'private, no-store');
        expect(await author.post(`/n/${note}/audience`, { audience: 1 }), 303);
    });

    it('cannot be published while it is prepared, and nothing typed is lost', async () => {
        const files = [{ name: 'photo', bytes: film({ width: 640, height: 482, seconds: 15, rate: 30, more: ['-crf', '45'] }), filename: 'a.mp4', type: 'video/mp4' }];
        const fields = { title: 'Without a script', body: 'Typed words', section: 'home', kind: 1, alt: 'Colours' };
        const page = await author.postFiles('/notes', fields, files);
        assert.equal(page.status, 422, page.text.slice(0, 400));
        shows(page, /still being prepared/);
        shows(page, /Typed words/);
        shows(page, /being prepared: \d+ %/);
        const id = page.text.match(/name="photo" value="(media_[^"]+)"/)[1];
        shows(page, new RegExp(`type="file" name="captions_${id}"`));
        shows(expect(await author.get(`/media/${id}`), 200), /The video is being prepared|The video is ready/);
        const again = { ...fields, photo: id };
        const sheet = [{ name: `captions_${id}`, bytes: Buffer.from(captions), filename: 'c.vtt', type: 'text/vtt' }];
        assert.equal((await ready(author, id)).state, 'ready');
        const done = expect(await author.postFiles('/notes', again, sheet), 303);
        const data = await visitor.api(done.location);
        assert.equal((await visitor.get(data.photos[0].video.captions)).status, 200);
        assert.ok(data.photos[0].video.large.endsWith('-720.mp4'));
    });

    it('takes WebM too, and says what a machine made', async () => {
        const taken = expect(await bring(author, film({ format: 'webm', seconds: 1 }), { filename: 'x.webm', type: 'video/webm' }), 201).json;
        assert.equal((await ready(author, taken.id)).state, 'ready');
        const xmp = Buffer.from('<x:xmpmeta>Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"</x:xmpmeta>');
        const head = Buffer.alloc(8);
        head.writeUInt32BE(24 + xmp.length);
        head.write('uuid', 4);
        const box = Buffer.concat([head, Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), xmp]);
        const marked = expect(await bring(author, Buffer.concat([film({ seconds: 1, width: 160, height: 120 }), box])), 201).json;
        assert.equal(marked.machine_made, true);
        const made = await ready(author, marked.id);
        const kept = (await author.get(made.video.small)).bytes;
        assert.ok(kept.includes('trainedAlgorithmicMedia'));
        assert.equal(probe(kept).streams[0].codec_name, 'h264');
    });

    it('says what is wrong with what it does not take', async () => {
        const whole = film({ seconds: 2 });
        const refused = async (bytes, status, words, more) => {
            const problem = isProblem(await bring(author, bytes, more), status);
            assert.equal(problem.errors[0].field, 'photo');
            assert.match(problem.errors[0].message, words);
        };
        await refused(Buffer.from('RIFFxxxxAVI LIST and so on and on'), 415, /no video that we can show/);
        await refused(whole.subarray(0, whole.length - 2000), 422, /cut off/);
        await refused(Buffer.concat([whole.subarray(0, 40), Buffer.alloc(5000, 7)]), 422, /cut off|could not be read/);
        await refused(film({ seconds: 22, rate: 2, sound: false }), 413, /at most 20 seconds/);
        await refused(Buffer.alloc(4100000, 1), 413, /at most 3 MB/);
        await refused(film({ width: 5120, height: 4096, seconds: 1, rate: 1, sound: false }), 413, /4K/);
        // Sound alone is no video.
        const song = film({ seconds: 1, format: 'mp4', more: ['-map', '1:a'] });
        await refused(song, 422, /could not be read/);
    });

    it('refuses captions that are none, with the line', async () => {
        const wrong = isProblem(await caption(author, large.id, 'WEBVTT\n\n00:02.000 --> 00:01.000\nback\n'), 422);
        assert.match(wrong.errors[0].message, /Line 3/);
        assert.equal((await caption(other, large.id, captions)).status, 404);
        expect(await author.post(`/media/${large.id}/captions`, { lang: 'zh' }), 303);
        assert.equal((await visitor.get(`/media/${large.id}/captions`)).status, 404);
    });

    it('is in its owner’s copy of their data, captions and all', async () => {
        expect(await caption(author, large.id, captions, 'zh'), 200);
        expect(await author.post('/me/export'), 303);
        const copy = await until('the copy is ready', async () => (await author.api('/me/privacy')).copies.find((c) => c.state === 'ready'), 60000);
        const zip = expect(await author.get(`/me/privacy/${copy.id}`), 200).bytes;
        for (const address of [large.video.small, large.video.large]) assert.ok(zip.includes(address.slice('/m/'.length)), address);
    });

    it('goes with everything when it is taken back', async () => {
        const taken = expect(await bring(author, film({ seconds: 1, width: 200, height: 120 })), 201).json;
        expect(await author.request('DELETE', `/media/${taken.id}`), 200);
        assert.equal((await author.get(`/media/${taken.id}`)).status, 404);
        assert.equal((await author.get(taken.src)).status, 404);
    });
});

conversation('video, switched off', { video: false }, (server) => {
    it('is not taken, and the composer says so', async () => {
        const author = await member(server());
        shows(await author.get('/publish'), /Videos are not taken here/);
        hides(await author.get('/publish'), /video\/mp4/);
        const problem = isProblem(await bring(author, film({ seconds: 1 })), 415);
        assert.match(problem.errors[0].message, /only photos/);
    });
});
