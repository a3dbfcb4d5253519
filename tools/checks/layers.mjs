#!/usr/bin/env node
// tools/checks/layers.mjs - every include obeys the file `layers`, and no
// header includes itself in a circle.
import { existsSync } from 'node:fs';
import { Findings, lineOf, projectFiles, readC, readText } from './lib.mjs';

const findings = new Findings();

// Reads `layers`: { may: folder -> Set of folders, wings: Set, wires: Set, measures: Set, shows: Set }.
function readLayers() {
    const may = new Map();
    const sets = { wings: new Set(), wires: new Set(), measures: new Set(), shows: new Set() };
    readText('layers').split('\n').forEach((line, index) => {
        const match = line.replace(/#.*/, '').match(/^(\w+):\s*(.*?)\s*$/);
        if (!match) return;
        const [, folder, rest] = match;
        const words = rest.split(/\s+/).filter(Boolean);
        if (folder in sets) {
            for (const word of words) sets[folder].add(word);
            return;
        }
        const allowed = new Set([folder]);
        for (const word of words) {
            const name = word.replace(/\+$/, '');
            if (!may.has(name)) {
                findings.add('layers', index + 1, `${folder} names ${name}, which is not defined above`);
                continue;
            }
            allowed.add(name);
            if (word.endsWith('+')) for (const other of may.get(name)) allowed.add(other);
        }
        may.set(folder, allowed);
    });
    return { may, ...sets };
}

// The includes in quotes of a file: [{ path, line }].
function includesOf(file) {
    const source = readText(file);
    const { code } = readC(source);
    const found = [];
    for (const match of source.matchAll(/^[ \t]*#[ \t]*include[ \t]+"([^"\n]+)"/gm))
        if (code.slice(match.index).match(/^[ \t]*#/))
            found.push({ path: match[1], line: lineOf(source, match.index + match[0].indexOf('#')) });
    return found;
}

// Where a file under src/ stands: its folder, and its room when in a wing.
function placeOf(path, wings) {
    const [folder, room] = path.split('/');
    return { folder, room: wings.has(folder) && path.split('/').length > 2 ? room : null };
}

const { may, wings, wires, measures, shows } = readLayers();
const sources = projectFiles(/^src\/.*\.(c|h|def)$/).map((path) => path.slice('src/'.length));
const tools = projectFiles(/^tools\/.*\.(c|h)$/);

// Rooms and folders by name, for the generated headers gen/<name>_<kind>.h.
const owners = new Map();
for (const path of projectFiles(/^src\/./)) {
    const place = placeOf(path.slice('src/'.length), wings);
    if (may.has(place.folder)) owners.set(place.room ?? place.folder, place);
}

function ownerOfGenerated(path) {
    const stem = path.slice('gen/'.length).replace(/\.\w+$/, '');
    for (let name = stem; name; name = name.includes('_') ? name.slice(0, name.lastIndexOf('_')) : '')
        if (owners.has(name)) return { ...owners.get(name), name };
    return null;
}

// True when a room shows this header to those outside it.
function isPublic(path, room) {
    const name = path.split('/').pop();
    return shows.has(path) || name === `${room}.h` || name === `${room}_web.h` || name === `${room}_views.h`;
}

function checkInclude(file, from, { path, line }) {
    const generated = path.startsWith('gen/');
    if (!generated && !existsSync(`src/${path}`)) {
        if (file.startsWith('tools/') && (existsSync(path) || existsSync(`tools/${path}`))) return;
        findings.add(file, line, `"${path}" is no path from src/; includes are written from there`);
        return;
    }
    const to = generated ? ownerOfGenerated(path) : placeOf(path, wings);
    if (to === null) return; // generated for nobody in particular: the catalogue, the assets
    if (!may.get(from.folder).has(to.folder)) {
        findings.add(file, line, `${from.folder}/ may not include ${path}: see the file layers`);
        return;
    }
    const sameRoom = from.folder === to.folder && from.room === to.room;
    const isWired = measures.has(from.folder) || (wires.has(from.folder) && !generated);
    if (to.room && !sameRoom && !isWired && !isPublic(path, to.room))
        findings.add(file, line, `${path} is private to the room ${to.room}: use ${to.room}.h`);
}

function checkFile(file, from) {
    if (!may.has(from.folder)) {
        findings.add(file, 1, `the file layers does not name ${from.folder}/; give it a line there`);
        return;
    }
    for (const include of includesOf(file)) checkInclude(file, from, include);
}

for (const path of sources) checkFile(`src/${path}`, placeOf(path, wings));
for (const file of tools) {
    const part = file.split('/')[1];
    checkFile(file, { folder: may.has(part) ? part : 'tools', room: null });
}

// Circles among headers, by depth-first search; each is told once.
const headers = new Map(
    sources.filter((path) => /\.(h|def)$/.test(path)).map((path) => [path, includesOf(`src/${path}`)]),
);
const state = new Map(); // path -> 'open' | 'done'

function visit(path, trail) {
    state.set(path, 'open');
    for (const include of headers.get(path) ?? []) {
        if (state.get(include.path) === 'open') {
            const circle = [...trail, path].slice([...trail, path].indexOf(include.path));
            findings.add(`src/${path}`, include.line, `includes in a circle: ${[...circle, include.path].join(' > ')}`);
        } else if (headers.has(include.path) && !state.has(include.path)) {
            visit(include.path, [...trail, path]);
        }
    }
    state.set(path, 'done');
}

for (const path of headers.keys()) if (!state.has(path)) visit(path, []);
findings.end();
