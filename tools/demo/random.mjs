// Chance that can be repeated: the same seed gives the same demo.

// mulberry32: 32 bits of state, good enough to throw dice with.
export class Dice {
    constructor(seed) {
        this.state = seed >>> 0;
    }

    // Dice of their own for a person, a day, a note: from words and numbers.
    static of(...parts) {
        let hash = 2166136261;
        for (const char of parts.join('/')) hash = Math.imul(hash ^ char.codePointAt(0), 16777619);
        return new Dice(hash);
    }

    // 0 <= x < 1
    next() {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    below(n) {
        return Math.floor(this.next() * n);
    }

    between(low, high) {
        return low + this.below(high - low + 1);
    }

    chance(p) {
        return this.next() < p;
    }

    pick(list) {
        return list[this.below(list.length)];
    }

    // One of the list, where weigh(item) says how likely.
    weighted(list, weigh) {
        const weights = list.map(weigh);
        let left = this.next() * weights.reduce((a, b) => a + b, 0);
        for (let i = 0; i < list.length; i++) {
            left -= weights[i];
            if (left < 0) return list[i];
        }
        return list.at(-1);
    }

    shuffle(list) {
        const out = [...list];
        for (let i = out.length - 1; i > 0; i--) {
            const k = this.below(i + 1);
            [out[i], out[k]] = [out[k], out[i]];
        }
        return out;
    }
}
