// Closes the gaps between cards of different heights. The order of the cards
// stays; without scripts they simply stand in rows.
(() => {
  "use strict";
  const UNIT = 8;
  const all = () => {
    document.querySelectorAll(".masonry").forEach((grid) => {
      grid.classList.add("masonry-fit");
      const cards = [...grid.children];
      // Written, then read, then written: one layout for all cards, not one for each.
      cards.forEach((card) => { card.style.gridRowEnd = "auto"; });
      const gap = parseFloat(getComputedStyle(grid).columnGap) || 0;
      const heights = cards.map((card) => card.getBoundingClientRect().height);
      cards.forEach((card, i) => { card.style.gridRowEnd = `span ${Math.ceil((heights[i] + gap) / UNIT)}`; });
    });
  };
  all();
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      requestAnimationFrame(all);
    }
  });
  document.addEventListener("htmx:afterSettle", all);
  document.fonts?.ready.then(all);
})();
