// Opens a note over the list it was found in, under its own address: closing it, or going back,
// leads to the list as it was. In every note the arrow keys and the arrows turn its photos.
(() => {
    'use strict';
    const doc = document, base = location.href, title = doc.title;
    const plain = (e) => e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;
    let box, from;

    function make() {
        box = doc.createElement('dialog');
        box.className = 'over';
        const close = doc.createElement('button');
        close.className = 'icon-btn over-close';
        close.setAttribute('aria-label', doc.body.dataset.close);
        close.addEventListener('click', () => history.back());
        box.append(close, doc.createElement('div'));
        box.lastChild.className = 'over-body';
        box.addEventListener('cancel', (e) => { e.preventDefault(); history.back(); });
        box.addEventListener('click', (e) => e.target === box && history.back());
        box.addEventListener('htmx:responseError', () => location.reload());
        doc.body.append(box);
    }
    async function show(href) {
        if (!box) make();
        box.lastChild.replaceChildren();
        if (!box.open) box.showModal();
        await htmx.ajax('GET', href, { target: box.lastChild, swap: 'innerHTML' });
        const name = box.querySelector('h1')?.textContent;
        if (!box.open || !name) return;
        box.setAttribute('aria-label', name);
        doc.title = `${name} · ${doc.querySelector('.place-name').textContent}`;
        box.scrollTop = 0;
    }
    function hide() {
        if (!box?.open) return;
        box.close();
        box.lastChild.replaceChildren();
        doc.title = title;
        from?.focus({ preventScroll: true });
        doc.dispatchEvent(new Event('htmx:load'));
    }
    function turn(carousel, by) {
        const track = carousel.querySelector('.carousel-track');
        track.scrollBy({ left: by * track.clientWidth, behavior: 'auto' });
    }

    doc.addEventListener('click', (e) => {
        const link = e.target.closest('a');
        if (!link || !plain(e) || e.defaultPrevented) return;
        const hash = link.getAttribute('href');
        if (link.closest('.carousel') && hash.startsWith('#photo-')) {
            e.preventDefault();
            const item = link.closest('.carousel-item');
            turn(link.closest('.carousel'), hash.slice(7) - item.id.slice(6));
        } else if (link.matches('.masonry .card-link[href^="/n/"]') && !link.closest('.over')) {
            e.preventDefault();
            from = link;
            history.pushState({ over: link.href }, '', link.href);
            show(link.href);
        }
    });
    // The menu of a card in Explore: why it is there, and a way to send it away.
    const menu = doc.querySelector('[data-menu]')?.dataset.menu;
    let sheet, card;
    function addMenus() {
        for (const foot of doc.querySelectorAll('.masonry[data-place="explore"] > .card > .card-foot')) {
            if (foot.querySelector('.card-menu')) continue;
            const button = doc.createElement('button');
            button.className = 'icon-btn card-menu';
            button.textContent = '⋯';
            button.setAttribute('aria-label', menu);
            foot.insertBefore(button, foot.lastElementChild);
        }
    }
    function openMenu(from) {
        card = from.closest('.card');
        if (!sheet) {
            sheet = doc.createElement('dialog');
            sheet.className = 'sheet-over';
            sheet.setAttribute('aria-label', menu);
            sheet.addEventListener('click', (e) => e.target === sheet && sheet.close());
            sheet.addEventListener('close', () => sheet.querySelector('[name="on"][value="0"]') && card.remove());
            doc.body.append(sheet);
        }
        sheet.innerHTML = '<div></div><form method="dialog" class="sheet-close"><button class="icon-btn">✕</button></form>';
        sheet.querySelector('button').setAttribute('aria-label', doc.body.dataset.close);
        sheet.showModal();
        htmx.ajax('GET', `${card.querySelector('.card-link').getAttribute('href')}/why`, { target: sheet.firstChild, swap: 'outerHTML' });
    }
    if (menu) {
        addMenus();
        doc.addEventListener('htmx:load', addMenus);
        doc.addEventListener('click', (e) => {
            const button = e.target.closest('.card-menu');
            if (button) openMenu(button);
        });
    }

    // Passing a note on: the buttons of its sheet work by this alone, so this shows them.
    doc.addEventListener('htmx:load', (e) => {
        for (const b of e.target.querySelectorAll('[data-copy], [data-pass]')) b.hidden = 'copy' in b.dataset ? !navigator.clipboard : !navigator.share;
    });
    doc.addEventListener('click', (e) => {
        const button = e.target.closest('[data-copy], [data-pass]');
        if (!button) return;
        const sheet = button.closest('.share'), url = sheet.querySelector('.share-link').value;
        if ('pass' in button.dataset) navigator.share({ url, title: sheet.dataset.shareTitle }).catch(() => {});
        else navigator.clipboard.writeText(url).then(() => { button.querySelector('span').textContent = button.dataset.copy; });
    });
    doc.addEventListener('keydown', (e) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
        const inField = e.target.closest('input, textarea, select, [contenteditable]');
        const carousel = by && !inField && doc.querySelector('.over[open] .carousel, main .carousel');
        if (!carousel) return;
        e.preventDefault();
        turn(carousel, by);
    });
    addEventListener('popstate', () => {
        if (history.state?.over) show(history.state.over);
        else if (location.href.split('#')[0] === base.split('#')[0]) hide();
    });
})();
