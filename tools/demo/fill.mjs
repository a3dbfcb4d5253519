// Fills a data folder with eight weeks of a small place, through its own doors:
//
//   node tools/demo/fill.mjs DATA-FOLDER
//
// A server runs on a simulated clock; suppliers bring the sample catalogue,
// simulated people join, publish, answer, follow, buy and come back. Nothing
// is written but through HTTP. The same seed gives the same people, texts and deeds.

import fs from 'node:fs';
import path from 'node:path';
import { expect } from '../../tests/support/client.mjs';
import { root, startServer } from '../../tests/support/server.mjs';
import { Catalogue } from './catalogue.mjs';
import { lookBack, notes, sequels } from './notes.mjs';
import { photos } from './photos.mjs';
import { Dice } from './random.mjs';
import { moveParcels } from './trade.mjs';
import { visit } from './visit.mjs';
import { atOnce, DAY, DAYS, HOUR, MINUTE, PASSWORD, Person, World } from './world.mjs';

const RETURN_DAYS = 30;
const LOOKS_BACK = 52;
const FIRST_READERS = 26; // there from the first days; the others come one by one
const BY_NOTE = 9; // of the late ones, who came by a note they had been sent

const say = (text) => process.stdout.write(`demo: ${text}\n`);

async function openShops(world) {
    const operator = world.server.operator();
    for (const supplier of world.suppliers) {
        await supplier.signUp();
        expect(await operator.post(`/api/v1/people/${supplier.handle}/roles`, { role: 'supplier' }, { Accept: 'application/json' }), 200, 303);
        const { products, csv } = world.catalogue.part(supplier.categories);
        const media = [];
        await atOnce(2, products, async (product) => {
            media.push([product.photo, await supplier.bring(world, product.photo, photos.get(product.slug).alt.en)]);
        });
        const answer = await supplier.client.postFiles('/api/v1/catalog/import',
            { currency: 'USD', photo_name: media.map((m) => m[0]), photo_media: media.map((m) => m[1]) },
            [{ name: 'csv', bytes: Buffer.from(csv), filename: 'products.csv', type: 'text/csv' }],
            { Accept: 'application/json' });
        const result = expect(answer, 200).json;
        if (!result.done) throw new Error(`${supplier.handle}'s catalogue: ${answer.text}`);
        world.count('products', result.products);
        for (const { slug } of products) world.products.set(slug, await supplier.client.api(`/p/${slug}`));
    }
}

// Which note appears when, by whom: originals over all weeks, looks back two weeks or more later.
function planNotes(world) {
    const dice = Dice.of('notes');
    const plan = dice.shuffle(notes).map((note, i, all) => {
        const at = world.begin + DAY + (i / all.length) * (DAYS - 1.5) * DAY + dice.below(14 * HOUR);
        return { ...note, at, charm: 0.4 + 2.2 * dice.next() ** 2 };
    });
    for (const [asked, told] of sequels) askThenTell(world, plan, asked, told, dice);
    for (const note of plan) note.author ??= pickAuthor(world, note, dice);
    const worthIt = plan.filter((n) => (n.kind === 1 || n.kind === 2) && n.at < world.begin + 40 * DAY);
    const used = { en: 0, zh: 0 };
    for (const note of dice.shuffle(worthIt).filter((n) => used[n.lang] < LOOKS_BACK / 2 && used[n.lang]++ >= 0)) {
        const at = note.at + dice.between(14, 15) * DAY + dice.below(6 * HOUR);
        plan.push({ ...lookBack(note, used[note.lang]), at, author: note.author, charm: note.charm, answers: [] });
    }
    return plan.filter((n) => n.at < world.begin + DAYS * DAY - HOUR).sort((a, b) => a.at - b.at);
}

function askThenTell(world, plan, asked, told, dice) {
    const [first, then] = [asked, told].map((title) => plan.find((note) => note.title === title));
    first.at = world.begin + dice.between(4, 18) * DAY + dice.between(8, 21) * HOUR;
    then.at = first.at + 28 * DAY + dice.below(6 * HOUR);
    first.author = then.author = pickAuthor(world, first, dice);
}

function pickAuthor(world, note, dice) {
    const day = (note.at - world.begin) / DAY;
    const able = world.readers.filter((p) => p.lang === note.lang && p.joinDay + 0.5 < day);
    const author = dice.weighted(able, (p) => (p.interests.includes(note.section) ? 5 : 1) / (1 + (p.written ?? 0)));
    author.written = (author.written ?? 0) + 1;
    return author;
}

async function publish(world, plan) {
    const { author, lang } = plan;
    const dice = Dice.of('publish', plan.title, author.handle);
    const place = (pin) => Math.max(0, plan.photos.indexOf(pin.product));
    const near = (n) => Math.min(980, Math.max(20, n + dice.between(-30, 30)));
    const pins = plan.pins.map((pin) => ({ ...pin, ...photos.get(pin.product) }));
    const fields = {
        section: plan.section, kind: plan.kind, lang, title: plan.title, body: plan.body,
        photo: plan.media, alt: plan.photos.map((slug) => photos.get(slug).alt[lang]),
        pin_product: pins.map((p) => p.slug), pin_photo: pins.map((p) => place(p) + 1),
        pin_x: pins.map((p) => near(p.x)), pin_y: pins.map((p) => near(p.y)),
        pin_connection: pins.map((p) => p.connection),
    };
    const made = expect(await author.client.postForm('/notes', fields), 201).json;
    const shown = await author.client.api(`/n/${made.id}`);
    const goods = (shown.goods ?? []).map((pin) => ({ id: pin.id, slug: pin.product.slug }));
    world.notes.push({ ...plan, id: made.id, pins: goods, answers: [...plan.answers], comments: [], said: new Set(), at: world.now });
    world.count('notes');
}

// Everything of a day in order of time: who joins, what is published, who visits.
function planDay(world, day, noteQueue) {
    const begin = world.begin + day * DAY;
    const deeds = [];
    for (const person of world.readers) {
        if (Math.floor(person.joinDay) === day) {
            deeds.push({ at: begin + (person.joinDay % 1) * DAY, person, kind: 'join' });
        } else if (person.joinDay < day) {
            const dice = Dice.of('visit', person.handle, day);
            if (dice.chance(0.5)) deeds.push({ at: begin + dice.between(7 * 60, 23 * 60) * MINUTE, person, kind: 'visit', dice });
        }
    }
    while (noteQueue.length > 0 && noteQueue[0].at < begin + DAY) {
        const note = noteQueue.shift();
        deeds.push({ at: note.at, person: note.author, kind: 'publish', note });
    }
    return deeds.sort((a, b) => a.at - b.at);
}

async function join(world, person) {
    const came = person.byNote ? world.notes.findLast((n) => n.lang === person.lang) : null;
    await person.signUp(came?.id);
    world.here.push(person);
    world.count('people');
    if (came) world.count('came by a note');
}

async function act(world, deed) {
    if (deed.kind === 'join') await join(world, deed.person);
    else if (deed.kind === 'publish') await publish(world, deed.note);
    else await visit(world, deed.person, deed.dice);
}

// The photos of a day's notes, brought before it begins: decoding them is the slowest part.
async function bringPhotos(world, deeds) {
    const wanted = [];
    for (const { note } of deeds.filter((deed) => deed.note)) {
        note.media = [];
        note.photos.forEach((slug, i) => wanted.push({ slug, note, i }));
    }
    await atOnce(3, wanted, async ({ slug, note, i }) => {
        const { photo } = world.catalogue.products.find((p) => p.slug === slug);
        note.media[i] = await note.author.bring(world, photo, photos.get(slug).alt[note.lang]);
    });
}

// Neighbours in time act together, unless one person would act twice at once.
async function runDay(world, deeds) {
    let group = [];
    const flush = async () => {
        if (group.length === 0) return;
        await world.clock(group.at(-1).at);
        await Promise.all(group.map((deed) => act(world, deed)));
        group = [];
    };
    for (const deed of deeds) {
        const clash = group.some((d) => d.person === deed.person) || (group[0] && group[0].kind !== deed.kind);
        if (clash || group.length === 6) await flush();
        group.push(deed);
    }
    await flush();
}

function planArrivals(world) {
    const dice = Dice.of('arrivals');
    world.readers.forEach((person, i) => {
        const late = i - FIRST_READERS;
        person.joinDay = late < 0 ? dice.next() * 0.9 : 4 + (late * 46) / (world.readers.length - FIRST_READERS) + dice.next() * 0.9;
        person.byNote = late >= world.readers.length - FIRST_READERS - BY_NOTE;
    });
}

// The two who are not simulated: for whoever opens the demo.
async function addGuests(world) {
    const guest = new Person(world, { handle: 'demo', name: 'Demo', bio: '', interests: ['home', 'travel'], consents: true, simulated: false }, 'en');
    const keeper = new Person(world, { handle: 'keeper', name: 'Keeper', bio: '', interests: [], consents: false, simulated: false }, 'en');
    await guest.signUp();
    await keeper.signUp();
    expect(await world.server.operator().post('/api/v1/people/keeper/roles', { role: 'operator' }, { Accept: 'application/json' }), 200, 303);
    for (const author of world.here.slice(0, 5)) expect(await guest.client.postForm(`/u/${author.handle}/follow`, { on: 1 }), 200);
}

async function main(dir) {
    const started = Date.now();
    const begin = Math.floor(started / DAY) * DAY - DAYS * DAY;
    const catalogue = new Catalogue(path.join(root, 'build/vendure'));
    fs.mkdirSync(dir, { recursive: true });
    const server = await startServer({ dir, settings: { simulation: true, simulated_people: true, return_days: RETURN_DAYS,
        connections_per_client: 0 } });
    try {
        const world = new World(server, catalogue, 0);
        world.begin = begin;
        planArrivals(world);
        await world.clock(begin);
        await openShops(world);
        say(`${world.counts.products} products of ${world.suppliers.length} suppliers`);
        const queue = planNotes(world);
        for (let day = 0; day < DAYS; day++) {
            const deeds = planDay(world, day, queue);
            await world.clock(world.begin + day * DAY); // a photo that no note takes in a day is thrown away
            await bringPhotos(world, deeds);
            await runDay(world, deeds);
            await moveParcels(world, RETURN_DAYS);
            if (day % 14 === 13) say(`week ${(day + 1) / 7}: ${world.notes.length} notes, ${world.counts.likes} likes, ${world.counts['orders paid']} orders`);
        }
        await world.clock(Math.max(world.now, begin + DAYS * DAY - 1));
        await addGuests(world);
        await server.stop();
        fs.writeFileSync(path.join(dir, 'filled.json'), `${JSON.stringify(world.counts, null, 2)}\n`);
        const told = Object.entries(world.counts).map(([what, n]) => `${n} ${what}`).join(', ');
        say(`${told}; ${Math.round((Date.now() - started) / 1000)} s; every password is ${PASSWORD}`);
    } catch (error) {
        process.stderr.write(`${server.log.slice(-4000)}\n`);
        await server.kill9().catch(() => {});
        throw error;
    }
}

await main(path.resolve(process.argv[2] ?? path.join(root, 'build/demo')));
process.exit(0);
