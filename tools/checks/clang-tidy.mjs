#!/usr/bin/env node
// tools/checks/clang-tidy.mjs - clang-tidy, as .clang-tidy says, over every C
// file of ours that is built.
//
// Two run at a time. A file that passed is not looked at again until it, what
// it includes, or the rules change: the mark is the hash of its preprocessed
// text, kept in build/tidy/.
//
//   tools/check clang-tidy [--why] [PART..]
//
// looks only at the files whose path contains one of the parts; --why tells the
// whole way to each finding instead of one line.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILD = 'build/check-clang';
const MARKS = 'build/tidy';
const JOBS = 2;
const LIMITS = { maxBuffer: 1 << 28 };
const root = process.cwd();
const why = process.argv.includes('--why');
const only = process.argv.slice(2).filter((argument) => argument !== '--why');

const rules = readFileSync('.clang-tidy', 'utf8') + (await run('clang-tidy', ['--version'])).stdout;

// The compiler's arguments without output and dependency files, ready for -E.
function preprocessArguments(entry) {
    const words = entry.command.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:\\.|[^"\\])*")+/g) ?? [];
    const args = words.map((word) => word.replace(/^'(.*)'$/, '$1').replace(/\\(.)/g, '$1'));
    const kept = [];
    for (let i = 1; i < args.length; i++) {
        if (args[i] === '-o' || args[i] === '-MF' || args[i] === '-MQ') i++;
        else if (!['-c', '-MD', '-fcolor-diagnostics'].includes(args[i])) kept.push(args[i]);
    }
    return ['-E', '-C', '-fno-color-diagnostics', ...kept];
}

async function markOf(entry) {
    const { stdout } = await run('clang', preprocessArguments(entry), { cwd: entry.directory, ...LIMITS });
    return `${MARKS}/${createHash('sha256').update(rules).update(stdout).digest('hex')}`;
}

// What clang-tidy said, with paths from the root: the findings, or all of it.
function shorten(said) {
    const fromBuild = /(?:^|(?<=\s))(?:\S*\/)?(?:\.\.\/)+(?=(?:src|tests|tools)\/)/gm;
    const lines = said.replace(fromBuild, '').replaceAll(`${root}/`, '').split('\n');
    const found = lines.filter((line) => /: (?:fatal error|error|warning): /.test(line));
    return (why ? lines : [...new Set(found)]).join('\n').trim();
}

// True when the file is clean.
async function tidy(entry, file) {
    let mark = null;
    try {
        mark = await markOf(entry);
        if (existsSync(mark)) return true;
        const args = ['--quiet', '--warnings-as-errors=*', `-p=${BUILD}`, file];
        await run('clang-tidy', args, LIMITS);
        writeFileSync(mark, '');
        return true;
    } catch (error) {
        const said = `${error.stdout ?? ''}${mark === null ? (error.stderr ?? error.message) : ''}`;
        console.log(shorten(said) || `${file}:1: clang-tidy failed: ${error.message.split('\n')[0]}`);
        return false;
    }
}

mkdirSync(MARKS, { recursive: true });
const entries = new Map(); // by file: one that is built several times is looked at once
for (const entry of JSON.parse(readFileSync(`${BUILD}/compile_commands.json`, 'utf8'))) {
    const file = relative(root, resolve(entry.directory, entry.file));
    const ours = /^(?:src|tests|tools)\/.*\.c$/.test(file) && existsSync(file);
    if (ours && (only.length === 0 || only.some((part) => file.includes(part)))) entries.set(file, entry);
}

const queue = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
let clean = true;
async function work() {
    for (let next = queue.shift(); next; next = queue.shift())
        if (!(await tidy(next[1], next[0]))) clean = false;
}
await Promise.all(Array.from({ length: JOBS }, work));
process.exitCode = clean ? 0 : 1;
