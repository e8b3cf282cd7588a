// Filters over a list that stands in the page: words, owner, tag, and each column with few values. The choice is kept in the address. Without this file the list is whole.
(function () {
  "use strict";
  var box = document.getElementById("_filters");
  if (!box) return;
  var words = box.dataset;
  var rows = Array.prototype.slice.call(document.querySelectorAll(".index-table tbody tr, .filtered > li, .terms > div"));
  var asked = new URLSearchParams(location.search);
  var MOST_VALUES = 14;

  /** As the search folds words. */
  function fold(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }
  function element(name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    return made;
  }

  // What can be chosen: for each row its values.
  var filters = [];
  function offer(key, label, valuesOf) {
    var counts = new Map();
    var values = rows.map(valuesOf);
    values.forEach(function (list) { list.forEach(function (value) { counts.set(value, (counts.get(value) || 0) + 1); }); });
    if (counts.size < 2 || counts.size > MOST_VALUES || counts.size > rows.length * .7) return;
    filters.push({ key: key, label: label, values: values, counts: counts });
  }
  document.querySelectorAll(".index-table thead th").forEach(function (head, column) {
    if (!column || head.className === "end") return;
    offer("c" + column, head.textContent, function (row) {
      var cell = row.children[column], links = cell.querySelectorAll("li");
      if (cell.className === "empty") return [];
      return (links.length ? Array.prototype.map.call(links, function (item) { return item.textContent.trim(); }) : [cell.textContent.trim()]).filter(Boolean);
    });
  });
  if (!filters.some(function (filter) { return filter.label === words.owner; })) {
    offer("owner", words.owner, function (row) { return row.dataset.owner ? [row.dataset.owner] : []; });
  }
  offer("tag", words.tag, function (row) { return row.dataset.tags ? row.dataset.tags.split("|") : []; });

  function labelled(text, control) {
    var label = element("label");
    label.append(element("span", text), control);
    return label;
  }
  var field = element("input"), said = element("p"), clear = element("button", words.clear);
  field.type = "search";
  field.autocomplete = "off";
  field.value = asked.get("q") || "";
  box.append(labelled(words.text, field));
  filters.forEach(function (filter) {
    var select = (filter.select = element("select"));
    select.append(new Option(words.all, ""));
    Array.from(filter.counts.keys()).sort(function (a, b) { return a.localeCompare(b, document.documentElement.lang, { numeric: true }); }).forEach(function (value) {
      select.append(new Option(value + " (" + filter.counts.get(value) + ")", value));
    });
    select.value = asked.get(filter.key) || "";
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", show);
    box.append(labelled(filter.label, select));
  });
  said.setAttribute("role", "status");
  clear.type = "button";
  clear.addEventListener("click", function () {
    field.value = "";
    filters.forEach(function (filter) { filter.select.value = ""; });
    show();
    field.focus();
  });
  box.append(said, clear);
  field.addEventListener("input", show);

  var texts = rows.map(function (row) { return fold(row.textContent + " " + (row.dataset.tags || "")); });
  function show(event) {
    var parts = fold(field.value).split(/\s+/).filter(Boolean), shown = 0;
    rows.forEach(function (row, at) {
      row.hidden = !(parts.every(function (part) { return texts[at].indexOf(part) >= 0; }) &&
        filters.every(function (filter) { return !filter.select.value || filter.values[at].indexOf(filter.select.value) >= 0; }));
      if (!row.hidden) shown += 1;
    });
    // A letter of the glossary without terms.
    document.querySelectorAll("section.letter").forEach(function (letter) { letter.hidden = !letter.querySelector(".terms > div:not([hidden])"); });
    var to = new URL(location.href);
    ["q"].concat(filters.map(function (filter) { return filter.key; })).forEach(function (key) { to.searchParams.delete(key); });
    if (parts.length) to.searchParams.set("q", field.value.trim());
    filters.forEach(function (filter) { if (filter.select.value) to.searchParams.set(filter.key, filter.select.value); });
    var isFiltered = shown < rows.length || parts.length > 0;
    said.textContent = !isFiltered ? "" : shown ? words.shown.replace("{n}", shown).replace("{of}", rows.length) : words.none;
    clear.hidden = !isFiltered;
    if (event) try { history.replaceState(null, "", to.href); } catch (closed) { /* the address stays as it was */ }
  }
  show();
})();
