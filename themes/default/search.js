// What readers see of the search: the dialog, and the page of results. Texts are only ever set as text.
(function () {
  "use strict";
  var MOST_SHOWN = 10, MOST_ON_PAGE = 20;
  var link = document.getElementById("_search"), home = new URL(link.href, location.href), engine, words, dialog;

  // Files that set a global: the only data that can be had from a disk and under a strict policy.
  var loaded = {};
  function need(files, then) {
    var left = files.length + 1;
    function one() { left -= 1; if (!left) then(); }
    files.forEach(function (file) {
      var entry = loaded[file];
      if (entry === true) return one();
      if (entry) return entry.push(one);
      entry = loaded[file] = [one];
      var script = document.createElement("script");
      script.src = new URL(file, home).href;
      script.onload = script.onerror = function (event) {
        // What could not be had is asked for again next time.
        if (event.type === "load") loaded[file] = true; else delete loaded[file];
        entry.forEach(function (done) { done(); });
      };
      document.head.append(script);
    });
    one();
  }

  function ready(then) {
    if (engine) return then();
    need(["search-index.js"], function () {
      if (!engine && self.portolanIndex) {
        words = self.portolanIndex.words;
        engine = portolanSearch.open(self.portolanIndex);
      }
      if (engine) then();
    });
  }

  function element(name, classes, text) {
    var made = document.createElement(name);
    if (classes) made.className = classes;
    if (text) made.textContent = text;
    return made;
  }

  function said(template, values) {
    return template.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  function counted(number) {
    return said(number === 1 ? words.n_one : words.n_other, { n: number.toLocaleString(document.documentElement.lang) });
  }

  /** Asks the index; `then` gets the question and its answers, unless another question came meanwhile. */
  var newest = 0;
  function ask(text, then) {
    var number = (newest += 1);
    ready(function () {
      if (number !== newest) return;
      var question = engine.understand(text);
      var files = question.files.filter(function (file) { return !engine.has(file); });
      need(files.map(function (file) { return "search-index/places-" + file + ".js"; }), function () {
        if (number !== newest) return;
        files.forEach(function (file) { if (self.portolanPlaces && portolanPlaces[file]) engine.take(file, portolanPlaces[file]); });
        then(question, engine.rank(question));
      });
    });
  }

  /** One answer: title and kind, where it stands, and the text around what was asked for. */
  function show(result, question, made) {
    made.href = new URL(result.url, home).href;
    var head = element("span", "found-title");
    parts(head, portolanSearch.excerpt(result.title, question.marked, 999));
    made.append(head, element("span", "found-kind", result.kind));
    var way = [result.path, result.heading].filter(Boolean).join(" › ");
    if (way) made.append(element("span", "found-path", way));
    var text = element("span", "found-text");
    made.append(text);
    var at = engine.textsOf(result.page);
    need(["search-index/texts-" + at[0] + ".js"], function () {
      var texts = self.portolanTexts && portolanTexts[at[0]] && portolanTexts[at[0]][at[1]];
      if (texts) parts(text, portolanSearch.excerpt(texts[result.section] || texts[0], question.marked, 150));
    });
    return made;
  }

  function parts(place, list) {
    place.textContent = "";
    list.forEach(function (part) { place.append(part[1] ? element("mark", "", part[0]) : part[0]); });
  }

  /** How many there are, or what to do when there are none. */
  function tell(place, text, question, results) {
    place.textContent = results.length ? counted(results.length) : said(words.none, { text: text });
    if (!results.length) place.append(element("span", "found-none", words.none_about));
    else if (question.instead.length) {
      place.append(element("span", "found-instead", question.instead.map(function (pair) {
        return said(words.in_place_of, { written: pair[0], found: pair[1] });
      }).join(" ")));
    }
  }

  function address(text, kind) {
    var to = new URL(home);
    to.search = "?q=" + encodeURIComponent(text) + (kind ? "&kind=" + encodeURIComponent(kind) : "");
    return to.href;
  }

  // The dialog: a field that keeps the focus, and a list below it.
  function make() {
    dialog = element("dialog", "search-dialog");
    var label = link.textContent.trim().replace(/\s*\/$/, "");
    dialog.setAttribute("aria-label", label);
    var inner = element("div", "search-inner"), line = element("div", "search-line");
    var field = element("input"), close = element("button", "search-close"), status = element("p", "search-status");
    var list = element("div", "search-list"), foot = element("p", "search-foot"), all = element("a"), hint = element("span", "search-hint");
    // What the list answers, and whether its first entry is to be opened as soon as it answers what stands in the field.
    var options = [], chosen = -1, told = "", go = false, timer;
    field.type = "text";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.id = "_search-field";
    var settings = { role: "combobox", "aria-expanded": "false", "aria-controls": "_found", "aria-autocomplete": "list", autocapitalize: "none", enterkeyhint: "search", "aria-label": label };
    Object.keys(settings).forEach(function (name) { field.setAttribute(name, settings[name]); });
    close.type = "button";
    list.id = "_found";
    list.setAttribute("role", "listbox");
    status.setAttribute("role", "status");
    line.append(field, close);
    foot.append(all, hint);
    inner.append(line, status, list, foot);
    dialog.append(inner);
    document.body.append(dialog);
    foot.hidden = list.hidden = true;
    list.setAttribute("aria-label", label);
    close.setAttribute("aria-label", "Esc");
    ready(function () {
      field.placeholder = words.field;
      list.setAttribute("aria-label", words.results);
      close.setAttribute("aria-label", words.close);
      hint.textContent = words.hint;
      if (field.value) ask(field.value, answer);
    });

    function choose(at) {
      if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
      chosen = at;
      var option = options[at];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    }

    function answer(question, results) {
      var text = field.value.trim();
      options = results.slice(0, MOST_SHOWN).map(function (result, at) {
        var option = show(result, question, element("a", "found"));
        option.id = "_found-" + at;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("click", function () { dialog.close(); });
        return option;
      });
      list.replaceChildren.apply(list, options);
      list.hidden = !options.length;
      list.scrollTop = 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
      tell(status, text, question, results);
      all.textContent = options.length ? words.all_results : words.browse;
      all.href = options.length ? address(text) : home.href;
      foot.hidden = false;
      hint.hidden = !options.length;
      choose(options.length ? 0 : -1);
      told = text;
      if (go) follow();
    }

    function follow() {
      go = false;
      if (options[chosen]) options[chosen].click();
      else if (told) location.href = address(told);
    }

    function again() {
      var text = field.value.trim();
      if (text) return ask(text, answer);
      newest += 1;
      options = [];
      told = "";
      go = false;
      choose(-1);
      list.replaceChildren();
      foot.hidden = list.hidden = true;
      status.textContent = "";
      field.setAttribute("aria-expanded", "false");
    }

    field.addEventListener("input", function () {
      clearTimeout(timer);
      go = false;
      timer = setTimeout(again, 50);
    });
    field.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        var next = chosen + step;
        if (Math.abs(step) > 1) next = Math.max(0, Math.min(options.length - 1, next));
        choose((next + options.length) % options.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (field.value.trim() === told) return follow();
        // The list still answers what was asked before.
        clearTimeout(timer);
        go = true;
        again();
      }
    });
    close.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    dialog.field = field;
  }

  portolanSearch.dialog = function () {
    if (!dialog) make();
    if (!dialog.open) dialog.showModal();
    dialog.field.focus();
    dialog.field.select();
  };

  // The page of results: the question stands in the address.
  portolanSearch.page = function (box) {
    var directory = document.querySelector(".directory"), asked = new URLSearchParams(location.search);
    var kind = asked.get("kind") || "", shown = MOST_ON_PAGE, timer;
    ready(function () {
      var label = element("label", "results-field", words.field), field = element("input");
      var status = element("p", "search-status"), kinds = element("div", "results-kinds"), list = element("ol", "results");
      var more = element("button", "button", words.more);
      field.type = "search";
      field.value = asked.get("q") || "";
      field.spellcheck = false;
      field.autocomplete = "off";
      status.setAttribute("role", "status");
      kinds.setAttribute("role", "group");
      kinds.setAttribute("aria-label", words.filter);
      more.type = "button";
      label.append(field);
      box.replaceChildren(label, status, kinds, list, more);
      box.field = field;
      kinds.hidden = more.hidden = true;

      function answer(question, results) {
        var counts = {};
        results.forEach(function (result) { counts[result.kind] = (counts[result.kind] || 0) + 1; });
        if (!counts[kind]) kind = "";
        var names = Object.keys(counts).sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
        kinds.hidden = names.length < 2;
        kinds.replaceChildren.apply(kinds, [""].concat(names).map(function (name) {
          var button = element("button", "chip", (name || words.all) + " "), count = element("span", "tally", String(name ? counts[name] : results.length));
          button.type = "button";
          button.append(count);
          button.setAttribute("aria-pressed", String(name === kind));
          button.addEventListener("click", function () {
            kind = name;
            shown = MOST_ON_PAGE;
            keep();
            answer(question, results);
            kinds.querySelector('[aria-pressed="true"]').focus();
          });
          return button;
        }));
        var wanted = results.filter(function (result) { return !kind || result.kind === kind; });
        list.replaceChildren.apply(list, wanted.slice(0, shown).map(function (result) {
          var item = element("li");
          item.append(show(result, question, element("a", "found")));
          return item;
        }));
        more.hidden = wanted.length <= shown;
        more.onclick = function () {
          var first = shown;
          shown += MOST_ON_PAGE;
          answer(question, results);
          list.children[first].firstChild.focus();
        };
        tell(status, field.value.trim(), question, wanted);
      }

      function keep() {
        try { history.replaceState(null, "", field.value.trim() ? address(field.value.trim(), kind) : home.href); } catch (closed) { /* the address stays as it was */ }
      }

      function again() {
        var text = field.value.trim();
        if (directory) directory.hidden = !!text;
        if (text) return ask(text, answer);
        newest += 1;
        list.replaceChildren();
        status.textContent = "";
        kinds.hidden = more.hidden = true;
      }

      field.addEventListener("input", function () {
        clearTimeout(timer);
        timer = setTimeout(function () { kind = ""; shown = MOST_ON_PAGE; keep(); again(); }, 120);
      });
      again();
    });
  };
})();
