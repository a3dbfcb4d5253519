// Closes the gaps between cards of different heights. The order of the cards
// stays; without scripts they simply stand in rows.
(() => {
  "use strict";
  const UNIT = 8;
  const fit = (card) => {
    card.style.gridRowEnd = "auto";
    const height = card.getBoundingClientRect().height;
    const gap = parseFloat(getComputedStyle(card.parentElement).columnGap) || 0;
    card.style.gridRowEnd = `span ${Math.ceil((height + gap) / UNIT)}`;
  };
  const all = () => {
    document.querySelectorAll(".masonry").forEach((grid) => {
      grid.classList.add("masonry-fit");
      [...grid.children].forEach(fit);
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
