// Comfort for readers with JavaScript. Nothing here is needed to read the site: no control stands in the page before this file makes it.
(function () {
  "use strict";
  var root = document.documentElement;
  var tools = document.getElementById("_tools");
  var menu = document.querySelector(".menu > details");
  var wide = window.matchMedia("(min-width: 48rem)");

  // Appearance: system, light, dark; remembered in this browser. Stands in the header, on a phone in the menu.
  function stored() {
    try { return localStorage.getItem("portolan-theme") || ""; } catch (closed) { return ""; }
  }
  function choose(choice) {
    if (choice) root.setAttribute("data-theme", choice); else root.removeAttribute("data-theme");
    try {
      if (choice) localStorage.setItem("portolan-theme", choice); else localStorage.removeItem("portolan-theme");
    } catch (closed) { /* the choice holds for this page only */ }
  }
  if (tools) {
    var label = document.createElement("label");
    label.className = "appearance";
    var name = document.createElement("span");
    name.textContent = tools.dataset.label;
    var select = document.createElement("select");
    ["", "light", "dark"].forEach(function (choice) {
      var option = document.createElement("option");
      option.value = choice;
      option.textContent = tools.dataset[choice || "system"];
      select.appendChild(option);
    });
    select.value = root.getAttribute("data-theme") || stored();
    select.addEventListener("change", function () { choose(select.value); });
    label.appendChild(name);
    label.appendChild(select);
    var place = function () {
      var home = wide.matches ? tools : document.querySelector(".menu-body");
      if (home) home.appendChild(label);
    };
    place();
    wide.addEventListener("change", place);
    window.addEventListener("storage", function (event) {
      if (event.key !== "portolan-theme") return;
      select.value = event.newValue || "";
      if (event.newValue) root.setAttribute("data-theme", event.newValue); else root.removeAttribute("data-theme");
    });
  }

  // Phones: Escape and a touch outside close the menu; a skip link to the menu opens it.
  if (menu) {
    var close = function () { if (!wide.matches) menu.open = false; };
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open || wide.matches) return;
      close();
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (menu.open && !menu.contains(event.target)) close();
    });
    var skip = document.querySelector('.skip a[href="#_menu"]');
    if (skip) skip.addEventListener("click", function () { menu.open = true; });
    // The current page is in sight in a long menu.
    var current = menu.querySelector('[aria-current="page"]');
    var body = menu.querySelector(".menu-body");
    if (current && body && wide.matches && body.scrollHeight > body.clientHeight) {
      body.scrollTop = Math.max(0, current.offsetTop - body.clientHeight / 2);
    }
  }

  // Search: its script, its style and its index are loaded when somebody searches. Without scripts the link leads to the lists.
  var search = document.getElementById("_search"), results = document.getElementById("_results"), waiting = null;
  function searching(begin) {
    if (window.portolanSearch) return begin();
    if (waiting) { waiting = begin; return; }
    waiting = begin;
    var left = 2;
    var part = function (element) {
      element.onload = element.onerror = function () {
        left -= 1;
        if (!left && window.portolanSearch) waiting();
      };
      document.head.appendChild(element);
    };
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = search.dataset.style;
    part(style);
    var script = document.createElement("script");
    script.src = search.dataset.script;
    part(script);
  }
  function openSearch() {
    if (results && results.field) { results.field.focus(); results.field.select(); }
    else searching(function () { portolanSearch.dialog(); });
  }
  if (search && window.HTMLDialogElement) {
    search.setAttribute("aria-haspopup", "dialog");
    search.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    search.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openSearch();
    });
    document.addEventListener("keydown", function (event) {
      var command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      var writing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      if (!command && (!slash || writing)) return;
      event.preventDefault();
      openSearch();
    });
    if (results) searching(function () { portolanSearch.page(results); });
  }

  // Older browsers cannot show a closed <details> by CSS: open those that a wide page shows always. On paper all are open.
  var folds = Array.prototype.slice.call(document.querySelectorAll("details.fold"));
  if (!(window.CSS && CSS.supports && CSS.supports("selector(::details-content)"))) {
    folds.forEach(function (fold) {
      var least = fold.parentNode.className.indexOf("contents") >= 0 ? "(min-width: 75rem)" : "(min-width: 48rem)";
      if (window.matchMedia(least).matches) fold.open = true;
    });
  }
  window.matchMedia("print").addEventListener("change", function (paper) {
    document.querySelectorAll(paper.matches ? "main details:not([open])" : "details[data-printed]").forEach(function (details) {
      details.open = paper.matches;
      details.toggleAttribute("data-printed", paper.matches);
    });
  });

  // A table wider than its place can be scrolled from the keyboard and says so.
  var scrolls = document.querySelectorAll(".table-scroll");
  function measure() {
    scrolls.forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) {
        var caption = box.querySelector("caption");
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", (caption ? caption.textContent + ". " : "") + (tools ? tools.dataset.table : ""));
      } else if (box.hasAttribute("role")) {
        ["tabindex", "role", "aria-label"].forEach(function (attribute) { box.removeAttribute(attribute); });
      }
    });
  }
  if (scrolls.length) {
    measure();
    window.addEventListener("resize", measure);
    document.addEventListener("toggle", measure, true);
  }

  // The part of the page in sight is marked in its contents.
  var entries = document.querySelectorAll(".contents a");
  if (entries.length && window.IntersectionObserver) {
    var byAnchor = {};
    entries.forEach(function (link) { byAnchor[decodeURIComponent(link.hash.slice(1))] = link; });
    var headings = Object.keys(byAnchor).map(function (anchor) { return document.getElementById(anchor); }).filter(Boolean);
    var mark = function () {
      var last = null;
      headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 160) last = heading; });
      entries.forEach(function (link) { link.removeAttribute("aria-current"); });
      if (last) byAnchor[last.id].setAttribute("aria-current", "true");
    };
    var observer = new IntersectionObserver(mark, { rootMargin: "-150px 0px -40% 0px" });
    headings.forEach(function (heading) { observer.observe(heading); });
    mark();
  }
})();
