// The demo's people and what they have at hand: a client each, the clock,
// the notes published so far.

import { Client, expect } from '../../tests/support/client.mjs';
import { chinese, english, suppliers } from './people.mjs';
import { Dice } from './random.mjs';

export const PASSWORD = 'sward-demo';
export const DAYS = 56;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export class Person {
    constructor(world, who, lang) {
        Object.assign(this, who);
        this.lang = lang;
        this.client = new Client(world.server.url, { lang: lang === 'zh' ? 'zh-CN' : 'en' });
        this.dice = Dice.of('person', who.handle);
        this.seen = new Set(); // notes opened before
        this.followed = new Set();
        this.visited = 0; // when last
    }

    async signUp(from) {
        expect(await this.client.post('/api/v1/signup', { handle: this.handle, name: this.name, password: PASSWORD,
            simulated: this.simulated === false ? 0 : 1, ...(from ? { from } : {}) }, { Accept: 'application/json' }), 201);
        const consents = this.consents ?? this.dice.chance(0.85);
        this.consents = consents;
        expect(await this.client.post('/me/profile', { name: this.name, bio: this.bio ?? '' }), 303);
        expect(await this.client.post('/me/settings', { personalised: 1, ...(consents ? { exposure_ok: 1 } : {}) }), 303);
        if (this.interests?.length) {
            expect(await this.client.post('/welcome', { interest: this.interests, ...(consents ? { exposure_ok: 1 } : {}) }), 303);
        }
        expect(await this.client.post('/lang', { lang: this.lang }), 303);
    }

    async signIn() {
        this.client.jar.delete('sward_session');
        expect(await this.client.post('/api/v1/signin', { handle: this.handle, password: PASSWORD }, { Accept: 'application/json' }), 201);
    }

    bring(world, name, alt) {
        return this.client.photo(world.catalogue.photo(name), alt, name);
    }
}

export class World {
    constructor(server, catalogue, begin) {
        this.server = server;
        this.catalogue = catalogue;
        this.begin = begin;
        this.now = begin;
        this.notes = []; // published, oldest first
        this.products = new Map(); // slug -> what the API says of it
        this.orders = []; // not closed yet
        this.counts = {};
        this.suppliers = suppliers.map((s) => new Person(this, { ...s, consents: false }, s.lang));
        const readers = [];
        for (let i = 0; i < english.length; i++) {
            readers.push(new Person(this, english[i], 'en'), new Person(this, chinese[i], 'zh'));
        }
        this.readers = readers;
        this.here = []; // readers who have joined
    }

    count(what, n = 1) {
        this.counts[what] = (this.counts[what] ?? 0) + n;
    }

    // Time only passes; the same moment again is fine.
    async clock(at) {
        if (at > this.now) this.now = await this.server.clock(at);
    }
}

// Run fn over the list, so many at a time.
export async function atOnce(n, list, fn) {
    const queue = [...list];
    await Promise.all(Array.from({ length: n }, async () => {
        while (queue.length > 0) await fn(queue.shift());
    }));
}
