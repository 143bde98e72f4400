// A click on words shows what was read from them, and the other way round. Without it the small numbers are links.
(function () {
  "use strict";
  function clear() {
    document.querySelectorAll(".on").forEach(function (el) { el.classList.remove("on"); });
  }
  function show(ids, from) {
    var far = null;
    ids.forEach(function (id) {
      document.querySelectorAll('[data-f~="' + id + '"]').forEach(function (el) {
        el.classList.add("on");
        if (!far && el.closest(".src, .got") !== from) { far = el; }
      });
    });
    if (far) { far.scrollIntoView({ block: "nearest" }); }
  }
  document.addEventListener("click", function (event) {
    var el = event.target.closest("[data-f]");
    if (!el) { return; }
    var was = el.classList.contains("on");
    clear();
    if (event.target.closest("a")) { event.preventDefault(); }
    if (!was) { show(el.dataset.f.split(" "), el.closest(".src, .got")); }
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { clear(); } });
})();
