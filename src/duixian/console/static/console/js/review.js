"use strict";
// Comfort only: j and k walk the queue, a approves, b goes to the note and Ctrl+Enter there sends back; a common note is
// written without a round trip.

(() => {
  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]");
  const rows = [...document.querySelectorAll("[data-case]")];
  const at = rows.findIndex((row) => row.classList.contains("chosen"));
  const button = (key) => document.querySelector(`button[data-key="${key}"]`);
  const note = document.getElementById("note");

  function go(step) {
    const next = rows[at + step];
    if (next) window.location.assign(next.querySelector("td.what a").href);
  }

  // one press decides once, however long the key is held
  function press(key) {
    const found = button(key);
    if (found) { found.removeAttribute("data-key"); found.click(); }
  }

  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: () => press("a"),
    b: () => { if (note && !note.value.trim()) note.focus(); else press("b"); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || isTyping(event.target)) return;
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });

  note?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || !note.value.trim()) return;
    event.preventDefault();
    press("b");
  });

  document.addEventListener("click", (event) => {
    const common = event.target.closest("button[data-note]");
    if (!common || !note) return;
    event.preventDefault();
    note.value = note.value.trim() + common.value;
    note.focus();
  });

  // on a narrow screen the case stands above the queue, and one begins with the case
  if (window.matchMedia("(min-width: 1101px)").matches) rows[at]?.scrollIntoView({ block: "nearest" });
})();
