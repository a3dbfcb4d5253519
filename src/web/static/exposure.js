// Reports what its reader saw, when they agreed: see web/exposure_web.h.
(() => {
    'use strict';
    const doc = document, page = doc.body.dataset;
    if (page.exposure !== 'on') return;
    page.exposure = 'told';
    let rows = [];
    const told = new Set(), known = new WeakSet(), timers = new Map(), notes = new Map();
    const shown = () => doc.visibilityState === 'visible';

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
    function add(el, kinds, d) {
        const t = el.dataset.see, list = el.closest('[data-place]');
        const k = kinds[t.split('_')[0]], p = list?.dataset.place, key = k + p + t;
        if (!k || (!d && told.has(key))) return;
        told.add(key);
        const n = d ? 0 : [...list?.querySelectorAll('[data-see]') ?? []].indexOf(el);
        rows.push({ k, t, p, n: Math.max(n, 0) + (+list?.dataset.first || 0), d, at: Date.now() });
    }
    const saw = (card) => shown() && add(card, { note: 'card', prod: 'shelf' });
    const watch = new IntersectionObserver((changes) => changes.forEach((c) => {
        clearTimeout(timers.get(c.target));
        if (c.intersectionRatio >= 0.5) timers.set(c.target, setTimeout(saw, 1000, c.target));
    }), { threshold: 0.5 });

    function close(note) {
        add(note, { note: 'dwell' }, Math.round(performance.now() - notes.get(note)));
        notes.delete(note);
    }
    function look() {
        for (const note of notes.keys()) if (!note.isConnected) close(note);
        for (const el of doc.querySelectorAll('[data-see]'))
            if (el.dataset.place === 'note') notes.has(el) || notes.set(el, performance.now());
            else if (!known.has(el)) known.add(el), watch.observe(el);
    }
    doc.addEventListener('visibilitychange', () => {
        if (shown()) return look();
        [...notes.keys()].forEach(close);
        send();
    });
    doc.addEventListener('htmx:load', () => shown() && look());
    setInterval(() => shown() && send(), 10000);
    if (shown()) look();
})();
