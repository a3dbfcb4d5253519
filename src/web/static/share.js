// Takes what another app shared into the composer: the worker (sw.js) kept it and led here.
(async () => {
    'use strict';
    const input = document.querySelector('#compose-files');
    if (!input || !window.caches || !new URLSearchParams(location.search).has('shared')) return;
    const shared = await caches.open('shared'), files = new DataTransfer();
    const write = (id, text) => {
        const field = document.getElementById(id);
        if (!field || field.value || !text) return;
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    for (const request of await shared.keys()) {
        const answer = await shared.match(request);
        if (request.url.endsWith('/shared/words')) {
            const [title, ...words] = await answer.json();
            write('title', title);
            write('body', words.filter(Boolean).join('\n'));
        } else {
            const name = decodeURIComponent(answer.headers.get('X-Name') || 'photo');
            files.items.add(new File([await answer.blob()], name, { type: answer.headers.get('Content-Type') }));
        }
        await shared.delete(request);
    }
    if (!files.files.length) return;
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
})();
