// A tap on a photo in the composer places the next free pin there.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("[data-pin-row]")];
  const field = (row, name) => row.querySelector(`[name=${name}]`);
  const mark = (frame, x, y, number) => {
    const dot = document.createElement("span");
    dot.className = `pin pin-x${Math.floor(x / 50)} pin-y${Math.floor(y / 50)}`;
    dot.textContent = String(number);
    dot.dataset.pinMark = number;
    document.querySelectorAll(`[data-pin-mark="${number}"]`).forEach((old) => old.remove());
    frame.append(dot);
  };
  document.addEventListener("click", (event) => {
    const frame = event.target.closest(".compose-photo");
    if (!frame || event.target.closest("button, input, textarea, label, a")) return;
    const image = frame.querySelector("img");
    const form = document.querySelector(".pin-form");
    const row = rows().find((r) => !field(r, "pin_product").value) || rows().at(-1);
    if (!image || !row || !form) return;
    const box = image.getBoundingClientRect();
    const part = (at, from, size) => Math.max(0, Math.min(1000, Math.round(((at - from) / size) * 1000)));
    const x = part(event.clientX, box.left, box.width);
    const y = part(event.clientY, box.top, box.height);
    field(row, "pin_x").value = x;
    field(row, "pin_y").value = y;
    field(row, "pin_photo").value = Number(frame.dataset.photoIndex) + 1;
    mark(frame, x, y, Number(row.dataset.pinRow) + 1);
    form.open = true;
    field(row, "pin_product").focus();
  });
})();
