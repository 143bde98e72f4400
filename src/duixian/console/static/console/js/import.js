// the review's buttons stand outside their one form: tell htmx which of them was pressed
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "act" || !event.submitter || !event.submitter.name) return;
  for (const old of form.querySelectorAll("input[data-pressed]")) old.remove();
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = event.submitter.name;
  pressed.value = event.submitter.value;
  pressed.dataset.pressed = "";
  form.append(pressed);
}, true);
