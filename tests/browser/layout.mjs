// What is wrong with how a page is laid out. Runs inside the page, so it uses
// nothing from outside of itself; a list of sentences, empty when all is well.
//
// Text is cut when a box that clips leaves some of it out, and spills when it
// sticks out of its own box. A title that ends in an ellipsis after its lines
// (-webkit-line-clamp, or text-overflow on one line) is meant to.
// Two texts or controls that lie on each other overlap, unless one floats:
// what is fixed or sticky has the page pass below it, and .over marks what
// stands on a photo.
export function layoutFaults() {
    const faults = [];
    const style = new Map();
    const styleOf = (el) => style.get(el) ?? style.set(el, getComputedStyle(el)).get(el);
    const nameOf = (el) => `${el.tagName.toLowerCase()}${[...el.classList].map((c) => `.${c}`).join('')}`;
    const say = (el, what) => faults.push(`${nameOf(el)} “${el.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}” ${what}`);

    const parents = function* (el) {
        for (let at = el; at && at !== document.documentElement; at = at.parentElement) yield at;
    };
    // Seen by nobody, or by readers aloud only.
    const hidden = (el) => {
        if (!el.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) return true;
        for (const at of parents(el)) {
            const box = at.getBoundingClientRect();
            const clips = styleOf(at).overflowX !== 'visible' || styleOf(at).clipPath !== 'none';
            if (clips && (box.width <= 1 || box.height <= 1)) return true;
        }
        return false;
    };
    const floats = (el) => [...parents(el)].find((at) => ['fixed', 'sticky'].includes(styleOf(at).position) || at.matches('.over, .pin, dialog'));
    const meant = (el) => [...parents(el)].slice(0, 3).some((at) => styleOf(at).webkitLineClamp !== 'none' || styleOf(at).textOverflow === 'ellipsis');

    // What is left of a piece within the boxes that clip it; null: nothing.
    function seenOf(el, piece) {
        const seen = { ...piece };
        for (const at of parents(el)) {
            const { overflowX, overflowY } = styleOf(at);
            if (overflowX === 'visible' && overflowY === 'visible') continue;
            const box = at.getBoundingClientRect();
            Object.assign(seen, { left: Math.max(seen.left, box.left), right: Math.min(seen.right, box.right), top: Math.max(seen.top, box.top), bottom: Math.min(seen.bottom, box.bottom) });
        }
        return seen.right > seen.left && seen.bottom > seen.top ? seen : null;
    }

    // The lines of an element's own texts, each as high as its letters.
    function linesOf(el) {
        const lines = [];
        for (const node of el.childNodes) {
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const size = parseFloat(styleOf(el).fontSize);
            for (const box of range.getClientRects()) {
                const middle = (box.top + box.bottom) / 2;
                if (box.width > 1) lines.push({ left: box.left, right: box.right, top: middle - size / 2, bottom: middle + size / 2 });
            }
        }
        return lines;
    }

    function lookForCuts(el, lines) {
        if (styleOf(el).display !== 'inline' && !meant(el) && el.scrollWidth > el.clientWidth + 1 && !['auto', 'scroll'].includes(styleOf(el).overflowX)) {
            say(el, `is ${el.scrollWidth} px wide in a box of ${el.clientWidth}`);
        }
        if (meant(el)) return;
        for (const at of parents(el)) {
            const { overflowX, overflowY } = styleOf(at);
            if (['auto', 'scroll'].includes(overflowX) || ['auto', 'scroll'].includes(overflowY)) return;
            if (overflowX === 'visible' && overflowY === 'visible') continue;
            const box = at.getBoundingClientRect();
            const out = lines.find((l) => l.left < box.left - 1 || l.right > box.right + 1 || l.top < box.top - 1 || l.bottom > box.bottom + 1);
            if (out) return void say(el, `is cut by ${nameOf(at)}`);
        }
    }

    const pieces = [];
    for (const el of document.body.querySelectorAll('*')) {
        if (el.closest('svg, noscript, template, script, style') || el.tagName === 'OPTION') continue;
        const control = el.matches('button, select, textarea, input:not([type=hidden]), a.btn');
        const lines = linesOf(el);
        if ((!control && lines.length === 0) || hidden(el)) continue;
        const float = floats(el);
        if (lines.length) lookForCuts(el, lines);
        const boxes = lines.length ? lines : [el.getBoundingClientRect()];
        for (const { left, right, top, bottom } of boxes) {
            const seen = seenOf(el, { left, right, top, bottom });
            if (seen) pieces.push({ el, float, ...seen });
        }
    }
    pieces.sort((a, b) => a.top - b.top);
    for (let i = 0; i < pieces.length; i++) {
        const a = pieces[i];
        for (let k = i + 1; k < pieces.length && pieces[k].top < a.bottom - 2; k++) {
            const b = pieces[k];
            if (a.el === b.el || a.float !== b.float || a.el.contains(b.el) || b.el.contains(a.el)) continue;
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 2 && high > 2) say(a.el, `and ${nameOf(b.el)} “${b.el.textContent.trim().slice(0, 30)}” overlap by ${Math.round(wide)} × ${Math.round(high)} px`);
        }
    }
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) faults.push(`the page is ${root.scrollWidth - root.clientWidth} px wider than the screen`);
    return [...new Set(faults)].slice(0, 12);
}
