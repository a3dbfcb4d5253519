// What the bench starts, asks and counts: the server, nginx, wrk, and the
// programs of this folder.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const build = process.env.SWARD_BUILD ?? path.join(root, 'build');
const sward = path.join(build, 'src/app/sward');

// Runs a program to its end and reads the JSON object it prints last.
export function run(program, args, options = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
        let out = '';
        let err = '';
        child.stdout.on('data', (text) => { out += text; });
        child.stderr.on('data', (text) => { err += text; });
        child.on('error', reject);
        child.on('exit', (code, signal) => {
            if (code !== 0) {
                reject(new Error(`${path.basename(program)} ended with ${code ?? signal}:\n${err || out}`));
                return;
            }
            const json = out.trim().split('\n').reverse().find((line) => line.startsWith('{'));
            resolve(json ? JSON.parse(json) : out);
        });
    });
}

export const tool = (name, ...args) => run(path.join(build, 'tools/bench', `bench-${name}`), args.map(String));

export function freePort() {
    return new Promise((resolve, reject) => {
        const probe = net.createServer();
        probe.on('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

export function get(port, target, headers = {}) {
    return new Promise((resolve, reject) => {
        http.get({ host: '127.0.0.1', port, path: target, headers }, (message) => {
            const chunks = [];
            message.on('data', (chunk) => chunks.push(chunk));
            message.on('end', () => resolve({ status: message.statusCode, body: Buffer.concat(chunks) }));
        }).on('error', reject);
    });
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function untilReady(child, port, target) {
    for (let tries = 0; tries < 30000; tries++) {
        if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
        const answer = await get(port, target).catch(() => null);
        if (answer?.status === 200) return;
        await sleep(1);
    }
    throw new Error(`${child.spawnfile} is not ready after half a minute`);
}

function ended(child) {
    return child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
}

export class Sward {
    constructor(folder) {
        this.folder = folder;
    }

    flags(port) {
        const address = `127.0.0.1:${port}`;
        return [`--data-dir=${this.folder}`, `--listen=${address}`, `--public-url=http://${address}`,
            '--rate-factor=0', '--log-level=warn', '--payment-secret=payment-secret-of-the-bench',
            '--referral-secret=referral-secret-of-the-bench'];
    }

    // Milliseconds from the start to the first answer.
    async start() {
        this.port = await freePort();
        const begun = performance.now();
        this.process = spawn(sward, [...this.flags(this.port), 'serve'], { stdio: ['ignore', 'ignore', 'inherit'] });
        await untilReady(this.process, this.port, '/readyz');
        return performance.now() - begun;
    }

    async stop() {
        this.process.kill('SIGTERM');
        await ended(this.process);
        if (this.process.exitCode !== 0) throw new Error(`sward ended with ${this.process.exitCode}`);
    }

    kill() {
        this.process?.kill('SIGKILL');
    }

    // Megabytes in memory.
    get resident() {
        const status = fs.readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
        return Number(status.match(/^VmRSS:\s+(\d+)/m)[1]) / 1024;
    }

    // Counters of /metrics, by name.
    async metrics() {
        const { body } = await get(this.port, '/metrics');
        const found = body.toString().matchAll(/^(sward_\w+) (\d+)$/gm);
        return Object.fromEntries([...found].map(([, name, value]) => [name, Number(value)]));
    }

    // What a query finds, a line a row, read beside the server.
    rows(sql) {
        const file = path.join(this.folder, 'sward.db');
        const ran = spawnSync('sqlite3', ['-readonly', '-cmd', '.timeout 10000', file, sql], { encoding: 'utf8' });
        if (ran.status !== 0) throw new Error(`sqlite3: ${ran.stderr}`);
        return ran.stdout.trim().split('\n');
    }

    count(sql) {
        return Number(this.rows(sql)[0]);
    }

    doctor() {
        const ran = spawnSync(sward, [...this.flags(1), 'doctor'], { encoding: 'utf8' });
        if (ran.status !== 0) throw new Error(`sward doctor:\n${ran.stdout}${ran.stderr}`);
    }
}

// nginx serving one file as its front page, with as many workers as there are cores.
export class Nginx {
    constructor(folder) {
        this.folder = folder;
    }

    async start(page) {
        this.port = await freePort();
        fs.mkdirSync(path.join(this.folder, 'pages'), { recursive: true });
        fs.writeFileSync(path.join(this.folder, 'pages/index.html'), page);
        const user = process.getuid() === 0 ? 'user root;' : '';
        fs.writeFileSync(path.join(this.folder, 'nginx.conf'), `${user}
            worker_processes auto; daemon off; pid nginx.pid; error_log error.log;
            events { worker_connections 1024; }
            http {
                default_type text/html; access_log off; sendfile on; tcp_nopush on;
                keepalive_requests 100000000; open_file_cache max=16;
                client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
                uwsgi_temp_path t4; scgi_temp_path t5;
                server { listen 127.0.0.1:${this.port}; root pages; index index.html; }
            }`);
        const binary = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((name) => fs.existsSync(name)) ?? 'nginx';
        this.process = spawn(binary, ['-p', `${this.folder}/`, '-c', 'nginx.conf', '-e', 'error.log'],
            { stdio: ['ignore', 'ignore', 'inherit'] });
        await untilReady(this.process, this.port, '/');
    }

    async stop() {
        this.process.kill('SIGQUIT');
        await ended(this.process);
    }

    kill() {
        this.process?.kill('SIGTERM');
    }
}

export function median(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
