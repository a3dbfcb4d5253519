/* The composer: brings photos, counts, and keeps what is typed, on the server as a draft and on
   this device as a second net. Without this script the form still works. "compose:photos" on the
   form tells others that the photos changed: .compose-photo[data-photo-index]. */
"use strict";
(() => {
  const form = document.getElementById("compose");
  if (!form) return;
  const list = document.getElementById("compose-photos");
  const files = document.getElementById("compose-files");
  const drop = document.getElementById("compose-drop");
  const template = document.getElementById("compose-template");
  const status = document.getElementById("compose-saved");
  const say = form.dataset;
  const max = Number(say.max);
  const editing = say.note !== "";
  const AT_ONCE = 3; /* photos on their way at a time */
  const tasks = new Map(); /* by their .compose-photo: what brings it, or brought it in vain */
  const sources = new WeakMap(); /* by their .compose-photo: the file, and how it was cut */
  let sending = false, leaving = false, timer = 0, dirty = false, saving = null;

  form.classList.add("compose-live");
  const field = (name) => form.elements[name];
  const items = () => [...list.querySelectorAll(".compose-photo")];
  const complain = (name, text) => {
    const p = form.querySelector(`[data-error="${name}"]`) || form.querySelector('[data-error=""]');
    p.textContent = text;
  };

  /* ---- keeping: here at once, on the server a moment later ---- */
  const key = () => `sward.note.${say.me}.${say.note || field("draft").value || "new"}`;
  const store = {
    get(k) { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } },
    set(k, v) { try { localStorage.setItem(k, JSON.stringify(v)); } catch { /* no room: the server has it */ } },
    drop(k) { try { localStorage.removeItem(k); } catch { /* nothing is kept */ } },
  };
  const pairs = () => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && !["idempotency_key", "draft", "photo_out"].includes(name));
  const waiting = () => [...tasks.values()].filter((task) => !task.failed).length;
  const previews = () => Object.fromEntries(items().map((li) => [li.querySelector('[name="photo"]').value, li.querySelector("img")?.getAttribute("src") || tasks.get(li)?.old || ""]));
  const worth = () => items().length > 0 || ["title", "body"].some((name) => field(name).value.trim());

  function changed() {
    dirty = true;
    if (worth()) store.set(key(), { at: Date.now(), fields: pairs(), previews: previews() });
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  }

  async function save() {
    clearTimeout(timer);
    if (editing || sending || waiting() || !dirty || !worth()) return saving;
    if (saving) return saving.then(save);
    dirty = false;
    saving = send().finally(() => { saving = null; });
    return saving;
  }

  async function send() {
    const body = new URLSearchParams([...pairs(), ["draft", field("draft").value]]);
    try {
      const answer = await fetch("/me/drafts", { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 401) status.textContent = say.signin;
      else if (!answer.ok) status.textContent = say.here;
      if (!answer.ok) dirty = true;
      /* The page that comes next may have been made before this was kept: it needs what is here. */
      if (!answer.ok || leaving) return;
      const before = key();
      /* Also while the note is sent: it must say which draft it was, or that stays behind. */
      field("draft").value = (await answer.json()).draft;
      if (key() !== before) history.replaceState(history.state, "", `/publish?draft=${field("draft").value}`);
      const newer = dirty && store.get(before); /* typed meanwhile */
      store.drop(before);
      if (newer) store.set(key(), newer);
      status.textContent = say.kept;
    } catch {
      status.textContent = say.here;
      dirty = true;
    }
  }

  /* ---- photos ---- */
  function photosChanged() {
    items().forEach((li, i) => {
      li.dataset.photoIndex = i;
      li.draggable = true;
    });
    drop.classList.toggle("compose-drop-small", items().length > 0);
    form.dispatchEvent(new CustomEvent("compose:photos"));
    const bare = items().filter((li) => !li.querySelector('[name="alt"]').value.trim()).length;
    const hint = document.getElementById("compose-alts");
    document.getElementById("alt-help").hidden = items().length === 0;
    hint.hidden = bare === 0;
    hint.textContent = say.alts.replace("#", bare);
  }

  const idOf = (li) => li.querySelector('[name="photo"]').value;
  const cropButton = (li) => li.querySelector('[data-do="crop"]');

  function show(li, src) {
    const img = document.createElement("img");
    img.src = src;
    img.alt = "";
    img.draggable = false;
    img.addEventListener("error", () => { li.remove(); photosChanged(); });
    li.querySelector(".compose-frame").replaceChildren(img);
    if (cropButton(li) && window.createImageBitmap) cropButton(li).hidden = false;
  }

  /* What was chosen is seen at once; the page's policy shows no file by an address of its own. */
  async function preview(li, file) {
    const frame = li.querySelector(".compose-frame");
    if (!window.createImageBitmap || !file.type.startsWith("image/")) return;
    try {
      const photo = await createImageBitmap(file, { resizeHeight: 400, resizeQuality: "medium" });
      const canvas = Object.assign(document.createElement("canvas"), { width: photo.width, height: photo.height });
      canvas.getContext("2d").drawImage(photo, 0, 0);
      photo.close();
      if (tasks.has(li)) frame.replaceChildren(canvas);
    } catch { /* the server may know it */ }
  }

  /* A video: the server says how far it is until it is ready. */
  function video(li, id) {
    const box = li.querySelector(".compose-video");
    if (!box) return;
    box.hidden = false;
    if (cropButton(li)) cropButton(li).hidden = true;
    box.querySelector("input").name = `captions_${id}`;
    htmx.ajax("GET", `/media/${id}`, { target: box.querySelector(".compose-video-state"), swap: "innerHTML" });
  }

  async function isVideo(li, id) {
    const answer = await fetch(`/media/${id}`, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).kind === 2) video(li, id);
  }

  async function bringCaptions(input) {
    const li = input.closest(".compose-photo");
    const data = new FormData();
    data.append("captions", input.files[0]);
    data.append("lang", document.documentElement.lang.slice(0, 2));
    const answer = await fetch(`/media/${input.name.slice(9)}/captions`, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const r = await answer.json();
    input.value = "";
    li.querySelector(".field-error").textContent = answer.ok ? "" : r.errors?.[0]?.message || r.detail || say.failed;
    li.querySelector(".compose-captioned").textContent = answer.ok ? say.captioned : "";
  }

  function add(photo) {
    const li = template.content.firstElementChild.cloneNode(true);
    if (photo) {
      li.querySelector('[name="photo"]').value = photo.id;
      li.querySelector('[name="alt"]').value = photo.alt;
      li.querySelector('[name="look"]').value = photo.look || "0";
      show(li, photo.src);
      isVideo(li, photo.id);
    }
    list.append(li);
    return li;
  }

  /* ---- on its way: some at a time; what failed may be tried again, alone ---- */
  function tell(li, text, again) {
    li.querySelector(".field-error").textContent = text;
    li.querySelector('[data-do="again"]').hidden = !again;
  }

  function begin(li, task) {
    tasks.get(li)?.xhr?.abort();
    tasks.set(li, { failed: false, tries: 0, ...task });
    tell(li, "", false);
    li.querySelector(".compose-upload").hidden = false;
    li.querySelector("progress").value = 0;
    preview(li, task.file);
    next();
  }

  function next() {
    const on = [...tasks].filter(([, task]) => !task.failed);
    const going = on.filter(([, task]) => task.xhr).length;
    on.filter(([, task]) => !task.xhr && !task.later).slice(0, Math.max(0, AT_ONCE - going)).forEach(([li, task]) => upload(li, task));
  }

  function failed(li, task, text, again) {
    Object.assign(task, { failed: true, again, xhr: null });
    li.querySelector(".compose-upload").hidden = true;
    if (task.old) show(li, task.old);
    tell(li, text, again);
    changed();
    next();
  }

  function arrived(li, task, r) {
    const was = idOf(li);
    tasks.delete(li);
    li.querySelector(".compose-upload").hidden = true;
    li.querySelector('[name="photo"]').value = r.id;
    if (r.machine_made) li.querySelector('[name="look"]').value = "3";
    if (!task.cut || task.whole) sources.set(li, { file: task.whole || task.file, cut: task.cut });
    show(li, r.src);
    if (r.kind === 2) video(li, r.id);
    if (task.cut && was) form.dispatchEvent(new CustomEvent("compose:cropped", { detail: { from: was, to: r.id, map: task.map, lost: pinsLost } }));
    photosChanged();
    changed();
    next();
  }

  /* The house asks to wait, or has no room just now: a little later then, by itself. */
  function hold(task, seconds) {
    task.xhr = null;
    task.later = setTimeout(() => { task.later = 0; next(); }, Math.min(seconds || 5, 60) * 1000);
  }

  /* XMLHttpRequest, because fetch cannot tell how far an upload is. */
  function upload(li, task) {
    const xhr = new XMLHttpRequest(), data = new FormData();
    task.xhr = xhr;
    task.tries++;
    if (task.of) data.append("of", task.of);
    data.append("photo", task.file, task.file.name || "photo.jpg");
    xhr.open("POST", "/media");
    xhr.setRequestHeader("Accept", "application/json");
    xhr.responseType = "json";
    xhr.upload.onprogress = (e) => { if (e.lengthComputable) li.querySelector("progress").value = (100 * e.loaded) / e.total; };
    xhr.onload = () => {
      const r = xhr.response || {};
      if (xhr.status < 300) return arrived(li, task, r);
      if ([429, 503].includes(xhr.status) && task.tries < 6) return hold(task, Number(xhr.getResponseHeader("Retry-After")));
      if (xhr.status === 401) return failed(li, task, say.away, true);
      failed(li, task, r.errors?.[0]?.message || r.detail || say.failed, xhr.status >= 500 || xhr.status === 429);
    };
    xhr.onerror = () => failed(li, task, say.failed, true);
    xhr.send(data);
  }

  function again(li) {
    const task = tasks.get(li);
    if (!task?.failed) return;
    begin(li, { ...task, failed: false, tries: 0 });
  }

  /* The upload is not wanted any more: a new photo goes, one that was cropped is as it was. */
  function stop(li) {
    const task = tasks.get(li);
    tasks.delete(li);
    clearTimeout(task?.later);
    task?.xhr?.abort();
    if (!task?.old) return li.remove();
    li.querySelector(".compose-upload").hidden = true;
    tell(li, "", false);
    show(li, task.old);
  }

  function bring(file) {
    if (items().length >= max) return complain("photo", say.full);
    begin(add(), { file });
    photosChanged();
  }

  function bringAll(found) {
    complain("photo", "");
    for (const file of found) if (file.type.startsWith("image/") || (say.video === "true" && file.type.startsWith("video/"))) bring(file);
  }

  /* ---- cutting: from the file as it was chosen, while it is at hand, else from what the house has ---- */
  function pinsLost(n) {
    if (n) complain("photo", say.pins.replace("#", n));
  }

  async function widest(id) {
    const answer = await fetch(`/media/${id}`, { headers: { Accept: "application/json" } });
    const { image } = await answer.json();
    return image.srcset.split(", ").at(-1).split(" ")[0] || image.src;
  }

  async function crop(li) {
    const img = li.querySelector(".compose-frame img"), known = sources.get(li);
    if (!img || tasks.has(li)) return;
    const of = idOf(li), pins = [], unknown = () => tell(li, say.uncropped, false);
    let source = known?.file;
    tell(li, "", false);
    try { source ||= await widest(of); } catch { return unknown(); }
    form.dispatchEvent(new CustomEvent("compose:pins", { detail: { of, pins } }));
    li.dispatchEvent(new CustomEvent("crop:open", { bubbles: true, detail: {
      source, cut: known?.cut, pins,
      done: (blob, cut, map) => begin(li, { file: blob, whole: known?.file, cut, map, of, old: img.getAttribute("src") }),
      failed() {
        if (!known?.file) return unknown();
        sources.delete(li); /* a kind that this browser cannot read: what the house made of it */
        crop(li);
      },
    } }));
  }

  files.addEventListener("change", () => {
    bringAll(files.files);
    files.value = "";
  });
  form.addEventListener("paste", (e) => bringAll(e.clipboardData.files));

  let dragged = null;
  list.addEventListener("dragstart", (e) => {
    dragged = e.target.closest(".compose-photo");
    e.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragend", () => { dragged = null; });
  form.addEventListener("dragover", (e) => {
    e.preventDefault();
    const over = dragged && e.target.closest(".compose-photo");
    if (!over || over === dragged) return;
    const box = over.getBoundingClientRect();
    if (e.clientX < box.left + box.width / 2) over.before(dragged);
    else over.after(dragged);
  });
  form.addEventListener("drop", (e) => {
    e.preventDefault();
    if (!dragged) return bringAll(e.dataTransfer.files);
    photosChanged();
    changed();
  });

  list.addEventListener("click", (e) => {
    const button = e.target.closest("[data-do]");
    if (!button) return;
    const li = button.closest(".compose-photo"), what = button.dataset.do;
    e.preventDefault(); /* without this script the buttons send the form */
    if (what === "crop") return crop(li);
    if (what === "again") return again(li);
    if (what === "earlier") li.previousElementSibling?.before(li);
    if (what === "later") li.nextElementSibling?.after(li);
    if (what === "earlier" || what === "later") button.focus();
    if (what === "stop") stop(li);
    if (what === "remove") {
      const beside = li.nextElementSibling || li.previousElementSibling;
      if (tasks.has(li)) stop(li);
      li.remove();
      (beside?.querySelector('[data-do="remove"]') || files).focus();
    }
    photosChanged();
    changed();
  });

  /* ---- counting as a reader counts, and the time ---- */
  const cut = Intl.Segmenter ? new Intl.Segmenter() : null;
  const length = (text) => (cut ? [...cut.segment(text)].length : [...text].length);
  function count() {
    for (const name of ["title", "body"]) {
      const most = Number(field(name).dataset.most), n = length(field(name).value.trim());
      const out = form.querySelector(`[data-count="${name}"]`);
      out.textContent = `${n} / ${most}`;
      out.classList.toggle("compose-over", n > most);
    }
  }

  function time() {
    const at = field("publish_at");
    if (!at) return;
    const button = form.querySelector("[data-now]");
    field("tz").value = at.value ? -new Date(at.value).getTimezoneOffset() : "";
    button.textContent = at.value ? button.dataset.later : button.dataset.now;
  }
  const help = form.querySelector("[data-zone]");
  if (help) help.textContent = help.dataset.zone;

  form.addEventListener("input", (e) => {
    if (e.target.type === "file") return;
    count();
    time();
    if (e.target.name === "alt") photosChanged();
    changed();
  });
  form.addEventListener("change", (e) => {
    if (e.target.name?.startsWith("captions_") && e.target.files.length) bringCaptions(e.target);
    else changed();
  });
  form.addEventListener("focusout", () => save());
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("online", () => {
    for (const [li, task] of tasks) if (task.failed && task.again) again(li);
    save();
  });

  /* ---- sending ---- */
  async function post(address) {
    sending = true;
    clearTimeout(timer);
    form.querySelectorAll("[data-error]").forEach((p) => { p.textContent = ""; });
    try {
      await saving;
      const answer = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const result = await answer.json();
      if (answer.ok) {
        store.drop(key());
        return location.assign(answer.headers.get("Location") || result.location || `/n/${result.id}`);
      }
      if (answer.status === 401) complain("", say.signin);
      else if (!result.errors?.length) complain("", result.detail || say.failed);
      for (const error of result.errors || []) complain(error.field, error.message);
      const first = field(result.errors?.[0]?.field);
      if (first?.focus) first.focus();
    } catch {
      complain("", say.failed);
    }
    sending = false;
  }

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    if (sending) return;
    if (waiting()) return complain("", say.wait);
    const lost = items().find((li) => tasks.has(li));
    if (e.submitter?.id === "compose-keep") {
      dirty = true;
      save().then(() => { if (!dirty && field("draft").value) location.assign("/me/drafts"); });
      return;
    }
    if (lost) {
      complain("", say.lost);
      return lost.querySelector('[data-do="again"]:not([hidden]), [data-do="remove"]').focus();
    }
    changed();
    post(form.action);
  });
  addEventListener("beforeunload", (e) => {
    if (tasks.size) e.preventDefault();
    leaving = true;
    setTimeout(() => { leaving = false; }, 5000); /* they stayed */
  });

  /* ---- what was typed before, when the server does not have it ---- */
  function restore(kept) {
    const at = {};
    items().forEach((li) => li.remove());
    form.querySelectorAll('[type="checkbox"]').forEach((one) => { one.checked = false; });
    for (const [name, value] of kept.fields) {
      const all = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
      const n = at[name] = (at[name] ?? -1) + 1;
      if (name === "photo" && !value) at.gone = [...(at.gone || []), n]; /* it was on its way: its file is with nobody */
      else if ((name === "alt" || name === "look") && at.gone?.includes(n)) continue;
      else if (name === "photo") add({ id: value, src: kept.previews[value] || "", alt: "" });
      else if (all[0]?.type === "radio" || all[0]?.type === "checkbox") all.forEach((one) => { one.checked = one.value === value; });
      else {
        const field = all[n - (name === "alt" || name === "look" ? at.gone?.filter((gone) => gone < n).length || 0 : 0)];
        if (field) field.value = value;
      }
    }
    status.textContent = say.restored;
  }

  const kept = say.again === "" ? store.get(key()) : null;
  if (kept?.fields && kept.at > Date.now() - 30 * 24 * 3600e3) {
    restore(kept);
    dirty = true;
  }
  photosChanged();
  count();
  time();
  if (dirty) changed();
})();
