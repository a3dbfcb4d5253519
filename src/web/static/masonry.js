// Closes the gaps between cards of different heights. The order of the cards
// stays; without scripts they simply stand in rows. The page waits for this
// before it is shown first (blocking="render"), so no card moves afterwards.
(() => {
  "use strict";
  const UNIT = 8;
  // Written, then read, then written: one layout for all cards, not one for each.
  const fit = (grid) => {
    const cards = [...grid.children];
    if (grid.classList.contains("masonry-fit")) cards.forEach((card) => { card.style.gridRowEnd = ""; });
    const gap = parseFloat(getComputedStyle(grid).columnGap) || 0;
    const heights = cards.map((card) => card.getBoundingClientRect().height);
    grid.classList.add("masonry-fit");
    cards.forEach((card, i) => { card.style.gridRowEnd = `span ${Math.ceil((heights[i] + gap) / UNIT)}`; });
  };
  const all = () => document.querySelectorAll(".masonry").forEach(fit);
  all();
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      requestAnimationFrame(all);
    }
  });
  document.addEventListener("htmx:afterSettle", all);
  // Letters that come from elsewhere are as tall as they are only once they are there.
  if (document.fonts?.size) document.fonts.ready.then(all);
})();
