// Marks of a checklist, kept in this browser only. Without this file the boxes are empty ones, to be ticked on paper.
(function () {
  "use strict";
  document.querySelectorAll(".checklist").forEach(function (list, nth) {
    var key = "portolan-marks:" + location.pathname + ":" + nth;
    var words = list.dataset, boxes = [], marks = [], kept = true;
    function read() {
      var text = null;
      try { text = localStorage.getItem(key); } catch (closed) { kept = false; }
      try { marks = JSON.parse(text); } catch (broken) { marks = []; }
      if (!Array.isArray(marks)) marks = [];
    }
    function write() {
      try { localStorage.setItem(key, JSON.stringify(marks)); } catch (closed) { kept = false; }
      show();
    }
    var line = document.createElement("p");
    line.className = "check-progress";
    var said = document.createElement("strong");
    said.setAttribute("role", "status");
    var where = document.createElement("span");
    var reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = words.reset;
    reset.addEventListener("click", function () { marks = []; write(); });
    line.append(said, where, reset);
    list.before(line);
    function show() {
      boxes.forEach(function (box) { box.checked = marks.indexOf(box.value) >= 0; });
      var done = boxes.filter(function (box) { return box.checked; }).length;
      said.textContent = done === boxes.length ? words.done : words.progress.replace("{n}", done).replace("{of}", boxes.length);
      where.textContent = kept ? words.kept : words.lost;
      reset.hidden = !done;
    }
    list.querySelectorAll("[data-step]").forEach(function (step, at) {
      var box = document.createElement("input"), text = step.querySelector(".check-main");
      box.type = "checkbox";
      box.autocomplete = "off";
      box.value = step.dataset.step;
      text.id = "_step-" + nth + "-" + at;
      box.setAttribute("aria-labelledby", text.id);
      box.addEventListener("change", function () {
        marks = marks.filter(function (mark) { return mark !== box.value; });
        if (box.checked) marks.push(box.value);
        write();
      });
      var label = document.createElement("label");
      label.className = "check-box";
      label.append(box);
      step.querySelector(".check-box").replaceWith(label);
      boxes.push(box);
    });
    window.addEventListener("storage", function (event) { if (event.key === key) { read(); show(); } });
    read();
    show();
  });
})();
