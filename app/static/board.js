// Dragging cards between the columns of a board. A drop asks what the card's own menu asks: the
// card goes back to where it was, and the answer opens the step's form or says why there is none.
const { Sortable } = window;

function drop({ item, from, to, oldIndex }) {
  from.insertBefore(item, from.children[oldIndex] ?? null);
  if (to === from) return;
  const form = item.querySelector("[data-move]");
  const wanted = document.createElement("input");
  wanted.type = "hidden";
  wanted.name = "to";
  wanted.value = to.dataset.column;
  form.querySelector("select").disabled = true;
  form.append(wanted);
  form.requestSubmit();
}

// Back from the form the menu is as it was.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-move]")) {
    form.querySelector("select").disabled = false;
    form.querySelector("input[type=hidden][name=to]")?.remove();
  }
});

for (const column of document.querySelectorAll("[data-board] [data-column]")) {
  Sortable.create(column, {
    group: "board",
    draggable: "[data-card]",
    filter: "a, select, button, label, [data-card]:not(:has([data-move]))",
    preventOnFilter: false,
    sort: false,
    ghostClass: "h-board-ghost",
    onEnd: drop,
  });
}
