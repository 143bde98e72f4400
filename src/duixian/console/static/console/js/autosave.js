"use strict";
// A row of the month is saved when one leaves it, or rests for a while. Without this file the button saves.
const form = document.querySelector("form[data-autosave]");
const told = form && form.querySelector(".autosave");
const REST = 4000;
const changed = new Set();
const timers = new Map();

function fieldsOf(row) {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "month"]) data.append(name, form.elements[name].value);
  for (const field of row.querySelectorAll("input, select, textarea")) {
    if (!field.name || field.type === "file" || ((field.type === "checkbox") && !field.checked)) continue;
    data.append(field.name, field.value);
  }
  data.append("act", "autosave");
  return data;
}

function rowIn(text) {
  const table = document.createElement("table");
  const parsed = new DOMParser().parseFromString(`<table>${text}</table>`, "text/html");
  const row = parsed.querySelector("tbody[data-row]");
  return row && table.appendChild(document.importNode(row, true));
}

// one is still in the row: what was typed stays, only the marks by which the server knows it change
function carryMarks(from, to, prefix) {
  for (const name of ["revision", "seen"]) {
    const [source, target] = [from, to].map((row) => row.querySelector(`[name="${prefix}${name}"]`));
    if (source && target) target.value = source.value;
  }
}

async function save(row) {
  clearTimeout(timers.get(row));
  if (!changed.has(row)) return;
  changed.delete(row);
  let answer;
  try {
    answer = await fetch(window.location.href, { method: "POST", body: fieldsOf(row), redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch (error) {
    changed.add(row);
    told.textContent = form.dataset.unsaved;
    return;
  }
  const fresh = rowIn(await answer.text());
  const state = answer.headers.get("X-Saved");
  told.textContent = state === "faulty" ? form.dataset.faulty : `${answer.headers.get("X-Saved-At")} ${form.dataset.saved}`;
  if (!fresh) return;
  const hasFile = [...row.querySelectorAll("input[type=file]")].some((field) => field.files.length);
  if (row.contains(document.activeElement) || changed.has(row) || hasFile) {
    if (state !== "faulty") carryMarks(fresh, row, row.dataset.row);
  } else {
    row.replaceWith(fresh);
  }
  if (changed.size === 0 && state !== "faulty") document.dispatchEvent(new CustomEvent("duixian:saved"));
}

if (form) {
  form.addEventListener("input", (event) => {
    const row = event.target.closest("tbody[data-row]");
    if (!row || event.target.type === "file" || event.target.name.endsWith("-send")) return;
    changed.add(row);
    clearTimeout(timers.get(row));
    timers.set(row, setTimeout(() => save(row), REST));
  });
  form.addEventListener("focusout", (event) => {
    const row = event.target.closest("tbody[data-row]");
    if (!row || (event.relatedTarget && row.contains(event.relatedTarget))) return;
    // a press on a button of the form posts everything anyway
    if (event.relatedTarget && event.relatedTarget.closest("button")) return;
    save(row);
  });
}
