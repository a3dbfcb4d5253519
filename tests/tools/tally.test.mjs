// tests/tools/tally.test.mjs - the last line of `make test` tells the truth.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const tally = resolve(dirname(fileURLToPath(import.meta.url)), '../../tools/tally.mjs');

// Runs the tally over files of the given texts: { status, last } with the last line printed.
function run(files) {
    const dir = mkdtempSync(join(tmpdir(), 'sward-tally-'));
    try {
        const names = Object.entries(files).map(([name, text]) => {
            if (text !== null) writeFileSync(join(dir, name), text);
            return `${name}=${join(dir, name)}`;
        });
        const done = spawnSync('node', [tally, ...names], { encoding: 'utf8' });
        return { status: done.status, last: done.stdout.trim().split('\n').pop() };
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}

const program = (name, result, stdout) => `${JSON.stringify({ name, result, stdout })}\n`;
const ok = '[       OK ] a\n';

test('tally: cmocka tests are counted one by one, other programs as one', () => {
    const log = program('a', 'OK', ok + ok) + program('b', 'OK', 'hello\n');
    assert.deepEqual(run({ 'log.json': log }), { status: 0, last: '3 passed, 0 failed' });
});

test('tally: a failed, a skipped and a crashed test all fail', () => {
    const log =
        program('a', 'FAIL', `${ok}[  FAILED  ] b\n[  FAILED  ] c\n`) +
        program('d', 'OK', `${ok}[  SKIPPED ] e\n`) +
        program('f', 'FAIL', `${ok}[ RUN      ] g\n`) +
        program('h', 'SKIP', '');
    assert.deepEqual(run({ 'log.json': log }), { status: 1, last: '3 passed, 5 failed' });
});

test('tally: the counts of TAP, a cancelled and a skipped test among the failed', () => {
    const tap = 'ok 1 - a\n# tests 5\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    assert.deepEqual(run({ 'n.tap': tap }), { status: 1, last: '2 passed, 3 failed' });
});

test('tally: what did not run has failed', () => {
    assert.deepEqual(run({ 'n.tap': null }), { status: 1, last: '0 passed, 1 failed' });
    assert.deepEqual(run({ 'log.json': '' }), { status: 1, last: '0 passed, 1 failed' });
    assert.equal(run({}).status, 1);
});
