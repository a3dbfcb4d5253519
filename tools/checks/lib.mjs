// tools/checks/lib.mjs - what the checks share: the files of the project,
// C without its comments and strings, and the list of findings.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

// Paths of the files that are or will be in the repository, those of others'
// making left out, whose path matches `pattern`; sorted.
export function projectFiles(pattern) {
    const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
    });
    return [...new Set(listed.split('\0'))]
        .filter((path) => path && pattern.test(path) && existsSync(path))
        .sort();
}

export function readText(path) {
    return readFileSync(path, 'utf8');
}

// Line number, from 1, of a position in a text.
export function lineOf(text, position) {
    let line = 1;
    for (let i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) line++;
    return line;
}

function blank(text) {
    return text.replace(/[^\n]/g, ' ');
}

// C as the eye of a check sees it: { code, strings }. `code` has the length and
// lines of the source, with comments and the insides of literals blanked.
// `strings` is [{ at, value }]; literals that stand side by side are one.
export function readC(source) {
    const token = /\/\/(?:\\\r?\n|[^\n])*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g;
    const strings = [];
    let end = -1; // where the last literal ended, if only white space and comments came since
    let last = 0;
    const code = source.replace(token, (match, at) => {
        if (!/^\s*$/.test(source.slice(last, at))) end = -1;
        last = at + match.length;
        if (match[0] === '/') return blank(match);
        if (match[0] === '"') {
            const value = match.slice(1, -1);
            if (end >= 0) strings[strings.length - 1].value += value;
            else strings.push({ at, value });
            end = last;
        } else {
            end = -1;
        }
        return match[0] + blank(match.slice(1, -1)) + match[0];
    });
    return { code, strings };
}

// Finds are printed as file:line: what and what to do; end() gives the exit code.
export class Findings {
    #count = 0;

    add(file, line, text) {
        this.#count++;
        console.log(`${file}:${line}: ${text}`);
    }

    end() {
        process.exitCode = this.#count === 0 ? 0 : 1;
    }
}
