// What the pages do beyond links and forms. Every page works without this file.
// Nothing about people is kept in the browser: one word, "off", if shortcuts are switched off, and,
// while an act is sent, which row it was of and that a key pressed it.
import { Combobox, tinykeys } from "./vendor/vendor.js";
import { listKeys, listens, press, rowFor } from "./lists.js";
import { halfFilled } from "./unsaved.js";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const FIELDS = "input:not([type=hidden]), select, textarea";
const TOAST_MS = 10_000;

// ---- Saying things to a screen reader -------------------------------------------------------
const announcer = document.createElement("p");
announcer.className = "h-unseen";
announcer.setAttribute("role", "status");
document.body.append(announcer);
const announce = (words) => { announcer.textContent = words; };

// ---- Menus that unfold: Esc and a click elsewhere fold them ----------------------------------
const UNFOLDED = "details:is(.h-menu, .h-fold)[open]";
const groundOf = (menu) => (menu.matches(".h-fold") && menu.closest(".h-side, .h-views")) || menu;

// ---- Dialogs --------------------------------------------------------------------------------
function open(dialog) {
  if (!dialog || dialog.open) return;
  for (const menu of all(UNFOLDED)) menu.open = false;
  dialog.showModal();
  dialog.dispatchEvent(new Event("opened"));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (opener && plain) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog) { event.preventDefault(); open(dialog); }
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) document.getElementById(closer.dataset.closes).close();
  if (event.target.matches("dialog")) event.target.close(); // the shade around it
  for (const menu of all(UNFOLDED)) if (!groundOf(menu).contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = all(UNFOLDED).pop();
  if (menu) { menu.open = false; one("summary", menu).focus(); }
  event.target.closest?.("[data-inline]")?.querySelector("[data-cancel]")?.click();
});

// ---- Search or jump to ----------------------------------------------------------------------
const palette = document.getElementById("palette");
if (palette) {
  const box = one("#palette-box");
  const list = one("#palette-list");
  const combobox = new Combobox(box, list, { firstOptionSelectionMode: "active", tabInsertsSuggestions: false });
  // Enter pressed before the answer is there waits for it: it must not open what was found for less.
  let asked, answered, goes = false;
  const settled = () => answered === box.value;
  const tellBusy = () => list.setAttribute("aria-busy", String(!settled()));
  const goOn = () => { if (goes && settled()) { goes = false; one("[role=option]", list)?.click(); } };
  box.addEventListener("htmx:configRequest", (event) => { asked = event.detail.parameters.q ?? box.value; });
  box.addEventListener("input", () => { goes = false; tellBusy(); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || settled()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    goes = true;
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) box.addEventListener(name, () => { answered = box.value; });
  palette.addEventListener("opened", () => {
    box.value = "";
    goes = false;
    box.focus();
    combobox.start();
    window.htmx?.trigger(box, "palette-open");
  });
  palette.addEventListener("close", () => { combobox.stop(); list.replaceChildren(); });
  // A fresh answer leaves the mark on the option that was chosen with the arrows, where it is still there.
  let marked;
  const markedOption = () => one("[role=option][aria-selected=true]", list)?.getAttribute("href");
  const markAgain = () => {
    combobox.resetSelection();
    const place = all("[role=option]", list).findIndex((option) => option.getAttribute("href") === marked);
    for (let step = 0; step <= place; step += 1) combobox.navigate(1);
  };
  list.addEventListener("htmx:beforeSwap", () => { marked = markedOption(); });
  list.addEventListener("htmx:afterSwap", () => {
    answered = asked;
    tellBusy();
    markAgain();
    const count = all("[role=option]", list).length;
    one("[data-palette-count]").textContent = count === 1 ? "1 result" : `${count} results`;
    goOn();
  });
}

// ---- Lookups: a text box with suggestions ---------------------------------------------------
function prepareLookup(holder) {
  if (holder.dataset.ready) return;
  holder.dataset.ready = "yes";
  const box = one("input", holder);
  const list = one("[role=listbox]", holder);
  const combobox = new Combobox(box, list, { firstOptionSelectionMode: "active", tabInsertsSuggestions: false });
  const besides = box.name.slice(0, box.name.lastIndexOf("-") + 1); // "people-0-" in a list of fields
  const idField = () => box.form?.elements[besides + box.dataset.lookupId];
  let timer, asked;

  const hide = () => {
    clearTimeout(timer);
    if (!list.hidden) { list.hidden = true; combobox.stop(); }
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    // By POST, so that a name stays out of addresses and logs; the search writes nothing.
    const question = new URLSearchParams({ q: box.value, csrf_token: one("input[name=csrf_token]")?.value || "" });
    for (const name of (box.dataset.lookupWith || "").split(" ").filter(Boolean)) {
      question.set(name, box.form.elements[name]?.value || "");
    }
    try {
      const headers = { "HX-Request": "true" };
      const answer = await fetch(list.dataset.source, { method: "POST", body: question, headers, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      list.innerHTML = await answer.text();
    } catch { return; } // typed on, or offline: the box still takes plain text
    if (document.activeElement !== box) return;
    if (list.hidden) { list.hidden = false; combobox.start(); } else combobox.resetSelection();
    announce(`${all("[role=option]", list).length} suggestions`);
  };
  box.addEventListener("input", () => {
    if (idField()) idField().value = "";
    clearTimeout(timer);
    asked?.abort();
    if (box.value.trim().length < 2) hide(); else timer = setTimeout(ask, 200);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); hide(); }
    if (event.key === "ArrowDown" && list.hidden) ask();
  });
  box.addEventListener("blur", hide);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("combobox-commit", (event) => {
    const option = event.target;
    box.value = option.dataset.value ?? option.textContent.trim();
    if (idField()) idField().value = option.dataset.id ?? "";
    hide();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// ---- Shortcuts: never in a field, and off means off -----------------------------------------
const shortcutsOff = () => document.body.dataset.shortcuts === "off" || localStorage.getItem("shortcuts") === "off";
const switchBox = document.getElementById("shortcuts-on");
if (switchBox) {
  switchBox.checked = !shortcutsOff();
  switchBox.addEventListener("change", () => {
    if (switchBox.checked) localStorage.removeItem("shortcuts");
    else localStorage.setItem("shortcuts", "off");
  });
}
const single = (act) => (event) => {
  // A dialog that was closed a moment ago may still hold the focus: nobody types in it any more.
  const over = event.target.closest?.("dialog:not([open])");
  const busy = !over && event.target.closest?.("input:not([data-pick]), select, textarea, [contenteditable], dialog");
  if (busy || shortcutsOff() || event.repeat) return;
  event.preventDefault();
  act();
};
// Whoever has begun to write goes nowhere by a letter; only a button of that form itself is heard.
const leaving = (act, form = null) => single(() => {
  if (halfFilled().every((begun) => begun === form)) act();
  else say("Not left: the form on this page is not saved. Save it, or cancel it.");
});
// In a list of work the key of a button presses the one in the row that has the focus. Where no row
// has it, the first row gets it and nothing is pressed: no key acts on what nobody has chosen.
let lastKey = "";
document.addEventListener("keydown", (event) => {
  const going = lastKey === "g"; // the second key of "g v" goes to an area
  lastKey = event.key;
  if (going || !listens() || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z0-9]$/.test(event.key)) return;
  const { button, row } = rowFor(event.key);
  if (button) leaving(() => press(button), button.form)(event);
  else if (row) single(() => announce(`${row}. Press ${event.key.toUpperCase()} again.`))(event);
});
if (palette) {
  const keys = {
    "$mod+k": (event) => { event.preventDefault(); if (palette.open) palette.close(); else open(palette); },
    "/": single(() => open(palette)),
    "Shift+?": single(() => open(document.getElementById("shortcut-sheet"))),
    c: leaving(() => {
      const here = one('a[aria-keyshortcuts="c" i]');
      if (here) here.click(); else location.assign("/contacts/new");
    }),
  };
  Object.assign(keys, listKeys(single));
  for (const area of all("a[data-key]")) keys[`g ${area.dataset.key}`] = leaving(() => area.click());
  tinykeys(window, keys);
}

// ---- Toasts: ten seconds, waiting while somebody looks --------------------------------------
const toasts = document.getElementById("toasts");
function dismiss(toast) {
  const held = toast.contains(document.activeElement);
  toast.remove();
  if (held) document.getElementById("main")?.focus();
}
function prepareToast(toast) {
  const close = one("[data-close-toast]", toast);
  if (close) { close.hidden = false; close.addEventListener("click", () => dismiss(toast)); }
  if ("stays" in toast.dataset) return;
  let timer;
  const run = () => { clearTimeout(timer); timer = setTimeout(() => dismiss(toast), TOAST_MS); };
  const wait = () => clearTimeout(timer);
  const goOn = () => { if (!toast.matches(":hover, :focus-within")) run(); };
  for (const [name, act] of [["mouseenter", wait], ["focusin", wait], ["mouseleave", goOn]]) toast.addEventListener(name, act);
  toast.addEventListener("focusout", () => setTimeout(goOn));
  run();
}
function say(words) {
  const toast = document.createElement("div");
  toast.className = "h-toast h-toast-bad";
  const line = document.createElement("p");
  line.textContent = words;
  toast.append(line);
  toasts?.append(toast);
  prepareToast(toast);
}
const waiting = toasts ? all("[data-toast]", toasts) : [];
for (const toast of waiting) prepareToast(toast);
// A live region is read out only when it changes, so what came with the page is put in again.
if (waiting.length) setTimeout(() => {
  const silent = waiting.filter((toast) => toast.isConnected && !toast.contains(document.activeElement));
  for (const toast of silent) toast.dataset.still = ""; // it has risen already
  toasts.append(...silent);
}, 150);

// ---- Forms ----------------------------------------------------------------------------------
document.addEventListener("click", (event) => {
  const link = event.target.closest('.h-errors a[href^="#"]');
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.focus({ preventScroll: true });
  (control.closest(".h-field") || control).scrollIntoView({ block: "nearest" });
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; } // a second click sends nothing
  form.dataset.sent = "yes";
  // htmx notes the path it was on; at sign-out nothing may stay behind.
  if (form.action.endsWith("/sign-out")) sessionStorage.clear();
});
window.addEventListener("pageshow", () => { for (const form of all("form[data-sent]")) delete form.dataset.sent; });

function autosaved(form, words) {
  const line = one("[data-autosave-line]", form);
  if (line) line.textContent = words;
}

// ---- Parts that htmx swaps ------------------------------------------------------------------
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = event.detail;
  if (!elt.matches("[data-filterbar]")) return;
  for (const [name, value] of [...Object.entries(parameters)]) if (value === "") delete parameters[name];
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-autosave]")) autosaved(event.target, "Saving…");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches?.("[data-autosave]")) return;
  const clock = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
  autosaved(event.target, event.detail.successful ? `Saved ${clock}` : "Not saved yet. It will be tried again when you change something.");
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    if (!event.target.matches("[data-autosave]")) say("That did not work. Check your connection, then reload the page.");
  });
}
let heldFocus = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (new URL(event.detail.xhr.responseURL || location.href).pathname === "/sign-in") { // signed out meanwhile
    event.detail.shouldSwap = false;
    location.reload();
  }
  heldFocus = event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.target.id ? document.getElementById(event.detail.target.id) : event.target;
  if (!part) return;
  prepare(part);
  const line = one("[data-announce]", part);
  if (line) announce(line.textContent);
  if (heldFocus && !part.contains(document.activeElement)) (one(FIELDS, part) || one("a, button", part) || one("#main"))?.focus();
  heldFocus = false;
});

function prepare(root) {
  for (const holder of all("[data-lookup-box]", root)) prepareLookup(holder);
  for (const hidden of all("[data-scripted]", root)) hidden.hidden = false;
  for (const wide of all(".h-table-wrap, .h-table-scroll", root)) {
    if (wide.scrollWidth > wide.clientWidth) {
      wide.tabIndex = 0;
      wide.setAttribute("role", "region");
      wide.setAttribute("aria-label", one("caption", wide)?.textContent.trim() || "Table");
    }
  }
  one("[data-focus]", root)?.focus();
}
prepare(document);
