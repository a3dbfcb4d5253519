// The worker of the installed site: without a network it shows the page /offline; photos that
// another app shares wait here until the composer takes them. Pages are never kept.
'use strict';
const SHELL = 'shell', SHARED = 'shared';
const lang = new URL(location.href).searchParams.get('lang') || 'en';

async function fill() {
    const shell = await caches.open(SHELL);
    const page = await fetch('/offline', { credentials: 'omit', headers: { 'Accept-Language': lang } });
    if (!page.ok) throw new Error(`/offline answered ${page.status}`);
    const parts = (await page.clone().text()).match(/\/static\/[\w.-]+\.(css|svg)/g) || [];
    await shell.put('/offline', page);
    await shell.addAll([...new Set(parts)]);
}

// Photos and words from the system's share sheet: kept, and the composer opened.
async function take(request) {
    const form = await request.formData();
    const shared = await caches.open(SHARED);
    for (const old of await shared.keys()) await shared.delete(old);
    const files = form.getAll('photo').filter((file) => file.size).slice(0, 18);
    for (const [i, file] of files.entries())
        await shared.put(`/shared/${i}`, new Response(file, {
            headers: { 'Content-Type': file.type, 'X-Name': encodeURIComponent(file.name) } }));
    const words = ['title', 'text', 'url'].map((name) => form.get(name) || '');
    await shared.put('/shared/words', new Response(JSON.stringify(words)));
    return Response.redirect('/publish?shared=1', 303);
}

addEventListener('install', (e) => e.waitUntil(fill().then(() => skipWaiting())));
addEventListener('activate', (e) => e.waitUntil(clients.claim()));
addEventListener('fetch', (e) => {
    const { request } = e, url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method === 'POST' && url.pathname === '/share') return e.respondWith(take(request));
    if (request.method !== 'GET') return;
    if (request.mode === 'navigate')
        return e.respondWith(fetch(request).catch(() => caches.match('/offline')));
    if (url.pathname.startsWith('/static/'))
        e.respondWith(fetch(request).catch(async () => await caches.match(request) || Response.error()));
});
