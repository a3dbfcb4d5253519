/* The composer: brings photos, keeps a draft until it is published. Without this script the
   form still works. "compose:photos" on the form tells others that the photos changed:
   .compose-photo[data-photo-index]. */
"use strict";
(() => {
  const form = document.getElementById("compose");
  if (!form) return;
  const list = document.getElementById("compose-photos");
  const files = document.getElementById("compose-files");
  const drop = document.getElementById("compose-drop");
  const template = document.getElementById("compose-template");
  const max = Number(form.dataset.max);
  const KEY = "sward.draft";
  const texts = ["title", "body", "section"];
  let waiting = 0;
  let sending = false;

  const say = (name, text) => {
    const p = form.querySelector(`[data-error="${name}"]`) || form.querySelector('[data-error=""]');
    p.textContent = text;
  };
  const items = () => [...list.querySelectorAll(".compose-photo")];

  function keep() {
    const draft = { photos: [] };
    for (const name of texts) draft[name] = form.elements[name].value;
    const kind = form.querySelector('[name="kind"]:checked');
    draft.kind = kind ? kind.value : "";
    for (const li of items()) {
      const img = li.querySelector("img");
      const id = li.querySelector('[name="photo"]').value;
      if (id && img)
        draft.photos.push({ id, src: img.getAttribute("src"), alt: li.querySelector('[name="alt"]').value });
    }
    try {
      localStorage.setItem(KEY, JSON.stringify(draft));
    } catch { /* nothing is kept */ }
  }

  function changed() {
    items().forEach((li, i) => { li.dataset.photoIndex = i; });
    form.dispatchEvent(new CustomEvent("compose:photos"));
    keep();
  }

  function show(li, src) {
    const img = document.createElement("img");
    img.src = src;
    img.alt = "";
    img.addEventListener("error", () => { li.remove(); changed(); });
    li.querySelector(".compose-frame").replaceChildren(img);
  }

  function add(photo) {
    const li = template.content.firstElementChild.cloneNode(true);
    if (photo) {
      li.querySelector('[name="photo"]').value = photo.id;
      li.querySelector('[name="alt"]').value = photo.alt;
      li.querySelector("progress").hidden = true;
      show(li, photo.src);
    }
    list.append(li);
    return li;
  }

  /* XMLHttpRequest, because fetch cannot tell how far an upload is. */
  function bring(file) {
    if (items().length >= max) return say("photo", form.dataset.full);
    const li = add();
    const bar = li.querySelector("progress");
    const xhr = new XMLHttpRequest();
    const data = new FormData();
    const done = (text) => {
      waiting--;
      bar.hidden = true;
      if (text) li.querySelector(".field-error").textContent = text;
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
      if (xhr.status >= 300) return done(r.errors?.[0]?.message || r.detail || form.dataset.failed);
      li.querySelector('[name="photo"]').value = r.id;
      show(li, r.src);
      done("");
    };
    xhr.onerror = () => done(form.dataset.failed);
    li.addEventListener("compose:gone", () => {
      if (xhr.readyState < 4) { waiting--; xhr.abort(); }
    });
    xhr.send(data);
  }

  function bringAll(found) {
    say("photo", "");
    for (const file of found) if (file.type.startsWith("image/")) bring(file);
  }

  files.addEventListener("change", () => {
    bringAll(files.files);
    files.value = "";
  });
  drop.addEventListener("dragover", (e) => e.preventDefault());
  drop.addEventListener("drop", (e) => {
    e.preventDefault();
    bringAll(e.dataTransfer.files);
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
    changed();
  });
  form.addEventListener("input", keep);

  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (sending) return;
    if (waiting) return say("", form.dataset.wait);
    for (const li of items()) if (!li.querySelector('[name="photo"]').value) li.remove();
    changed();
    sending = true;
    form.querySelectorAll("[data-error]").forEach((p) => { p.textContent = ""; });
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const result = await answer.json();
      if (answer.ok) {
        localStorage.removeItem(KEY);
        location.assign(answer.headers.get("Location") || `/n/${result.id}`);
        return;
      }
      if (!result.errors?.length) say("", result.detail || form.dataset.failed);
      for (const error of result.errors || []) say(error.field, error.message);
      const first = form.elements[result.errors?.[0]?.field];
      if (first?.focus) first.focus();
    } catch {
      say("", form.dataset.failed);
    }
    sending = false;
  });
  addEventListener("beforeunload", (e) => { if (waiting) e.preventDefault(); });

  if (form.dataset.again === "0") {
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(KEY));
    } catch { /* no draft */ }
    if (draft) {
      for (const name of texts) form.elements[name].value = draft[name] || "";
      for (const radio of form.querySelectorAll('[name="kind"]')) radio.checked = radio.value === (draft.kind || "1");
      for (const photo of draft.photos || []) add(photo);
    }
  }
  changed();
})();
