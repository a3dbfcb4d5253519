#!/usr/bin/env node
// tools/checks/sizes.mjs - no file over 600 lines, no C function over 60.
//
// A function counts from the first line of its declaration to its closing
// brace. What is longer does more than one thing: split it by what it does.
import { Findings, lineOf, projectFiles, readC, readText } from './lib.mjs';

const FILE_LINES = 600;
const FUNCTION_LINES = 60;

// Blanks preprocessor lines. Of the branches of an #if only the first keeps
// its braces, so that they balance.
function withoutPreprocessor(code) {
    const out = [];
    const branches = []; // one entry per open #if: true while in a later branch
    let continued = false;
    for (const line of code.split('\n')) {
        const directive = continued ? null : line.match(/^\s*#\s*(\w+)/);
        if (directive?.[1].startsWith('if')) branches.push(false);
        else if (directive && /^(else|elif)/.test(directive[1])) branches[branches.length - 1] = true;
        else if (directive?.[1] === 'endif') branches.pop();
        const hidden = directive || continued || branches.includes(true);
        continued = (directive || continued) && /\\\s*$/.test(line);
        out.push(hidden ? ' '.repeat(line.length) : line);
    }
    return out.join('\n');
}

// What stands in parentheses, taken out; the outer pair stays.
function withoutInner(text) {
    let depth = 0;
    let out = '';
    for (const c of text) {
        if (c === ')' && depth > 0) depth--;
        if (depth === 0) out += c;
        if (c === '(') depth++;
    }
    return out;
}

// True when the text before a `{` at the top level is a function's head.
function isFunctionHead(head) {
    const outer = withoutInner(head);
    if (outer.includes('=')) return false;
    return /\)\s*(?:[A-Za-z_]\w*\b(?:\s*\(\))?\s*)*$/.test(outer) && !/[a-z]/.test(outer.slice(outer.lastIndexOf(')') + 1));
}

// The functions of a C source: [{ name, first, last }] in lines.
function functionsOf(source) {
    const code = withoutPreprocessor(readC(source).code);
    const found = [];
    let depth = 0;
    let start = 0; // where the declaration at hand begins
    let head = null;
    for (let i = 0; i < code.length; i++) {
        const c = code[i];
        if (c === '{') {
            if (depth++ === 0) head = isFunctionHead(code.slice(start, i)) ? code.slice(start, i) : null;
        } else if (c === '}') {
            depth = Math.max(0, depth - 1);
            if (depth > 0) continue;
            if (head !== null) {
                const begin = start + head.search(/\S/);
                const name = head.match(/(\w+)\s*\(/)?.[1] ?? 'function';
                found.push({ name, first: lineOf(code, begin), last: lineOf(code, i) });
                start = i + 1;
            }
            head = null;
        } else if (c === ';' && depth === 0) {
            start = i + 1;
        }
    }
    return found;
}

const findings = new Findings();
for (const file of projectFiles(/^(src|tests|tools)\/.*\.(c|h|sql|html|mjs|js|css)$/)) {
    const text = readText(file);
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > FILE_LINES)
        findings.add(file, lines, `${lines} lines; at most ${FILE_LINES}: split it by what it does`);
    if (!/\.[ch]$/.test(file)) continue;
    for (const { name, first, last } of functionsOf(text)) {
        const length = last - first + 1;
        if (length > FUNCTION_LINES)
            findings.add(file, first, `${name} has ${length} lines; at most ${FUNCTION_LINES}: split it`);
    }
}
findings.end();
