/* Cuts and turns a photo before it is sent, in the page's dialog #crop. "crop:open" on any element
 * opens it:
 *   detail.source  a Blob, or the address of a photo of this site
 *   detail.ratio   width / height that it must have; 0 = the person chooses
 *   detail.round   it is shown as a circle
 *   detail.cut     how it was cut before, as done was told; or null
 *   detail.pins    [[x, y]], thousandths of the photo as it is shown now
 *   detail.done    (blob, cut, map) => …: the photo; how it was cut; map(x, y) gives the place of a
 *                  pin in it, or null when that is outside
 *   detail.left    () => …: nothing was cut
 *   detail.failed  () => …: this browser cannot open the photo
 * A file chosen in a form [data-cut="ratio"] is cut before that form is sent.
 *
 * A cut is { turns, x, y, w, h }: quarter turns to the right, and the part of the turned photo that
 * stays, as fractions of it. */
"use strict";
(() => {
  const box = document.getElementById("crop");
  if (!box || !window.createImageBitmap) return;
  const stage = box.querySelector(".crop-stage"), canvas = box.querySelector("canvas");
  const frame = box.querySelector(".crop-frame"), said = box.querySelector(".crop-said");
  const zoom = box.querySelector(".crop-zoom input"), shapes = box.querySelector(".crop-shapes");
  const PIXELS = 16e6; /* a phone's canvas holds no more */
  const OUT = [2560, 5120]; /* twice what is ever shown, each way */
  const NEAREST = 8, LEAST = 48;
  let ask = null, photo = null, cut = null, view = null, from = null;

  const clamp = (n, low, high) => Math.min(Math.max(n, low), Math.max(low, high));
  const turned = () => (cut.turns % 2 ? [photo.height, photo.width] : [photo.width, photo.height]);
  const ratio = () => ask.ratio || Number(shapes.querySelector(":checked").value);

  /* ---- places: of the whole photo upright, and of what a cut leaves of it ---- */
  function toWhole(c, x, y) {
    const px = c.x + (x / 1000) * c.w, py = c.y + (y / 1000) * c.h;
    return [[px, py], [py, 1 - px], [1 - px, 1 - py], [1 - py, px]][c.turns];
  }
  function fromWhole(c, u, v) {
    const [px, py] = [[u, v], [1 - v, u], [1 - u, 1 - v], [v, 1 - u]][c.turns];
    const at = [(px - c.x) / c.w, (py - c.y) / c.h].map((n) => Math.round(n * 1000));
    return at.every((n) => n >= 0 && n <= 1000) ? at : null;
  }
  const WHOLE = { turns: 0, x: 0, y: 0, w: 1, h: 1 };
  const map = (to, was = ask.cut || WHOLE) => (x, y) => fromWhole(to, ...toWhole(was, x, y));

  /* ---- the part that stays ---- */
  /* The largest part of a shape around a point; 0 = any shape, the whole. */
  function largest(shape, cx = 0.5, cy = 0.5) {
    const [tw, th] = turned();
    let w = 1, h = 1;
    if (shape) [w, h] = tw / th > shape ? [(shape * th) / tw, 1] : [1, tw / shape / th];
    Object.assign(cut, { w, h, x: clamp(cx - w / 2, 0, 1 - w), y: clamp(cy - h / 2, 0, 1 - h) });
  }
  const middle = () => [cut.x + cut.w / 2, cut.y + cut.h / 2];
  /* How much larger the part may become in its shape; it is never NEAREST times smaller than that. */
  const farthest = () => Math.min(1 / cut.w, 1 / cut.h);
  function near(by, cx = cut.x + cut.w / 2, cy = cut.y + cut.h / 2) {
    const [tw, th] = turned();
    const least = Math.max(LEAST / (cut.w * tw), LEAST / (cut.h * th), farthest() / NEAREST);
    const size = clamp(1 / by, Math.min(1, least), farthest());
    const fx = (cx - cut.x) / cut.w, fy = (cy - cut.y) / cut.h;
    cut.w *= size;
    cut.h *= size;
    cut.x = clamp(cx - fx * cut.w, 0, 1 - cut.w);
    cut.y = clamp(cy - fy * cut.h, 0, 1 - cut.h);
  }
  function shift(dx, dy) {
    cut.x = clamp(cut.x + dx, 0, 1 - cut.w);
    cut.y = clamp(cut.y + dy, 0, 1 - cut.h);
  }
  function turn(by) {
    const { x, y, w, h } = cut, [cx, cy] = middle();
    cut.turns = (cut.turns + by + 4) % 4;
    if (ratio()) largest(ratio(), ...(by > 0 ? [1 - cy, cx] : [cy, 1 - cx]));
    else Object.assign(cut, by > 0 ? { x: 1 - y - h, y: x, w: h, h: w } : { x: y, y: 1 - x - w, w: h, h: w });
  }

  /* ---- showing it: the part fills the stage as far as its shape allows ---- */
  function layOut() {
    const [tw, th] = turned(), pad = 28;
    const room = [stage.clientWidth - 2 * pad, stage.clientHeight - 2 * pad];
    const scale = Math.min(room[0] / (cut.w * tw), room[1] / (cut.h * th));
    view = { scale, ox: stage.clientWidth / 2 - (cut.x + cut.w / 2) * tw * scale, oy: stage.clientHeight / 2 - (cut.y + cut.h / 2) * th * scale };
  }
  function draw() {
    const [tw, th] = turned(), dpr = Math.min(devicePixelRatio || 1, 2), { scale, ox, oy } = view;
    const [sw, sh] = [stage.clientWidth, stage.clientHeight];
    const place = [ox + cut.x * tw * scale, oy + cut.y * th * scale, cut.w * tw * scale, cut.h * th * scale];
    if (canvas.width !== Math.round(sw * dpr) || canvas.height !== Math.round(sh * dpr))
      Object.assign(canvas, { width: Math.round(sw * dpr), height: Math.round(sh * dpr) });
    const g = canvas.getContext("2d");
    g.setTransform(dpr, 0, 0, dpr, 0, 0);
    g.clearRect(0, 0, sw, sh);
    paint(g, ox, oy, scale);
    g.fillStyle = "rgb(0 0 0 / 62%)";
    g.beginPath();
    g.rect(0, 0, sw, sh);
    if (ask.round) g.ellipse(place[0] + place[2] / 2, place[1] + place[3] / 2, place[2] / 2, place[3] / 2, 0, 0, 7);
    else g.rect(...place);
    g.fill("evenodd");
    pins(g, place);
    ["left", "top", "width", "height"].forEach((side, i) => { frame.style[side] = `${place[i]}px`; });
  }
  /* The photo, turned, with its corner at ox, oy. */
  function paint(g, ox, oy, scale) {
    const [tw, th] = turned();
    g.save();
    g.imageSmoothingQuality = "high";
    g.translate(ox + (tw * scale) / 2, oy + (th * scale) / 2);
    g.rotate((cut.turns * Math.PI) / 2);
    g.drawImage(photo, (-photo.width * scale) / 2, (-photo.height * scale) / 2, photo.width * scale, photo.height * scale);
    g.restore();
  }
  function pins(g, [left, top, width, height]) {
    let outside = 0;
    for (const pin of ask.pins) {
      const at = map(cut)(...pin);
      if (!at) outside++;
      else {
        g.beginPath();
        g.arc(left + (at[0] / 1000) * width, top + (at[1] / 1000) * height, 8, 0, 7);
        g.fillStyle = "#fff";
        g.fill();
        g.lineWidth = 3;
        g.strokeStyle = "rgb(0 0 0 / 62%)";
        g.stroke();
      }
    }
    const words = outside ? box.dataset.outside.replace("#", outside) : "";
    if (said.textContent !== words) said.textContent = words;
  }
  function refresh() {
    layOut();
    draw();
    zoom.value = Math.round((Math.log(Math.min(1 / cut.w, 1 / cut.h)) / Math.log(NEAREST)) * 100);
  }

  /* ---- fingers, mouse, keys ---- */
  const fingers = new Map();
  let corner = null;
  const apart = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
  function where(x, y) {
    const edge = stage.getBoundingClientRect(), [tw, th] = turned();
    return [(x - edge.left - view.ox) / view.scale / tw, (y - edge.top - view.oy) / view.scale / th];
  }
  stage.addEventListener("pointerdown", (e) => {
    if (e.button) return;
    corner = fingers.size ? null : (e.target.dataset.corner ?? null);
    stage.setPointerCapture(e.pointerId);
    fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
  });
  stage.addEventListener("pointermove", (e) => {
    const was = fingers.get(e.pointerId);
    if (!was) return;
    const before = [...fingers.values()].map((f) => ({ ...f }));
    const [tw, th] = turned(), dx = (e.clientX - was.x) / view.scale / tw, dy = (e.clientY - was.y) / view.scale / th;
    fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (fingers.size === 2) {
      const now = [...fingers.values()];
      near(apart(now) / apart(before), ...where((now[0].x + now[1].x) / 2, (now[0].y + now[1].y) / 2));
      shift(-dx / 2, -dy / 2);
      refresh();
    } else if (corner) {
      pull(dx, dy);
      draw();
    } else {
      shift(-dx, -dy);
      refresh();
    }
  });
  /* One corner goes with the finger; the opposite one stays. The photo stands still meanwhile. */
  function pull(dx, dy) {
    const [tw, th] = turned(), shape = ratio();
    const right = corner[1] === "e", low = corner[0] === "s";
    const most = [right ? 1 - cut.x : cut.x + cut.w, low ? 1 - cut.y : cut.y + cut.h];
    let w = clamp(cut.w + (right ? dx : -dx), LEAST / tw, most[0]);
    let h = clamp(cut.h + (low ? dy : -dy), LEAST / th, most[1]);
    if (shape) {
      w = Math.min(w, (most[1] * th * shape) / tw);
      h = (w * tw) / shape / th;
    }
    if (!right) cut.x += cut.w - w;
    if (!low) cut.y += cut.h - h;
    Object.assign(cut, { w, h });
  }
  function lift(e) {
    if (!fingers.delete(e.pointerId) || fingers.size) return;
    corner = null;
    refresh();
  }
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
  stage.addEventListener("wheel", (e) => {
    e.preventDefault();
    near(Math.exp(-clamp(e.deltaY, -60, 60) / 150), ...where(e.clientX, e.clientY));
    refresh();
  }, { passive: false });
  stage.addEventListener("keydown", (e) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    const [cx, cy] = middle();
    if (by && e.shiftKey && !ratio()) {
      const [tw, th] = turned();
      cut.w = clamp(cut.w * (1 + by[0] * 0.04), LEAST / tw, 1);
      cut.h = clamp(cut.h * (1 - by[1] * 0.04), LEAST / th, 1);
      cut.x = clamp(cx - cut.w / 2, 0, 1 - cut.w);
      cut.y = clamp(cy - cut.h / 2, 0, 1 - cut.h);
    } else if (by) shift(by[0] * cut.w * 0.04, by[1] * cut.h * 0.04);
    else if (e.key === "+" || e.key === "=") near(1.1);
    else if (e.key === "-" || e.key === "_") near(1 / 1.1);
    else return;
    e.preventDefault();
    refresh();
  });
  zoom.addEventListener("input", () => {
    const wanted = NEAREST ** (zoom.value / 100), is = Math.min(1 / cut.w, 1 / cut.h);
    near(wanted / is);
    layOut();
    draw();
  });
  shapes.addEventListener("change", () => {
    if (ratio()) largest(ratio(), ...middle());
    refresh();
  });
  addEventListener("resize", () => { if (box.open && cut) refresh(); });

  /* ---- in and out ---- */
  async function load(source) {
    const blob = source instanceof Blob ? source : await (await fetch(source)).blob();
    const whole = await createImageBitmap(blob);
    const less = Math.sqrt(PIXELS / (whole.width * whole.height));
    if (less >= 1) return whole;
    const small = await createImageBitmap(whole, { resizeWidth: Math.round(whole.width * less), resizeHeight: Math.round(whole.height * less), resizeQuality: "high" });
    whole.close();
    return small;
  }
  async function open(detail) {
    const asked = { ratio: 0, pins: [], ...detail };
    ask = asked;
    from = document.activeElement;
    let found;
    try { found = await load(asked.source); } catch { return asked.failed?.(); }
    if (ask !== asked || box.open) return found.close();
    photo = found;
    cut = { ...(asked.cut || WHOLE) };
    shapes.hidden = asked.ratio > 0;
    shapes.querySelector("input").checked = true;
    if (asked.ratio) largest(asked.ratio);
    frame.classList.toggle("crop-round", Boolean(asked.round));
    frame.classList.toggle("crop-band", asked.ratio === 3);
    box.showModal();
    stage.focus();
    refresh();
  }
  function close(how) {
    const { done, left } = ask;
    const chosen = cut, at = how ? map(chosen) : null, back = from;
    photo?.close();
    photo = cut = null;
    if (box.open) box.close();
    back?.focus({ preventScroll: true });
    if (how) done(how, chosen, at);
    else left?.();
  }
  function make() {
    const [tw, th] = turned(), w = cut.w * tw, h = cut.h * th;
    const scale = Math.min(1, OUT[0] / w, OUT[1] / h);
    const out = document.createElement("canvas");
    out.width = Math.max(1, Math.round(w * scale));
    out.height = Math.max(1, Math.round(h * scale));
    const g = out.getContext("2d"), clear = ask.source.type === "image/png";
    if (!clear) {
      g.fillStyle = "#fff";
      g.fillRect(0, 0, out.width, out.height);
    }
    paint(g, -cut.x * tw * scale, -cut.y * th * scale, scale);
    return new Promise((made) => { out.toBlob(made, clear ? "image/png" : "image/jpeg", 0.92); });
  }
  box.addEventListener("click", async (e) => {
    const what = e.target.closest("[data-crop]")?.dataset.crop;
    if (!what || !cut) return;
    if (what === "cancel") return close(null);
    if (what === "use") {
      const blob = await make();
      return blob ? close(blob) : ask.failed?.();
    }
    if (what === "left" || what === "right") turn(what === "right" ? 1 : -1);
    else largest(ratio());
    refresh();
  });
  box.addEventListener("cancel", (e) => {
    e.preventDefault();
    close(null);
  });
  document.addEventListener("crop:open", (e) => open(e.detail));

  /* ---- a photo of oneself ---- */
  document.addEventListener("change", (e) => {
    const form = e.target.closest("form[data-cut]"), file = e.target.files?.[0];
    if (!form || !file) return;
    const input = e.target;
    open({
      source: file, ratio: Number(form.dataset.cut), round: form.dataset.cut === "1",
      done(blob) {
        const files = new DataTransfer();
        files.items.add(new File([blob], file.name, { type: blob.type }));
        input.files = files.files;
        form.requestSubmit();
      },
      left() { input.value = ""; },
      failed() {}, /* the server may know it: it is sent as it is */
    });
  });
})();
