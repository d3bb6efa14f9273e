// A half-filled form is not left unasked: by no shortcut, and by a link or a reload only after the
// browser has asked. This holds for every form that is sent by POST, a fact in its row as well;
// searches, filters, drafts that save themselves and passwords are let go.
const WATCHED = "form:not([data-autosave], [data-move], [role=search])";
const watched = (form) => form.method === "post" && !form.querySelector("input[type=password]");

function touched(control) {
  if (!control.name || control.disabled || control.type === "hidden") return false;
  if (control.matches("input[type=checkbox], input[type=radio]")) return control.checked !== control.defaultChecked;
  if (control.matches("select")) {
    const before = [...control.options].find((option) => option.defaultSelected) || control.options[0];
    return !control.multiple && control.selectedOptions[0] !== before;
  }
  return control.matches("input, textarea") && control.value !== control.defaultValue;
}

// What came back from the server with words in it (another person added, an error) is unsaved as well.
const unsaved = (form) => !form.dataset.sent && ("unsaved" in form.dataset || [...form.elements].some(touched));

let free = false; // Cancel says it itself; in a row it leaves no page
export const halfFilled = () => [...document.querySelectorAll(WATCHED)].filter((form) => watched(form) && unsaved(form));

document.addEventListener("click", (event) => { free = Boolean(event.target.closest?.("a.h-cancel:not([hx-get])")); });
window.addEventListener("pageshow", () => { free = false; });
window.addEventListener("beforeunload", (event) => {
  if (!free && halfFilled().length) event.preventDefault();
});
