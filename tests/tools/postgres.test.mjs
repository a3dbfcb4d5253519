// tests/tools/postgres.test.mjs - the private PostgreSQL comes, is what it says, and goes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const service = resolve(dirname(fileURLToPath(import.meta.url)), '../services/postgres.sh');

function under(script) {
    return spawnSync(service, ['bash', '-euc', script], { encoding: 'utf8' });
}

test('postgres: UTF-8, locale C, databases of one\'s own, gone afterwards', () => {
    const done = under(`
        ask() { psql -X -At -v ON_ERROR_STOP=1 "$1" -c "$2"; }
        ask "$SWARD_TEST_POSTGRES" 'create database mine' >/dev/null
        ask "\${SWARD_TEST_POSTGRES%/*}/mine" 'show server_encoding'
        ask "$SWARD_TEST_POSTGRES" 'show lc_collate'
        ask "$SWARD_TEST_POSTGRES" 'show unix_socket_directories'
        exit 7`);
    const [encoding, collate, dir] = done.stdout.trim().split('\n');
    assert.equal(done.status, 7, done.stderr);
    assert.equal(encoding, 'UTF8');
    assert.equal(collate, 'C');
    assert.match(dir, /^\/tmp\/sward-postgres\./);
    assert.equal(existsSync(dir), false);
});

test('postgres: two at a time do not meet', () => {
    const done = under(`
        ${service} bash -c 'echo "$SWARD_TEST_POSTGRES"'
        echo "$SWARD_TEST_POSTGRES"
        psql -X -At "$SWARD_TEST_POSTGRES" -c 'select 1'`);
    const [inner, outer, answer] = done.stdout.trim().split('\n');
    assert.equal(done.status, 0, done.stderr);
    assert.notEqual(inner, outer);
    assert.equal(answer, '1');
});
