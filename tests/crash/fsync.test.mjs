// No answer of a write leaves before its fdatasync has returned, as the kernel
// saw it: strace watches the server while one writer, then eight at once, write
// comments, each with a text of its own that is found again in the log's pages
// and in the answer.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect } from '../support/client.mjs';
import { member, newKey, publish } from '../support/kit.mjs';
import { startServer, swardBinary } from '../support/server.mjs';
import { judge, readTrace } from './trace.mjs';

const ALONE = 20;
const WRITERS = 8;
const EACH = 12;

// A program that is sward under strace: -D leaves sward our own child.
function traced(folder) {
    const wrapper = path.join(folder, 'sward-traced');
    const calls = 'pwrite64,fdatasync,fsync,sendto,sendmsg,write,writev';
    fs.writeFileSync(wrapper, `#!/bin/sh\nexec strace -D -f -q -y -s 20000 -e trace=${calls} -e signal=none `
        + `-o '${folder}/trace' '${swardBinary()}' "$@"\n`, { mode: 0o755 });
    return wrapper;
}

async function startTraced(folder) {
    const binary = process.env.SWARD_BIN;
    const wrapper = traced(folder);
    process.env.SWARD_BIN = wrapper;
    try {
        return await startServer();
    } finally {
        if (binary === undefined) delete process.env.SWARD_BIN;
        else process.env.SWARD_BIN = binary;
    }
}

// The trace is whole when strace has ended, a moment after the server.
async function wholeTrace(file, mark) {
    let text = '';
    for (let tries = 0; tries < 200; tries++) {
        text = fs.readFileSync(file, 'latin1');
        if (text.includes('+++ exited with 0 +++') && text.includes(mark)) return text;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return text;
}

describe('answers and the disk', () => {
    let folder;
    let text;
    const marks = [];
    const newMark = () => {
        marks.push(`mark-${String(marks.length).padStart(4, '0')}-${process.pid}`);
        return marks.at(-1);
    };

    async function write(person, note) {
        const answer = await person.post(`/n/${note}/comments`, { body: newMark() }, { 'HX-Request': 'true', 'Idempotency-Key': newKey() });
        expect(answer, 200, 201);
    }

    before(async () => {
        folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/var/tmp', 'sward-trace-'));
        const server = await startTraced(folder);
        const people = [];
        for (let i = 0; i < WRITERS; i++) people.push(await member(server));
        const note = await publish(people[0]);
        for (let i = 0; i < ALONE; i++) await write(people[0], note);
        await Promise.all(people.map(async (person) => {
            for (let i = 0; i < EACH; i++) await write(person, note);
        }));
        await server.remove();
        text = await wholeTrace(path.join(folder, 'trace'), marks.at(-1));
    });
    after(() => { fs.rmSync(folder, { recursive: true, force: true }); });

    it('one writer: every answer comes after its fdatasync', () => {
        const calls = readTrace(text);
        assert.deepEqual(marks.slice(0, ALONE).map((mark) => judge(calls, mark)).filter(Boolean), []);
    });

    it(`${WRITERS} writers at once: the same`, () => {
        const calls = readTrace(text);
        const later = marks.slice(ALONE);
        assert.equal(later.length, WRITERS * EACH);
        assert.deepEqual(later.map((mark) => judge(calls, mark)).filter(Boolean), []);
    });

    it('finds an answer that leaves too early, in a trace made wrong', () => {
        const mark = marks[3];
        const lines = text.split('\n');
        const told = readTrace(text).find((one) => one.name !== 'pwrite64' && one.data.includes(mark));
        const page = readTrace(text).find((one) => one.name === 'pwrite64' && one.data.includes(mark));
        const [answer] = lines.splice(told.begun, 1);
        lines.splice(page.ended + 1, 0, answer);
        assert.match(judge(readTrace(lines.join('\n')), mark), /answered in line/);
    });

    it('finds a log that is never synced', () => {
        const without = text.split('\n').filter((line) => !/fdatasync|fsync/.test(line)).join('\n');
        const calls = readTrace(without);
        for (const mark of marks) assert.match(judge(calls, mark), /never synced/);
    });

    it('finds a sync that failed or was begun too early', () => {
        const failed = readTrace(text.replaceAll(/(f(?:data)?sync.*\)\s+= )0$/gm, '$1-1 EIO (Input/output error)'));
        assert.match(judge(failed, marks[0]), /never synced/);
        const early = ['7 fdatasync(4</d/s.db-wal> <unfinished ...>', '8 pwrite64(4</d/s.db-wal>, "mark-x", 6, 0) = 6',
            '7 <... fdatasync resumed>) = 0', '9 sendto(8<socket:[1]>, "HTTP/1.1 200 mark-x", 19, 0, NULL, 0) = 19'];
        assert.match(judge(readTrace(early.join('\n')), 'mark-x'), /never synced/);
    });
});
