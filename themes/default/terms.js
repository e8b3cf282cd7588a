// What a term means, beside the word: on pointing, on focus, on a tap. Without this file the word is a link to the glossary.
(function () {
  "use strict";
  var gap = 6, open = null, link = null, wait = 0, touched = false;
  function show(term) {
    var note = document.getElementById(term.getAttribute("aria-describedby"));
    if (!note || !note.showPopover) return;
    clearTimeout(wait);
    if (open === note && link === term) return;
    hide();
    note.showPopover();
    open = note;
    link = term;
    // A link that runs over two lines is left free as a whole.
    var lines = term.getClientRects(), word = lines[0], box = note.getBoundingClientRect();
    var below = lines[lines.length - 1].bottom + gap, fits = below + box.height <= innerHeight;
    note.style.top = Math.max(gap, fits ? below : word.top - gap - box.height) + "px";
    note.style.left = Math.max(gap, Math.min(word.left, document.documentElement.clientWidth - box.width - gap)) + "px";
  }
  function hide() {
    clearTimeout(wait);
    if (open && open.matches(":popover-open")) open.hidePopover();
    open = link = null;
  }
  function later(act, time) {
    clearTimeout(wait);
    wait = setTimeout(act, time);
  }
  document.querySelectorAll("a.term").forEach(function (term) {
    term.addEventListener("pointerenter", function (event) {
      if (event.pointerType === "mouse") later(function () { show(term); }, 200);
    });
    term.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") later(hide, 250);
    });
    term.addEventListener("pointerdown", function (event) { touched = event.pointerType !== "mouse"; });
    term.addEventListener("focus", function () { if (!touched) show(term); });
    term.addEventListener("blur", function () { later(hide, 150); });
    term.addEventListener("click", function (event) {
      // A tap shows the meaning; the way to the glossary stands in it.
      if (!touched || event.detail === 0) return;
      event.preventDefault();
      show(term);
    });
  });
  document.querySelectorAll(".term-note").forEach(function (note) {
    note.addEventListener("pointerenter", function () { clearTimeout(wait); });
    note.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") later(hide, 250);
    });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  document.addEventListener("pointerdown", function (event) {
    if (open && !open.contains(event.target) && event.target !== link) hide();
  });
  addEventListener("scroll", hide, { passive: true });
  addEventListener("resize", hide);
})();
