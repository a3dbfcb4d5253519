// A browser in miniature: keeps cookies and connections, sends forms, JSON and
// files, and follows nothing by itself.
//
//   const lin = new Client(server.url, { lang: 'zh' });
//   await lin.post('/signup', { handle: 'lin', password: 'a long one' });
//   const page = await lin.get('/');          // page.status, .text, .headers
//   const data = await lin.api('/n/note_1');  // GET /api/v1/..., parsed
//
// Form fields are an object; a field with a list is sent once for each value.

import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

export function formText(fields) {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
        for (const one of Array.isArray(value) ? value : [value]) {
            form.append(name, String(one));
        }
    }
    return form.toString();
}

// multipart/form-data: files are { name, bytes, filename, type }.
export function multipart(fields, files = []) {
    const edge = `sward-${Math.random().toString(36).slice(2)}`;
    const parts = [];
    for (const [name, value] of Object.entries(fields)) {
        for (const one of Array.isArray(value) ? value : [value]) {
            parts.push(Buffer.from(
                `--${edge}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${one}\r\n`));
        }
    }
    for (const file of files) {
        parts.push(Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${file.name}"; `
            + `filename="${file.filename}"\r\nContent-Type: ${file.type ?? 'image/jpeg'}\r\n\r\n`));
        parts.push(file.bytes, Buffer.from('\r\n'));
    }
    parts.push(Buffer.from(`--${edge}--\r\n`));
    return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${edge}` };
}

export class Answer {
    constructor(message, bytes) {
        this.status = message.statusCode;
        this.headers = message.headers;
        this.bytes = bytes;
    }

    get text() {
        return this.bytes.toString('utf8');
    }

    get json() {
        return JSON.parse(this.text);
    }

    // Path and query of the address it points to.
    get location() {
        const to = this.headers.location;
        return to && new URL(to, 'http://place').href.replace('http://place', '');
    }
}

export class Client {
    constructor(url, { lang = 'en', bearer = '' } = {}) {
        this.url = new URL(url);
        this.lang = lang;
        this.bearer = bearer;
        this.jar = new Map();
    }

    // The request as it is; nothing is thrown for a refusal.
    request(method, path, { headers = {}, body } = {}) {
        const all = { 'Accept-Language': this.lang, Accept: 'text/html', ...headers };
        if (this.jar.size > 0) {
            all.Cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
        }
        if (this.bearer) all.Authorization = `Bearer ${this.bearer}`;
        if (method !== 'GET' && all['Sec-Fetch-Site'] === undefined && all.Origin === undefined) {
            all['Sec-Fetch-Site'] = 'same-origin';
        }
        if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body);
        return this.#send(method, path, all, body, 1);
    }

    #send(method, path, headers, body, again) {
        return new Promise((resolve, reject) => {
            const options = { agent, method, headers, host: this.url.hostname, port: this.url.port, path };
            const request = http.request(options, (message) => {
                const chunks = [];
                message.on('data', (chunk) => chunks.push(chunk));
                message.on('end', () => {
                    this.#keep(message.headers['set-cookie'] ?? []);
                    resolve(new Answer(message, Buffer.concat(chunks)));
                });
                message.on('error', reject);
            });
            request.on('error', (error) => {
                // A kept connection that the server had closed in the meantime took nothing.
                if (again > 0 && request.reusedSocket && error.code === 'ECONNRESET') {
                    resolve(this.#send(method, path, headers, body, again - 1));
                } else {
                    reject(error);
                }
            });
            request.end(body);
        });
    }

    #keep(cookies) {
        for (const cookie of cookies) {
            const [pair, ...facts] = cookie.split(';').map((part) => part.trim());
            const at = pair.indexOf('=');
            const gone = facts.some((fact) => fact.toLowerCase() === 'max-age=0');
            if (gone) this.jar.delete(pair.slice(0, at));
            else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
        }
    }

    get(path, headers = {}) {
        return this.request('GET', path, { headers });
    }

    // A page's JSON, by its path or by an address that the API gave. Throws what the server said when it is not 200.
    async api(path) {
        const address = path.startsWith('/api/') ? path : `/api/v1${path}`;
        const answer = await this.request('GET', address, { headers: { Accept: 'application/json' } });
        if (answer.status !== 200) throw new Error(`GET ${address}: ${answer.status} ${answer.text}`);
        return answer.json;
    }

    // A form, as a browser without scripts sends it.
    post(path, fields = {}, headers = {}) {
        return this.request('POST', path, {
            headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
            body: formText(fields),
        });
    }

    // The same fields as JSON through the API.
    postJson(path, object = {}, headers = {}) {
        return this.request('POST', `/api/v1${path}`, {
            headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
            body: JSON.stringify(object),
        });
    }

    // A form sent through the API: lists of fields in step, answered in JSON.
    postForm(path, fields = {}, headers = {}) {
        return this.post(`/api/v1${path}`, fields, { Accept: 'application/json', ...headers });
    }

    // A form with files.
    postFiles(path, fields, files, headers = {}) {
        const { body, type } = multipart(fields, files);
        return this.request('POST', path, { headers: { 'Content-Type': type, ...headers }, body });
    }

    // Upload one photo; its media id.
    async photo(bytes, alt = '', filename = 'photo.jpg') {
        const files = [{ name: 'photo', bytes, filename }];
        const answer = await this.postFiles('/api/v1/media', { alt }, files, { Accept: 'application/json' });
        if (answer.status !== 201) throw new Error(`POST /media: ${answer.status} ${answer.text}`);
        return answer.json.id;
    }
}

// Fails loudly with what the server said.
export function expect(answer, ...statuses) {
    if (!statuses.includes(answer.status)) {
        throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text.slice(0, 2000)}`);
    }
    return answer;
}

// Try again until it is so; for what jobs and followers do a moment later.
export async function until(what, check, milliseconds = 10000) {
    const end = Date.now() + milliseconds;
    for (;;) {
        const value = await check();
        if (value) return value;
        if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`);
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
