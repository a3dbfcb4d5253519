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
        if (n > last && !doc.getElementById('talk')) {
            toast.hidden = false;
            clearTimeout(timer);
            timer = setTimeout(() => { toast.hidden = true; }, 6000);
        }
        last = n;
    }
    // A conversation that is open asks for what is new. The hint may come before
    // the message can be read; the number, which follows the database, after it.
    function hint(wait) {
        setTimeout(() => doc.body.dispatchEvent(new CustomEvent('sward-message')), wait);
    }
    function take(news) {
        if (news === 'message') return hint(200);
        if (news > last) hint(0);
        show(news);
    }
    const others = window.BroadcastChannel && new BroadcastChannel('sward-stream');
    if (others) others.onmessage = (e) => take(e.data);
    function tell(news) {
        take(news);
        others?.postMessage(news);
    }
    function listen() {
        const stream = new EventSource('/me/stream');
        stream.addEventListener('unread', (e) => tell(+e.data));
        stream.addEventListener('message', (e) => { if (e.data) tell('message'); });
        return new Promise(() => {});
    }
    if (others && navigator.locks) navigator.locks.request('sward-stream', listen);
    else listen();
})();
