// Small videos for tests, made by ffmpeg when they are asked for.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function inFolder(work) {
    const folder = mkdtempSync(join(tmpdir(), 'sward-film-'));
    try {
        return work(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440'];

// `seconds` of moving colours as a file's bytes.
//   format  mp4, mov, webm, mkv
//   more    further options of ffmpeg for the file, such as ['-metadata', 'title=x']
export function film({ width = 320, height = 240, seconds = 2, format = 'mp4', rate = 10, sound = true, more = [] } = {}) {
    return inFolder((folder) => {
        const file = join(folder, `film.${format}`);
        const codec = format === 'webm'
            ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', ...(sound ? ['-c:a', 'libopus'] : [])]
            : ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...(sound ? ['-c:a', 'aac'] : [])];
        execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=${rate}`, ...(sound ? SOUND : []),
            '-t', String(seconds), ...codec, ...more, file]);
        return readFileSync(file);
    });
}

// The same pictures, lying on their side with the note to turn them, as phones write them.
export function turned(bytes) {
    return inFolder((folder) => {
        const [from, to] = [join(folder, 'a.mp4'), join(folder, 'b.mp4')];
        execFileSync('tee', [from], { input: bytes, stdio: ['pipe', 'ignore', 'inherit'], maxBuffer: 1e9 });
        execFileSync('ffmpeg', ['-v', 'error', '-i', from, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', to]);
        return readFileSync(to);
    });
}

// What ffprobe says of bytes: { format, streams }.
export function probe(bytes) {
    return inFolder((folder) => {
        const file = join(folder, 'film');
        execFileSync('tee', [file], { input: bytes, stdio: ['pipe', 'ignore', 'inherit'] });
        return JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file]).toString());
    });
}
