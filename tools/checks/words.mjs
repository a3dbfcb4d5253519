#!/usr/bin/env node
// tools/checks/words.mjs - words and calls that have no place here.
//
//   - notes to self and paths of one person's machine, in any file
//   - SQL in C strings outside src/store, HTML in C strings anywhere in src
//   - functions of the C library that are unsafe, or that have a better one here
//
// What is right all the same says so on its line (or the line above) with
//     check: allow WHY
// and a banned function that a file needs has a line in tools/checks/allow.
import { Findings, lineOf, projectFiles, readC, readText } from './lib.mjs';

const NOTE = /\b(?:TODO|FIXME|HACK)\b|(?<!")\bXXX\b(?!")/; // check: allow it is what is looked for
const MACHINE_PATH = /(?:^|[^\w.:/])\/(?:work|home|root|Users|mnt)\/\w|\/tmp\/brief/; // check: allow

const SQL = [
    /\bselect\s[^]*?\sfrom\s+\w/i,
    /\binsert\s+into\s+\w/i,
    /\bupdate\s+\w+\s+(?:as\s+\w+\s+)?set\s/i,
    /\bdelete\s+from\s+\w/i,
    /\b(?:create|drop|alter)\s+(?:unique\s+)?(?:table|index|view|trigger|database)\b/i,
    /^\s*(?:pragma\s+\w|begin\s*;|begin\s+(?:immediate|transaction)|savepoint\s|rollback\s+to\s)/i,
];

// SQL is written in one case; "Select a photo from your album" is a sentence.
function isSql(text) {
    return SQL.some((pattern) => {
        const word = text.match(pattern)?.[0].trim().match(/^\w+/)[0];
        return word !== undefined && (word === word.toLowerCase() || word === word.toUpperCase());
    });
}

const TAGS =
    'a abbr article aside audio b body br button caption code dd details dialog div dl dt em fieldset ' +
    'figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input label ' +
    'legend li link main meta nav noscript ol optgroup option output p picture pre script section ' +
    'select small source span strong style summary sup svg table tbody td template textarea tfoot th ' +
    'thead time title tr u ul video path circle rect line polyline polygon g text';
const HTML = new RegExp(`<!doctype|</?(?:${TAGS.split(' ').join('|')})(?:[\\s>]|/>|$)`, 'i');

// Each banned function and what to use.
const BANNED = new Map(
    Object.entries({
        strcpy: 'base/buf.h or arena_str',
        stpcpy: 'base/buf.h or arena_str',
        strcat: 'base/buf.h',
        strncpy: 'base/buf.h or arena_str',
        strncat: 'base/buf.h',
        sprintf: 'snprintf or buf_printf',
        vsprintf: 'vsnprintf or buf_printf',
        gets: 'a bounded read',
        strtok: 'str_next',
        atoi: 'str_to_int',
        atol: 'str_to_int',
        atoll: 'str_to_int',
        atof: 'a parser of its own: strtod follows the locale',
        rand: 'base/random.h',
        srand: 'base/random.h',
        random: 'base/random.h',
        time: 'a struct clock that was handed in',
        gettimeofday: 'a struct clock that was handed in',
        localtime: 'UTC and words/format.h',
        localtime_r: 'UTC and words/format.h',
        gmtime: 'gmtime_r',
        ctime: 'words/format.h',
        asctime: 'words/format.h',
        setlocale: 'nothing: the process stays in C.UTF-8',
        uselocale: 'nothing: the process stays in C.UTF-8',
        system: 'posix_spawn with an argument list',
        popen: 'posix_spawn with an argument list',
        alloca: 'an arena',
        tmpnam: 'mkstemp',
        mktemp: 'mkstemp',
    }),
);
const CALL = new RegExp(`(?<![\\w>.])(${[...BANNED.keys()].join('|')})\\s*\\(`, 'g');

function readAllowed() {
    const allowed = new Set();
    for (const line of readText('tools/checks/allow').split('\n')) {
        const [file, name] = line.replace(/#.*/, '').trim().split(/\s+/);
        if (name) allowed.add(`${file} ${name}`);
    }
    return allowed;
}

const findings = new Findings();
const allowed = readAllowed();

// True when line `number` (from 1) or the one above says that it is meant.
function isAllowed(lines, number) {
    return /check: allow/.test(lines[number - 1] ?? '') || /check: allow/.test(lines[number - 2] ?? '');
}

function checkText(file, lines) {
    lines.forEach((line, index) => {
        if (isAllowed(lines, index + 1)) return;
        const note = line.match(NOTE);
        if (note) findings.add(file, index + 1, `"${note[0]}": do it now, or file an issue`);
        const path = line.match(MACHINE_PATH);
        if (path) findings.add(file, index + 1, `"${path[0].trim()}" is a path of one machine`);
    });
}

function checkStrings(file, source, lines, strings) {
    for (const { at, value } of strings) {
        const line = lineOf(source, at);
        if (isAllowed(lines, line)) continue;
        if (!file.startsWith('src/store/') && isSql(value))
            findings.add(file, line, 'SQL in a C string: give it a name in queries.sql');
        if (HTML.test(value)) findings.add(file, line, 'HTML in a C string: it belongs into an .html view');
    }
}

function checkCalls(file, code, lines) {
    for (const match of code.matchAll(CALL)) {
        const line = lineOf(code, match.index);
        if (isAllowed(lines, line) || allowed.has(`${file} ${match[1]}`)) continue;
        findings.add(file, line, `${match[1]}() is not used here; use ${BANNED.get(match[1])}`);
    }
}

const OTHERS = /^(?:package-lock\.json|LICENSE)|\.(?:png|jpe?g|webp|heic|avif|gif|ico|woff2?|bin)$|^tests\/fuzz\/(?:corpus|regression)/;
for (const file of projectFiles(/./).filter((path) => !OTHERS.test(path))) {
    const source = readText(file);
    if (source.includes('\0')) continue; // not text
    const lines = source.split('\n');
    checkText(file, lines);
    if (!/^(?:src|tests|tools)\/.*\.[ch]$/.test(file)) continue;
    const { code, strings } = readC(source);
    checkCalls(file, code, lines);
    if (file.startsWith('src/')) checkStrings(file, source, lines, strings);
}
findings.end();
