// Keeps the number on the Inbox tab and says when it grows: see web/stream.h.
// One tab of a browser listens and tells the others.
(() => {
    'use strict';
    const doc = document, badge = doc.querySelector('[data-unread]');
    const toast = doc.querySelector('[data-toast]');
    if (!badge || !window.EventSource) return;
    let last = +badge.dataset.unread, timer;
    function show(n) {
        badge.firstChild.textContent = n > 99 ? '99+' : n;
        badge.hidden = !n;
        if (n > last) {
            toast.hidden = false;
            clearTimeout(timer);
            timer = setTimeout(() => { toast.hidden = true; }, 6000);
        }
        last = n;
    }
    const others = window.BroadcastChannel && new BroadcastChannel('sward-stream');
    if (others) others.onmessage = (e) => show(e.data);
    function listen() {
        new EventSource('/me/stream').addEventListener('unread', (e) => {
            show(+e.data);
            others?.postMessage(+e.data);
        });
        return new Promise(() => {});
    }
    if (others && navigator.locks) navigator.locks.request('sward-stream', listen);
    else listen();
})();
