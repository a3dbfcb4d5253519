// What one person does in one visit: look at Explore, open notes, answer them,
// follow a pin into the mall, buy.

import { expect } from '../../tests/support/client.mjs';
import { shortAnswers } from './answers.mjs';
import { buy } from './trade.mjs';
import { DAY } from './world.mjs';

const CARDS = 14;

// How likely this person's eye stays on a note: new, of an interest, in a language they read.
function appeal(person, note, now) {
    const age = (now - note.at) / DAY;
    const liked = person.interests.includes(note.section) ? 3 : 1;
    const spoken = person.lang === note.lang ? 4 : 1;
    const known = person.followed.has(note.author.handle) ? 2 : 1;
    return (liked * spoken * known * note.charm) / (1 + age * age);
}

function browse(world, person, dice) {
    const open = world.notes.filter((note) => note.author !== person && world.now - note.at < 21 * DAY);
    const cards = [];
    for (let tries = 0; tries < 3 * CARDS && cards.length < CARDS && open.length > cards.length; tries++) {
        const note = dice.weighted(open, (n) => appeal(person, n, world.now));
        if (!cards.includes(note)) cards.push(note);
    }
    return cards;
}

async function answer(world, person, note, dice) {
    const own = note.answers.length > 0 && person.lang === note.lang;
    const body = own ? note.answers.shift() : dice.pick(shortAnswers[note.lang]);
    if (note.said.has(body)) return;
    note.said.add(body);
    const parent = !own && note.comments.length > 0 && dice.chance(0.3) ? { parent: dice.pick(note.comments) } : {};
    const said = expect(await person.client.postForm(`/n/${note.id}/comments`, { body, ...parent }), 201);
    note.comments.push(said.json.id);
    world.count('comments');
}

async function respond(world, person, note, dice) {
    const { client } = person;
    if (dice.chance(0.5)) {
        expect(await client.postForm(`/n/${note.id}/like`, { on: 1 }), 200);
        world.count('likes');
    }
    if (dice.chance(0.2)) {
        expect(await client.postForm(`/n/${note.id}/save`, { on: 1 }), 200);
        world.count('saves');
    }
    if (dice.chance(person.lang === note.lang ? 0.3 : 0)) await answer(world, person, note, dice);
    const author = note.author.handle;
    if (!person.followed.has(author) && dice.chance(0.12)) {
        person.followed.add(author);
        expect(await client.postForm(`/u/${author}/follow`, { on: 1 }), 200);
        world.count('follows');
    }
}

// Through a pin into the mall, and perhaps to the till.
async function shop(world, person, note, dice) {
    const pin = dice.pick(note.pins);
    const there = expect(await person.client.get(`/go/${pin.id}`), 303);
    expect(await person.client.get(there.location), 200);
    world.count('pins opened');
    const product = world.products.get(pin.slug);
    // The dearer, the rarer.
    const price = product.skus[0].price.minor / 100;
    if (dice.chance(0.4 / (1 + price / 150))) await buy(world, person, product, dice);
}

async function report(world, person, cards, opened, dice) {
    const rows = cards.map((note, n) => ({ k: 'card', t: note.id, p: 'explore', n, a: dice.between(1000, 60000) }));
    for (const note of opened) {
        rows.push({ k: 'note', t: note.id, p: 'note', a: dice.between(500, 30000) });
        rows.push({ k: 'dwell', t: note.id, p: 'note', a: 100, d: dice.between(2000, 70000) });
    }
    const batch = world.now * 4096 + person.dice.below(4096);
    expect(await person.client.postJson('/x', { batch, rows }), 200);
    world.count('cards seen', cards.length);
}

export async function visit(world, person, dice) {
    const away = world.now - person.visited;
    if (person.visited > 0 && (away > 5 * DAY || dice.chance(0.12))) {
        await person.signIn();
        world.count('sign-ins');
    }
    person.visited = world.now;
    expect(await person.client.get('/'), 200);
    const cards = browse(world, person, dice);
    const opened = cards.filter((note) => !person.seen.has(note)).slice(0, dice.between(1, 5));
    for (const note of opened) {
        person.seen.add(note);
        expect(await person.client.get(`/n/${note.id}?from=explore`), 200);
        await respond(world, person, note, dice);
        if (note.pins.length > 0 && dice.chance(0.4)) await shop(world, person, note, dice);
    }
    if (person.consents && cards.length > 0) await report(world, person, cards, opened, dice);
    world.count('visits');
}
