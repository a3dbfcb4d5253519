// Reads what strace saw of a server and judges one thing: that no answer of a
// write leaves before the log that holds the write is on the disk.
//
// Each write carries a text of its own, a mark. It is seen three times: in a
// page that goes to the write-ahead log, and in the answer; between the two an
// fdatasync of the log must have begun after the page was written and have
// ended well before the answer's first byte.

// The calls of a trace, in order: { name, fd, path, data, result, begun, ended }
// where begun and ended are places in the trace. A call that never ended has
// ended Infinity.
export function readTrace(text) {
    const calls = [];
    const open = new Map(); // thread -> call without an end
    for (const [at, line] of text.split('\n').entries()) {
        const thread = line.match(/^(\d+) +/)?.[1] ?? '';
        const rest = line.slice(line.match(/^\d* */)[0].length);
        const resumed = rest.match(/^<\.\.\. (\w+) resumed>(.*)$/);
        if (resumed) {
            const call = open.get(thread);
            open.delete(thread);
            if (call?.name === resumed[1]) end(call, resumed[2], at);
            continue;
        }
        const begun = rest.match(/^(\w+)\((\d+)(?:<([^>]*)>)?(.*)$/);
        if (!begun) continue;
        const call = { name: begun[1], fd: begun[2], path: begun[3] ?? '', data: begun[4], begun: at, ended: Infinity, result: null };
        calls.push(call);
        if (rest.endsWith('<unfinished ...>')) open.set(thread, call);
        else end(call, begun[4], at);
    }
    return calls;
}

function end(call, text, at) {
    call.ended = at;
    call.result = Number(text.match(/\)\s+= (-?\d+)[^)]*$/)?.[1] ?? -1);
}

const isSync = (call) => call.name === 'fdatasync' || call.name === 'fsync';
const isSend = (call) => ['sendto', 'sendmsg', 'write', 'writev'].includes(call.name) && !call.path.startsWith('/');

// Where the answer that a call belongs to begins on its connection.
function answerOf(calls, call) {
    const before = calls.slice(0, calls.indexOf(call) + 1).reverse();
    return before.find((one) => isSend(one) && one.fd === call.fd && one.data.includes('HTTP/1.1 ')) ?? call;
}

// What is wrong with the order of one write's calls; null = nothing.
export function judge(calls, mark) {
    const written = calls.find((one) => one.name === 'pwrite64' && one.path.endsWith('-wal') && one.data.includes(mark));
    if (!written) return `${mark}: never written to the log`;
    const told = calls.find((one) => isSend(one) && one.data.includes(mark));
    if (!told) return `${mark}: never answered`;
    const synced = calls.find((one) => isSync(one) && one.path === written.path && one.begun > written.ended && one.result === 0);
    if (!synced) return `${mark}: never synced`;
    const answer = answerOf(calls, told);
    if (answer.begun <= synced.ended) return `${mark}: answered in line ${answer.begun}, synced in line ${synced.ended}`;
    return null;
}
