"use strict";
// Comfort only: j and k walk the rows, Enter opens, x ticks, / finds.

(() => {
  const isTyping = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-rows] tr.task")];
  const chosen = () => document.querySelector("[data-rows] tr.chosen");

  function choose(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    const next = all[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)];
    chosen()?.classList.remove("chosen");
    next.classList.add("chosen");
    next.querySelector("td.what a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  const acts = {
    j: () => choose(1),
    k: () => choose(-1),
    x: () => chosen()?.querySelector("input[name=task]")?.click(),
    "/": () => { const find = document.getElementById("f-q"); find?.closest("details")?.setAttribute("open", ""); find?.focus(); find?.select(); },
    Enter: () => chosen()?.querySelector("td.what a")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    // Enter on a link or button is that link's or button's own
    if (event.key === "Enter" && event.target.closest("a, button, summary, label")) return;
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });

  // how many are ticked stands beside the choice
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-ticks]");
    if (!form) return;
    const count = form.querySelectorAll("input[name=task]:checked").length;
    const told = form.querySelector("[data-ticked]");
    if (told) told.textContent = count ? String(count) : "";
    if (count && event.target.name === "task") form.querySelector("details.bulk")?.setAttribute("open", "");
  });
})();
