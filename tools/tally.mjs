// tools/tally.mjs - adds up what the test programs said.
//
//   node tools/tally.mjs LABEL=FILE ...
//
// A file ending in .json is Meson's testlog.json (one JSON object a line), any
// other is TAP as node's test runner writes it. Prints what failed, then one
// plain line, "N passed, N failed". A skipped test counts as failed: under
// `make test` everything that a test needs is there. A missing or empty
// file counts as one failure. Exits 1 unless something passed and nothing failed.
import { readFileSync } from 'node:fs';

// What one test program of Meson's log said: { passed, failed }.
// cmocka programs count each test, others count as one.
function tallyProgram(entry) {
    const text = entry.stdout ?? '';
    const count = (pattern) => (text.match(pattern) ?? []).length;
    const passed = count(/^\[ {7}OK \] /gm) + count(/^ok \d+/gm);
    const failed = count(/^\[ {2}(FAILED|SKIPPED) *\] (?!.*test\(s\))/gm) + count(/^not ok \d+/gm);
    const good = entry.result === 'OK' || entry.result === 'EXPECTEDFAIL';
    if (good && failed === 0) return { passed: Math.max(passed, 1), failed: 0 };
    return { passed, failed: Math.max(failed, 1) };
}

function tallyMeson(label, text) {
    const total = { passed: 0, failed: 0 };
    for (const line of text.split('\n').filter(Boolean)) {
        const entry = JSON.parse(line);
        const one = tallyProgram(entry);
        total.passed += one.passed;
        total.failed += one.failed;
        if (one.failed > 0)
            console.log(`${label}: ${entry.name}: ${entry.result}, ${one.failed} failed or skipped`);
    }
    return total;
}

// Node's TAP: the counts of its last lines; what failed is named by "not ok".
function tallyTap(label, text) {
    const number = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
    for (const [, name] of text.matchAll(/^\s*not ok \d+ - (.*)$/gm)) console.log(`${label}: ${name}`);
    return {
        passed: number('pass'),
        failed: number('fail') + number('cancelled') + number('skipped') + number('todo'),
    };
}

let passed = 0;
let failed = 0;
for (const argument of process.argv.slice(2)) {
    const [label, file] = argument.split('=');
    let text = '';
    try {
        text = readFileSync(file, 'utf8');
    } catch {
        text = '';
    }
    const one = file.endsWith('.json') ? tallyMeson(label, text) : tallyTap(label, text);
    if (one.passed + one.failed === 0) {
        console.log(`${label}: ran no test`);
        one.failed = 1;
    }
    passed += one.passed;
    failed += one.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
