// Starts a sward of its own for a test: a fresh data folder, a free port.
//
//   const server = await startServer({ engine: 'sqlite', settings: { simulation: true } });
//   ... new Client(server.url) ...
//   await server.stop();
//
// engine 'postgres' makes a fresh database in the cluster that
// SWARD_TEST_POSTGRES names. The program is SWARD_BIN, else the one in build/.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const SIMULATION_KEY = 'simulation-key-of-a-test';
const OPERATOR_KEY = 'operator-key-of-a-test';

export function swardBinary() {
    if (process.env.SWARD_BIN) return process.env.SWARD_BIN;
    const build = process.env.SWARD_BUILD ?? path.join(root, 'build');
    const found = ['src/app/sward', 'sward'].map((name) => path.join(build, name))
        .find((name) => fs.existsSync(name) && fs.statSync(name).isFile());
    if (!found) throw new Error(`no sward in ${build}; run make build, or set SWARD_BIN`);
    return found;
}

// Engines that can be tested here: SQLite always, PostgreSQL when one is given.
export function engines() {
    return process.env.SWARD_TEST_POSTGRES ? ['sqlite', 'postgres'] : ['sqlite'];
}

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

function psql(sql) {
    const ran = spawnSync('psql', ['-X', '-q', '-d', process.env.SWARD_TEST_POSTGRES, '-c', sql], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`psql: ${ran.stderr || ran.error}`);
}

let databases = 0;

function newDatabase() {
    const name = `conversation_${process.pid}_${Date.now().toString(36)}_${databases++}`;
    psql(`create database ${name}`);
    const url = new URL(process.env.SWARD_TEST_POSTGRES);
    url.pathname = `/${name}`;
    return { name, url: url.href };
}

const flagOf = ([name, value]) => `--${name.replaceAll('_', '-')}=${value}`;

export class Server {
    constructor(settings, dir) {
        this.settings = settings;
        this.dir = dir;
        this.url = settings.public_url;
        this.log = '';
        this.process = null;
    }

    get flags() {
        return Object.entries(this.settings).map(flagOf);
    }

    async start() {
        this.process = spawn(swardBinary(), [...this.flags, 'serve'], { stdio: ['ignore', 'pipe', 'pipe'] });
        const keep = (text) => { this.log = (this.log + text).slice(-200000); };
        this.process.stdout.on('data', keep);
        this.process.stderr.on('data', keep);
        this.ended = new Promise((resolve) => {
            this.process.on('exit', (code, signal) => resolve({ code, signal }));
        });
        let over = null;
        this.ended.then((end) => { over = end; });
        const probe = new Client(this.url);
        for (let tries = 0; tries < 1500; tries++) {
            if (over) throw new Error(`sward ended with ${over.code ?? over.signal}:\n${this.log}`);
            const answer = await probe.get('/readyz').catch(() => null);
            if (answer?.status === 200) return this;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        throw new Error(`sward was not ready in 30 s:\n${this.log}`);
    }

    // Stop with grace; fails when it does not end well.
    async stop() {
        if (!this.process) return;
        this.process.kill('SIGTERM');
        const timer = setTimeout(() => this.process.kill('SIGKILL'), 20000);
        const { code, signal } = await this.ended;
        clearTimeout(timer);
        this.process = null;
        if (code !== 0) throw new Error(`sward ended with ${code ?? signal}:\n${this.log}`);
    }

    async kill9() {
        this.process.kill('SIGKILL');
        await this.ended;
        this.process = null;
    }

    // Run another verb on the same data; what it printed.
    verb(...words) {
        const ran = spawnSync(swardBinary(), [...this.flags, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
        return { status: ran.status, out: ran.stdout, err: ran.stderr };
    }

    // One export as objects.
    export(what) {
        const ran = this.verb('export', what);
        if (ran.status !== 0) throw new Error(`sward export ${what}: ${ran.err}`);
        return ran.out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    }

    // Stop, remove the folder and the database.
    async remove() {
        await this.stop();
        fs.rmSync(this.dir, { recursive: true, force: true });
        if (this.database) psql(`drop database if exists ${this.database} with (force)`);
    }

    client(options) {
        return new Client(this.url, options);
    }

    operator() {
        return new Client(this.url, { bearer: this.settings.operator_key });
    }

    // Put the simulated clock forward to a time in milliseconds.
    async clock(at) {
        const simulator = new Client(this.url, { bearer: this.settings.simulation_key });
        const answer = await simulator.post('/-/clock', { at: new Date(at).toISOString() }, { Accept: 'application/json' });
        if (answer.status !== 200) throw new Error(`POST /-/clock: ${answer.status} ${answer.text}`);
        return at;
    }
}

export async function startServer({ engine = 'sqlite', settings = {}, dir } = {}) {
    const port = await freePort();
    const folder = dir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'sward-conversation-'));
    const database = engine === 'postgres' ? newDatabase() : null;
    const server = new Server({
        data_dir: folder,
        listen: `127.0.0.1:${port}`,
        public_url: `http://127.0.0.1:${port}`,
        operator_key: OPERATOR_KEY,
        rate_factor: 0,
        complete_goods: false,
        log_level: 'warn',
        ...(database ? { database: database.url } : {}),
        ...(settings.simulation ? { simulation_key: SIMULATION_KEY } : {}),
        ...settings,
    }, folder);
    server.database = database?.name;
    return server.start();
}
