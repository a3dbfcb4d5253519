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
  let waiting = 0, sending = false, timer = 0, dirty = false, saving = null;

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
  const previews = () => Object.fromEntries(items().map((li) => [li.querySelector('[name="photo"]').value, li.querySelector("img")?.getAttribute("src") || ""]));
  const worth = () => items().length > 0 || ["title", "body"].some((name) => field(name).value.trim());

  function changed() {
    dirty = true;
    if (worth()) store.set(key(), { at: Date.now(), fields: pairs(), previews: previews() });
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  }

  async function save() {
    clearTimeout(timer);
    if (editing || sending || waiting || !dirty || !worth()) return saving;
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
      if (!answer.ok || sending) return;
      const before = key();
      field("draft").value = (await answer.json()).draft;
      if (key() !== before) history.replaceState(history.state, "", `/publish?draft=${field("draft").value}`);
      store.drop(before);
      if (!dirty) store.drop(key());
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
    hint.hidden = bare === 0;
    hint.textContent = say.alts.replace("#", bare);
  }

  function show(li, src) {
    const img = document.createElement("img");
    img.src = src;
    img.alt = "";
    img.draggable = false;
    img.addEventListener("error", () => { li.remove(); photosChanged(); });
    li.querySelector(".compose-frame").replaceChildren(img);
  }

  /* A video: the server says how far it is until it is ready. */
  function video(li, id) {
    const box = li.querySelector(".compose-video");
    if (!box) return;
    box.hidden = false;
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
      li.querySelector("progress").hidden = true;
      show(li, photo.src);
      isVideo(li, photo.id);
    }
    list.append(li);
    return li;
  }

  /* XMLHttpRequest, because fetch cannot tell how far an upload is. */
  function bring(file) {
    if (items().length >= max) return complain("photo", say.full);
    const li = add();
    const bar = li.querySelector("progress");
    const xhr = new XMLHttpRequest();
    const data = new FormData();
    const done = (text) => {
      waiting--;
      bar.hidden = true;
      if (text) li.querySelector(".field-error").textContent = text;
      photosChanged();
      changed();
    };
    waiting++;
    data.append("photo", file);
    xhr.open("POST", "/media");
    xhr.setRequestHeader("Accept", "application/json");
    xhr.responseType = "json";
    xhr.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total; };
    xhr.onload = () => {
      const r = xhr.response || {};
      if (xhr.status >= 300) return done(r.errors?.[0]?.message || r.detail || say.failed);
      li.querySelector('[name="photo"]').value = r.id;
      if (r.machine_made) li.querySelector('[name="look"]').value = "3";
      show(li, r.src);
      if (r.kind === 2) video(li, r.id);
      done("");
    };
    xhr.onerror = () => done(say.failed);
    li.addEventListener("compose:gone", () => {
      if (xhr.readyState < 4) { waiting--; xhr.abort(); }
    });
    xhr.send(data);
    photosChanged();
  }

  function bringAll(found) {
    complain("photo", "");
    for (const file of found) if (file.type.startsWith("image/") || (say.video === "true" && file.type.startsWith("video/"))) bring(file);
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
    const li = button.closest(".compose-photo");
    if (button.dataset.do === "earlier") li.previousElementSibling?.before(li);
    if (button.dataset.do === "later") li.nextElementSibling?.after(li);
    if (button.dataset.do === "remove") {
      li.dispatchEvent(new CustomEvent("compose:gone"));
      li.remove();
    } else button.focus();
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
    if (waiting) return complain("", say.wait);
    if (e.submitter?.id === "compose-keep") {
      dirty = true;
      save().then(() => { if (!dirty && field("draft").value) location.assign("/me/drafts"); });
      return;
    }
    for (const li of items()) if (!li.querySelector('[name="photo"]').value) li.remove();
    photosChanged();
    changed();
    post(form.action);
  });
  addEventListener("beforeunload", (e) => { if (waiting) e.preventDefault(); });

  /* ---- what was typed before, when the server does not have it ---- */
  function restore(kept) {
    const at = {};
    items().forEach((li) => li.remove());
    for (const [name, value] of kept.fields) {
      const all = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
      const n = at[name] = (at[name] ?? -1) + 1;
      if (name === "photo") add({ id: value, src: kept.previews[value] || "", alt: "" });
      else if (all[0]?.type === "radio" || all[0]?.type === "checkbox") all.forEach((one) => { one.checked = one.value === value; });
      else if (all[n]) all[n].value = value;
    }
    status.textContent = say.restored;
  }

  const kept = say.again === "false" ? store.get(key()) : null;
  if (kept?.fields && kept.at > Date.now() - 30 * 24 * 3600e3) {
    restore(kept);
    dirty = true;
  }
  document.querySelectorAll(".compose-photo .compose-out").forEach((label) => label.remove());
  photosChanged();
  count();
  time();
  if (dirty) changed();
})();
