// Lists by keyboard (j, k, x, Enter), the row one was in, and the ticks of acts on many. Pages work without it.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const rows = () => all(".h-table tbody tr").filter((row) => row.querySelector("a, input"));
const here = () => document.activeElement?.closest(".h-table tbody tr");

function enter(row) {
  (row.querySelector("th a") || row.querySelector("a, input, button")).focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(here());
  enter(list[Math.min(Math.max(at + by, 0), list.length - 1)]);
}

// The button of a key: of the row with the focus, else of the page. Failing both, the first row that
// has one gets the focus, and its words are given back.
export function rowFor(key) {
  const wanted = `[data-hotkey="${key}"]`;
  const found = all(wanted);
  const row = here();
  const button = row ? row.querySelector(wanted) : null;
  const free = button || found.find((one) => !one.closest("tr"));
  if (free || row || !found.length) return { button: free };
  const first = found[0].closest("tr");
  enter(first);
  return { row: first.querySelector("th")?.textContent.trim().replace(/\s+/g, " ") };
}

// After a row's act the page comes anew: one goes on in the row that stands there now.
const PLACE = "row";
document.addEventListener("submit", (event) => {
  const row = event.target.closest(".h-table tbody tr");
  if (row) sessionStorage.setItem(PLACE, `${rows().indexOf(row)} ${location.pathname}`);
});
const [at, path] = (sessionStorage.getItem(PLACE) || "").split(" ");
sessionStorage.removeItem(PLACE);
if (path === location.pathname && rows().length) enter(rows()[Math.min(Number(at), rows().length - 1)]);

function tick() {
  const box = here()?.querySelector("[data-pick]");
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

export const listKeys = (single) => ({ j: single(() => step(1)), k: single(() => step(-1)), x: single(tick) });

// How many are ticked is said to the eye by the style sheet as well; only a script tells those who listen.
function count(form) {
  const ticked = all("[data-pick]:checked", form).length;
  const everybody = form.querySelector("[data-bulk-all]").checked;
  for (const box of all("[data-pick]", form)) box.closest("tr").classList.toggle("h-picked", box.checked || everybody);
  form.querySelector("[data-bulk-words]").textContent = everybody ? "All ticked" : ticked ? `${ticked} ticked` : "";
}
for (const kind of ["change", "reset"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("[data-bulk]");
    if (form) setTimeout(() => count(form)); // a reset unticks after it was heard
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") here()?.closest("[data-bulk]")?.reset();
});

// What a key decided brings the next thing to decide, and a second press of the same hand is not
// meant for that: such a page listens only after a moment, and says on its body when it does.
const DEAF_MS = 700;
const listen = () => { document.body.dataset.listens = ""; };
if (sessionStorage.pressed) setTimeout(listen, DEAF_MS); else listen();
delete sessionStorage.pressed;
export const listens = () => "listens" in document.body.dataset;
export const press = (button) => {
  if (button.form) sessionStorage.pressed = "yes";
  button.click();
};
