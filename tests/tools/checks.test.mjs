// tests/tools/checks.test.mjs - each check of tools/checks finds what it is for,
// and leaves alone what only looks like it.
//
// Every test makes a small project in a temporary folder and runs the real check there.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

// Runs a check on a project of the given files: { status, out }.
function check(name, files) {
    const dir = mkdtempSync(join(tmpdir(), 'sward-checks-'));
    try {
        execFileSync('git', ['init', '-q', dir]);
        cpSync(join(root, 'tools/checks'), join(dir, 'tools/checks'), { recursive: true });
        cpSync(join(root, 'layers'), join(dir, 'layers'));
        writeFileSync(join(dir, '.gitignore'), '/tools/\n');
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(dir, path)), { recursive: true });
            writeFileSync(join(dir, path), text);
        }
        const done = spawnSync(join(dir, `tools/checks/${name}.mjs`), { cwd: dir, encoding: 'utf8' });
        return { status: done.status, out: done.stdout + done.stderr };
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}

function finds(name, files, ...patterns) {
    const { status, out } = check(name, files);
    assert.equal(status, 1, out);
    for (const pattern of patterns) assert.match(out, pattern);
    assert.equal(out.trim().split('\n').length, patterns.length, out);
}

function passes(name, files) {
    const { status, out } = check(name, files);
    assert.equal(out, '');
    assert.equal(status, 0);
}

const lines = (n, line = '    x();\n') => line.repeat(n);

test('layers: a floor may not include what stands above it', () => {
    finds('layers', { 'src/base/a.h': '#include "web/b.h"\n', 'src/web/b.h': '' }, /^src\/base\/a\.h:1: base\/ may not/);
});

test('layers: the community and the mall never know each other', () => {
    finds(
        'layers',
        { 'src/mall/cart/cart.c': '\n#include "community/note/note.h"\n', 'src/community/note/note.h': '' },
        /^src\/mall\/cart\/cart\.c:2: mall\/ may not include community\/note\/note\.h/,
    );
});

test('layers: a room is entered by its own header only', () => {
    const rooms = { 'src/mall/stock/stock.h': '', 'src/mall/stock/shelf.h': '#include "mall/stock/stock.h"\n' };
    passes('layers', { ...rooms, 'src/mall/cart/cart.c': '#include "mall/stock/stock.h"\n' });
    finds('layers', { ...rooms, 'src/mall/cart/cart.c': '#include "mall/stock/shelf.h"\n' }, /shelf\.h is private/);
    passes('layers', { ...rooms, 'src/app/wire.c': '#include "mall/stock/shelf.h"\n' });
    const shown = { 'src/account/person/address.h': '', 'src/account/mail/mail.c': '#include "account/person/address.h"\n' };
    passes('layers', shown); // a header that the file names
});

test('layers: the queries of a room are its own', () => {
    const rooms = { 'src/mall/stock/stock.c': '#include "gen/stock_sql.h"\n' };
    passes('layers', rooms);
    finds('layers', { ...rooms, 'src/mall/cart/cart.c': '#include "gen/stock_sql.h"\n' }, /stock_sql\.h is private/);
    finds('layers', { ...rooms, 'src/base/a.c': '#include "gen/stock_views.h"\n' }, /base\/ may not include gen/);
    finds('layers', { ...rooms, 'src/app/wire.c': '#include "gen/stock_sql.h"\n' }, /stock_sql\.h is private/);
});

test('layers: an include is written from src/', () => {
    finds('layers', { 'src/base/a.c': '#include "a.h"\n', 'src/base/a.h': '' }, /"a\.h" is no path from src/);
});

test('layers: a folder that nobody named', () => {
    finds('layers', { 'src/cellar/a.c': '' }, /does not name cellar/);
});

test('layers: headers in a circle, and comments that are none', () => {
    finds(
        'layers',
        { 'src/base/a.h': '#include "base/b.h"\n', 'src/base/b.h': '#include "base/a.h"\n' },
        /circle: base\/a\.h > base\/b\.h > base\/a\.h/,
    );
    passes('layers', { 'src/base/a.h': '/*\n#include "web/none.h"\n*/\n' });
});

test('sizes: 600 lines a file', () => {
    passes('sizes', { 'src/base/a.sql': lines(600, '\n') });
    finds('sizes', { 'src/base/a.sql': lines(601, '\n') }, /^src\/base\/a\.sql:601: 601 lines/);
});

test('sizes: 60 lines a function', () => {
    passes('sizes', { 'src/base/a.c': `int f(int a)\n{\n${lines(57)}}\n` });
    finds('sizes', { 'src/base/a.c': `\nint f(int a)\n{\n${lines(58)}}\n` }, /^src\/base\/a\.c:2: f has 61 lines/);
});

test('sizes: braces in strings, comments, tables and branches are no functions', () => {
    passes('sizes', { 'src/base/a.c': `static int t[] = {\n${lines(90, '    f(1),\n')}};\nstruct s {\n${lines(90, '    int (*a)(int);\n')}};\n` });
    const odd = `int f(void)\n{\n    g("{", '{'); /* { */\n#if A\n    if (x) {\n#else\n    if (y) {\n#endif\n    }\n}\n`;
    passes('sizes', { 'src/base/a.c': odd.repeat(20) });
});

test('words: notes to self and paths of one machine', () => {
    finds('words', { 'src/base/a.c': `/* ${'TO'}DO */\n` }, /^src\/base\/a\.c:1: "TODO"/); // check: allow
    finds('words', { 'README.md': `see /${'home'}/me/x\n` }, /a path of one machine/);
    passes('words', { 'src/base/a.c': '/* unknown becomes "XXX"; mktemp wants XXXXXX; http://a.example/home/x */\n' });
});

test('words: SQL in a C string, also in pieces, but not in a sentence', () => {
    const sql = 'f("select a "\n  "from note");\n';
    finds('words', { 'src/mall/a.c': sql }, /^src\/mall\/a\.c:1: SQL in a C string/);
    finds('words', { 'src/mall/a.c': 'f("INSERT INTO note");\n' }, /SQL in a C string/);
    passes('words', { 'src/store/a.c': sql, 'src/mall/a.c': 'f("Select a photo from here", "update your set");\n' });
    passes('words', { 'src/mall/a.c': `/* check: allow the console prints it */\n${sql}` });
});

test('words: HTML in a C string', () => {
    finds('words', { 'src/web/a.c': 'f("<p class=x>");\ng("</li>");\n' }, /a\.c:1: HTML/, /a\.c:2: HTML/);
    passes('words', { 'src/web/a.c': 'f("a < b and c > d", "usage: sward <database>"); /* <p> */\n' });
});

test('words: banned functions, but not their namesakes', () => {
    finds('words', { 'src/base/a.c': 'x = atoi(s);\ny = time(NULL);\n' }, /:1: atoi\(\)/, /:2: time\(\)/);
    passes('words', { 'src/base/a.c': 'note->time(1); a.time(2); run_time(3); /* time(4) */ f("time(5)"); struct random r;\n' });
});
