"use strict";
// Comfort only: every page works without this file.

// a form marked data-live is sent as soon as a choice changes; its button is then not needed
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) form.requestSubmit();
});

// what was typed and not yet saved is not lost by a slip
let isChanged = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) isChanged = true;
});
document.addEventListener("submit", () => { isChanged = false; });
document.addEventListener("duixian:saved", () => { isChanged = false; });
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

// buttons that ask before they act, and that print
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
  if (event.target.closest("[data-print]")) window.print();
});

// menus in the head close when one clicks elsewhere
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open], details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

// on a phone the list comes first: filters that filter nothing are folded away
if (window.matchMedia("(max-width: 900px)").matches) {
  for (const fold of document.querySelectorAll("details[data-fold]")) fold.removeAttribute("open");
}
