// tests/unit/viewc/refusals.mjs - what the compilers of views, words and static
// files refuse, and with which words.
//
//   node refusals.mjs VIEWC WORDC ASSETC SOURCE_ROOT CC
//
// refusals.txt holds the cases:
//
//     === view: what is tried        (or words:, static:, or c: for what the C compiler refuses)
//     --- file.html
//     its text
//     --- expect
//     file.html:2: error: the words  (for c: only where, the beginning of a line: gcc and clang word it differently)
//
// A tool must say all these lines, in order, and no other, and end with 1;
// without such lines it must be silent and end with 0.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [viewc, wordc, assetc, root, cc] = process.argv.slice(2);
const text = readFileSync(new URL('refusals.txt', import.meta.url), 'utf8');
const cases = text.split(/^=== /m).slice(1).map((body) => {
    const [head, ...parts] = body.split(/^--- /m);
    const [, kind, name] = head.trim().match(/^(\w+): (.*)$/);
    const files = parts.map((part) => {
        const end = part.indexOf('\n');
        return { name: part.slice(0, end).trim(), text: part.slice(end + 1) };
    });
    const expect = files.pop();
    if (expect?.name !== 'expect') throw new Error(`${name}: the last part is not expect`);
    return { kind, name, files, expect: expect.text.split('\n').filter(Boolean) };
});

function commandsOf(kind, folder, out) {
    const view = [viewc, '--room', 'bad', '--folder', folder,
        '--static', join(root, 'tests/unit/viewc/static'),
        '--icons', join(root, 'node_modules/lucide-static/icons'),
        '--header', join(out, 'bad_views.h'), '--source', join(out, 'bad_views.c'),
        '--depfile', join(out, 'd')];
    switch (kind) {
    case 'view': return [view];
    case 'c': return [view, [cc, '-std=gnu17', '-Wall', '-Wextra', '-fsyntax-only',
        '-I', join(root, 'src'), '-I', join(out, '..'), '-I', folder, join(out, 'bad_views.c')]];
    case 'words': return [[wordc, '--sources', folder, '--output', join(out, 'm.c'), '--depfile', join(out, 'd')]];
    case 'static': return [[assetc, '--static', folder, '--output', join(out, 'a.c'), '--depfile', join(out, 'd')]];
    default: throw new Error(`no kind ${kind}`);
    }
}

// What the tools said, without the folder's name, and how the last one ended.
function run({ kind, files }) {
    const scratch = mkdtempSync(join(tmpdir(), 'refusals-'));
    try {
        const folder = join(scratch, 'bad');
        const out = join(scratch, 'gen');
        mkdirSync(folder);
        mkdirSync(out);
        for (const file of files) writeFileSync(join(folder, file.name), file.text);
        let result;
        for (const [command, ...args] of commandsOf(kind, folder, out)) {
            result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
            if (result.status !== 0) break;
        }
        return { status: result.status, said: result.stderr.replaceAll(`${folder}/`, '').replaceAll(`${scratch}/`, '') };
    } finally {
        rmSync(scratch, { recursive: true });
    }
}

function faultOf(test) {
    const { status, said } = run(test);
    const lines = said.split('\n').filter(Boolean);
    const wanted = test.expect;
    const good = test.kind === 'c'
        ? wanted.every((line) => lines.some((it) => it.startsWith(line)))
        : lines.join('\n') === wanted.join('\n');
    if (!good) return `said:\n${said}wanted:\n${wanted.join('\n')}`;
    if ((status === 0) !== (wanted.length === 0)) return `ended with ${status}`;
    return null;
}

console.log(`1..${cases.length}`);
cases.forEach((test, index) => {
    const fault = faultOf(test);
    console.log(`${fault ? 'not ok' : 'ok'} ${index + 1} ${test.kind}: ${test.name}`);
    if (fault) {
        console.log(fault.replace(/^/gm, '# '));
        process.exitCode = 1;
    }
});
