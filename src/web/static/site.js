// What every page needs: how htmx behaves; the reader's place (a list that was left by a link is
// as long, and stands where it stood, when they come back); the worker that answers without a
// network.
Object.assign(htmx.config, {
    includeIndicatorStyles: false, allowEval: false, historyCacheSize: 0,
    responseHandling: [
        { code: '204', swap: false }, { code: '[23]..', swap: true }, { code: '422', swap: true },
        { code: '[45]..', swap: false, error: true },
    ],
});
(() => {
    'use strict';
    const key = `place ${location.href}`, cards = () => document.querySelectorAll('.masonry > article').length;
    const list = document.querySelector('.masonry');
    let kept;
    try {
        kept = JSON.parse(sessionStorage.getItem(key));
    } catch { /* without storage there is no place to keep */ }
    async function restore() {
        history.scrollRestoration = 'manual';
        for (let page = 0; page < 25 && cards() < kept.n; page++) {
            const more = list.querySelector(':scope > .more');
            if (!more) break;
            await htmx.ajax('GET', more.getAttribute('href'), { target: more, swap: 'outerHTML' });
        }
        requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, kept.y)));
    }
    if (list) {
        const [how] = performance.getEntriesByType('navigation');
        if (kept && how?.type !== 'navigate') restore();
        addEventListener('pagehide', () => {
            try {
                sessionStorage.setItem(key, JSON.stringify({ n: cards(), y: scrollY }));
            } catch { /* full or forbidden: the list begins at its top */ }
        });
    }
    navigator.serviceWorker?.register(`/sw.js?lang=${document.documentElement.lang}`).catch(() => {});
})();
