// A tap on a photo in the composer places the next free pin there. A pin stays on its photo,
// wherever that is moved, and goes with it.
(() => {
  "use strict";
  const form = document.getElementById("compose");
  if (!form) return;
  const rows = () => [...document.querySelectorAll("[data-pin-row]")];
  const frames = () => [...document.querySelectorAll(".compose-photo")];
  const field = (row, name) => row.querySelector(`[name=${name}]`);
  const idOf = (frame) => frame?.querySelector("[name=photo]")?.value || "";
  const set = (row) => field(row, "pin_product").value !== "" || field(row, "pin_x").value !== "";

  function remember(row) {
    row.dataset.media = set(row) ? idOf(frames()[(Number(field(row, "pin_photo").value) || 1) - 1]) : "";
  }

  function draw() {
    document.querySelectorAll("[data-pin-mark]").forEach((old) => old.remove());
    rows().forEach((row, i) => {
      const frame = frames()[(Number(field(row, "pin_photo").value) || 1) - 1]?.querySelector(".compose-frame");
      if (!frame || field(row, "pin_x").value === "") return;
      const dot = document.createElement("span");
      const x = Number(field(row, "pin_x").value), y = Number(field(row, "pin_y").value);
      dot.className = `pin pin-x${Math.floor(x / 50)} pin-y${Math.floor(y / 50)}`;
      dot.dataset.pinMark = i + 1;
      const number = document.createElement("span");
      number.textContent = String(i + 1);
      dot.append(number);
      frame.append(dot);
    });
  }

  form.addEventListener("compose:photos", () => {
    for (const row of rows()) {
      if (!row.dataset.media) continue;
      const place = frames().findIndex((frame) => idOf(frame) === row.dataset.media);
      if (place >= 0) field(row, "pin_photo").value = place + 1;
      else for (const name of ["pin_product", "pin_photo", "pin_x", "pin_y"]) field(row, name).value = "";
      remember(row);
    }
    draw();
  });

  /* A photo is about to be cut: where its pins are. */
  form.addEventListener("compose:pins", ({ detail }) => {
    for (const row of rows())
      if (row.dataset.media === detail.of && field(row, "pin_x").value !== "")
        detail.pins.push([Number(field(row, "pin_x").value), Number(field(row, "pin_y").value)]);
  });

  /* It was cut: its pins are where they were in it; one that is outside waits for a new place. */
  form.addEventListener("compose:cropped", ({ detail }) => {
    let lost = 0;
    for (const row of rows()) {
      if (row.dataset.media !== detail.from) continue;
      row.dataset.media = detail.to;
      if (field(row, "pin_x").value === "") continue;
      const at = detail.map(Number(field(row, "pin_x").value), Number(field(row, "pin_y").value));
      if (!at) row.dataset.lost = String(++lost);
      [field(row, "pin_x").value, field(row, "pin_y").value] = at || ["", ""];
    }
    detail.lost(lost);
    draw();
  });

  document.addEventListener("click", (event) => {
    const frame = event.target.closest(".compose-photo");
    if (!frame || event.target.closest("button, input, textarea, select, label, a")) return;
    const image = frame.querySelector("img");
    const lost = rows().find((r) => field(r, "pin_product").value && field(r, "pin_x").value === "" && r.dataset.lost);
    const row = lost || rows().find((r) => !field(r, "pin_product").value) || rows().at(-1);
    if (!image || !row) return;
    const box = image.getBoundingClientRect();
    const part = (at, from, size) => Math.max(0, Math.min(1000, Math.round(((at - from) / size) * 1000)));
    field(row, "pin_x").value = part(event.clientX, box.left, box.width);
    field(row, "pin_y").value = part(event.clientY, box.top, box.height);
    field(row, "pin_photo").value = Number(frame.dataset.photoIndex) + 1;
    delete row.dataset.lost;
    remember(row);
    draw();
    document.querySelector(".pin-form").open = true;
    field(row, "pin_product").focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-pin-row]");
    if (row) { remember(row); draw(); }
  });
  rows().forEach(remember);
  draw();
})();
