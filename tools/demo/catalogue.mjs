// The sample catalogue of @vendure/create: its CSV in rows, its photos.

import fs from 'node:fs';
import path from 'node:path';

// RFC 4180, enough for a file that is known.
function parse(text) {
    const rows = [];
    let row = [], field = '', quoted = false;
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        if (quoted) {
            if (c !== '"') field += c;
            else if (text[i + 1] === '"') field += text[++i];
            else quoted = false;
        } else if (c === '"') quoted = true;
        else if (c === ',') { row.push(field.trim()); field = ''; }
        else if (c === '\n') { row.push(field.trim()); rows.push(row); row = []; field = ''; }
        else field += c;
    }
    if (field || row.length > 0) rows.push([...row, field.trim()]);
    return rows.filter((r) => r.length > 1);
}

const quote = (field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

export class Catalogue {
    constructor(dir) {
        this.dir = dir;
        const [head, ...rows] = parse(fs.readFileSync(path.join(dir, 'assets/products.csv'), 'utf8'));
        this.head = head;
        this.products = [];
        for (const row of rows) {
            if (row[0]) {
                const categories = row[4].split('|').filter((f) => f.startsWith('category:')).map((f) => f.slice(9));
                this.products.push({ name: row[0], slug: row[1], photo: row[3], categories, rows: [] });
            }
            this.products.at(-1).rows.push(row);
        }
    }

    // The products of these categories, and their part of the file.
    part(categories) {
        const products = this.products.filter((p) => p.categories.some((c) => categories.includes(c)));
        const rows = [this.head, ...products.flatMap((p) => p.rows)];
        return { products, csv: `${rows.map((row) => row.map(quote).join(',')).join('\n')}\n` };
    }

    photo(name) {
        return fs.readFileSync(path.join(this.dir, 'assets/images', name));
    }
}
