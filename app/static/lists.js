// Lists by keyboard (j, k, x, Enter) and the ticks of acts on many. Pages work without it.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const rows = () => all(".h-table tbody tr").filter((row) => row.querySelector("a, input"));
const here = () => document.activeElement?.closest(".h-table tbody tr");

function step(by) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(here());
  const row = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  (row.querySelector("th a") || row.querySelector("a, input")).focus();
  row.scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = here()?.querySelector("[data-pick]");
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

export const listKeys = (single) => ({ j: single(() => step(1)), k: single(() => step(-1)), x: single(tick) });

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-bulk]");
  if (!form) return;
  const count = all("[data-pick]:checked", form).length;
  const everybody = form.querySelector("[data-bulk-all]").checked;
  for (const box of all("[data-pick]", form)) box.closest("tr").classList.toggle("h-picked", box.checked || everybody);
  const words = form.querySelector("[data-bulk-words]");
  words.textContent = everybody ? "Everybody who matches:" : count ? `${count} ticked:` : "Tick people, then choose:";
});
