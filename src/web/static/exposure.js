// Reports what its reader saw, when they agreed: see web/exposure_web.h.
(() => {
    'use strict';
    const doc = document;
    if (doc.body.dataset.exposure !== 'on') return;
    let rows = [];
    const told = new Set(), known = new WeakSet(), timers = new Map(), views = new Map();
    const shown = () => doc.visibilityState === 'visible';
    const all = (selector, root = doc) => [...root.querySelectorAll(selector)];

    const post = (body, tries) => fetch('/x', {
        method: 'POST', body, keepalive: true, headers: { 'Content-Type': 'application/json' },
    }).catch(() => tries && setTimeout(post, 5000, body, tries - 1));
    function send() {
        const now = Date.now();
        for (; rows.length; rows = rows.slice(100))
            post(JSON.stringify({
                batch: now * 4096 + Math.floor(Math.random() * 4096),
                rows: rows.slice(0, 100).map(({ at, ...row }) => ({ ...row, a: now - at })),
            }), 2);
    }
    const add = (row) => rows.push({ ...row, at: Date.now() });

    function saw(card) {
        const t = card.dataset.seen, list = card.closest('[data-place]'), p = list.dataset.place;
        if (!shown() || told.has(p + t)) return;
        told.add(p + t);
        add({ k: 'card', t, p, n: all('[data-seen]', list).indexOf(card) });
    }
    const watch = new IntersectionObserver((changes) => changes.forEach((c) => {
        clearTimeout(timers.get(c.target));
        if (c.intersectionRatio >= 0.5) timers.set(c.target, setTimeout(saw, 1000, c.target));
    }), { threshold: 0.5 });

    function close(note) {
        add({ k: 'dwell', t: note.dataset.view, p: 'note', d: Math.round(performance.now() - views.get(note)) });
        views.delete(note);
    }
    function look() {
        for (const note of views.keys()) if (!note.isConnected) close(note);
        for (const note of all('[data-view^=note_]')) if (!views.has(note)) views.set(note, performance.now());
        for (const card of all('[data-place] [data-seen]')) if (!known.has(card)) known.add(card), watch.observe(card);
    }
    doc.addEventListener('visibilitychange', () => {
        if (shown()) return look();
        [...views.keys()].forEach(close);
        send();
    });
    doc.addEventListener('htmx:load', () => shown() && look());
    setInterval(() => shown() && send(), 10000);
    if (shown()) look();
})();
