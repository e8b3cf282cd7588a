// The live preview: waits for news of this page, reloads it where it was, and shows findings over it.
// Everything it shows is put in as text; nothing of it is ever read as HTML.
(function () {
  "use strict";
  var own = document.currentScript.dataset;
  var page = own.page, loaded = own.version, body = own.body;
  var known = loaded, told = "", notice = null, isGone = false, isStopped = false, failures = 0, drawn = "";
  var kept = "portolan-preview:" + location.pathname;

  /* Where the reader was */

  function remember() {
    var open = [];
    document.querySelectorAll("details").forEach(function (one, index) { if (one.open) open.push(index); });
    put(kept, JSON.stringify({ x: scrollX, y: scrollY, open: open }));
  }

  function recall() {
    var was = take(kept);
    if (!was) return;
    remove(kept);
    try { was = JSON.parse(was); } catch (error) { return; }
    var all = document.querySelectorAll("details");
    all.forEach(function (one, index) { one.open = was.open.indexOf(index) >= 0; });
    var moved = false;
    var scroll = function () { if (!moved) scrollTo({ left: was.x, top: was.y, behavior: "instant" }); };
    ["wheel", "touchstart", "keydown", "pointerdown"].forEach(function (kind) {
      addEventListener(kind, function () { moved = true; }, { once: true, passive: true });
    });
    scroll();
    addEventListener("load", function () { scroll(); requestAnimationFrame(scroll); });
  }

  // A browser may forbid the store; then a reload begins at the top.
  function put(key, value) { try { sessionStorage.setItem(key, value); } catch (error) { /* forbidden */ } }
  function take(key) { try { return sessionStorage.getItem(key); } catch (error) { return null; } }
  function remove(key) { try { sessionStorage.removeItem(key); } catch (error) { /* forbidden */ } }

  /* News */

  var asking = null;

  function ask() {
    // A browser has few connections to one place: pages that nobody sees ask when they are seen.
    if (document.hidden || asking) return;
    asking = new AbortController();
    var address = "/_portolan/news?page=" + encodeURIComponent(page) + "&version=" + encodeURIComponent(known) +
      "&told=" + encodeURIComponent(told);
    fetch(address, { method: "POST", cache: "no-store", signal: asking.signal })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      })
      .then(function (news) {
        asking = null;
        isStopped = false;
        failures = 0;
        hear(news);
      })
      .catch(function () {
        var hidden = asking && asking.signal.aborted;
        asking = null;
        if (hidden) return;
        // A machine that wakes up breaks one connection, and that is all.
        failures += 1;
        isStopped = failures > 1;
        draw();
        setTimeout(ask, 1000);
      });
  }

  function hear(news) {
    if (news.notice) {
      notice = news.notice;
      told = news.told;
    }
    if (news.version === null) {
      draw();
      return ask();
    }
    known = news.version;
    isGone = known === "none" && loaded !== "none";
    draw();
    if (known === loaded || known === "none") return ask();
    if (news.body === body) return restyle();
    reload();
  }

  function reload() {
    remember();
    location.reload();
  }

  // Only the head changed: new styles take the place of the old ones once they are loaded.
  function restyle() {
    fetch(location.href, { cache: "no-store" })
      .then(function (answer) {
        // Gone since the news: the next news say so, and what is shown stays.
        return answer.status === 404 ? null : answer.text();
      })
      .then(function (text) {
        if (text === null) return ask();
        var next = new DOMParser().parseFromString(text, "text/html");
        var script = next.querySelector("script[data-version]");
        if (!script || script.dataset.body !== body) return reload();
        var sheets = function (from) { return Array.from(from.head.querySelectorAll("link[rel=stylesheet]")); };
        var old = sheets(document), fresh = sheets(next);
        if (scripts(document) !== scripts(next)) return reload();
        var place = old.length ? old[old.length - 1].nextSibling : null;
        var waiting = fresh.map(function (sheet) {
          var link = document.createElement("link");
          link.rel = "stylesheet";
          link.href = sheet.getAttribute("href");
          if (sheet.media) link.media = sheet.media;
          return new Promise(function (done) {
            link.onload = link.onerror = done;
            document.head.insertBefore(link, place);
          });
        });
        return Promise.all(waiting).then(function () {
          old.forEach(function (sheet) { sheet.remove(); });
          document.title = next.title;
          loaded = known = script.dataset.version;
          ask();
        });
      })
      .catch(reload);
  }

  function scripts(from) {
    var all = Array.from(from.head.querySelectorAll("script[src]:not([data-version])"));
    return all.map(function (one) { return one.getAttribute("src"); }).join(" ");
  }

  addEventListener("visibilitychange", function () {
    if (document.hidden && asking) asking.abort();
    else ask();
  });

  /* What is shown */

  var host = document.createElement("portolan-preview");
  var root = host.attachShadow({ mode: "open" });
  var isOpen = take("portolan-preview-open") === "yes", seen = (take("portolan-preview-seen") || "").split("\n");

  function make(name, from, text) {
    var one = document.createElement(name);
    if (from) one.className = from;
    if (text !== undefined && text !== null) one.textContent = text;
    return one;
  }

  function draw() {
    var now = [told, isGone, isStopped].join(" ");
    if (!notice || now === drawn) return;
    drawn = now;
    var words = notice.words, has = notice.findings.length > 0;
    var why = isStopped ? words.stopped : notice.stale || (isGone ? words.gone : null);
    // What is newly wrong opens by itself; what was closed stays closed, on the next page too.
    var wrong = notice.findings
      .filter(function (finding) { return finding.level === "error"; })
      .map(function (finding) { return finding.code + " " + finding.message; })
      .concat(why || []);
    if (wrong.some(function (one) { return seen.indexOf(one) < 0; })) isOpen = true;
    if (!has && !why) isOpen = false;
    seen = wrong;
    put("portolan-preview-seen", wrong.join("\n"));
    put("portolan-preview-open", isOpen ? "yes" : "no");
    var box = make("section", "preview " + (isStopped ? "stopped" : notice.worst || "clean"));
    box.lang = notice.language;
    box.setAttribute("aria-label", words.preview);
    var hasMore = has || why;
    var head = make(hasMore ? "button" : "p", "head");
    head.append(make("span", "dot"), make("strong", "", words.preview), make("span", "edition", notice.edition));
    if (has || notice.worst) head.append(make("span", "sum", notice.summary));
    var list = make("div", "list");
    if (hasMore) {
      head.type = "button";
      head.setAttribute("aria-expanded", String(isOpen));
      head.addEventListener("click", function () {
        isOpen = !isOpen;
        put("portolan-preview-open", isOpen ? "yes" : "no");
        list.hidden = !isOpen;
        head.setAttribute("aria-expanded", String(isOpen));
      });
      if (why) list.append(make("p", "why", why));
      notice.findings.forEach(function (finding) { list.append(show(finding, words)); });
      if (notice.more) list.append(make("p", "more", notice.more));
      list.hidden = !isOpen;
      list.tabIndex = 0;
    }
    box.append(list, head);
    var old = root.querySelector("section");
    var was = old && old.querySelector(".list") ? old.querySelector(".list").scrollTop : 0;
    var hadFocus = root.activeElement && root.activeElement.className;
    if (old) old.replaceWith(box); else root.append(box);
    var focus = hadFocus && box.querySelector("." + hadFocus.split(" ")[0]);
    if (focus) focus.focus({ preventScroll: true });
    list.scrollTop = was;
  }

  function show(finding, words) {
    var one = make("article", finding.level);
    var title = make("p", "title");
    title.append(make("b", "level", finding.word + " " + finding.code), " ", written(make("span"), finding.message));
    if (finding.place) one.append(make("p", "place", finding.place));
    one.append(title);
    var lines = finding.excerpt;
    if (lines) {
      var excerpt = make("pre");
      excerpt.tabIndex = 0;
      excerpt.append(make("span", "number", lines.line + " "), lines.before, make("mark", "", lines.mark), lines.after);
      if (lines.label) excerpt.append(make("span", "label", "  ← " + lines.label));
      one.append(excerpt);
    }
    if (finding.places) one.append(make("p", "", finding.places));
    if (finding.why) one.append(labelled(words.why, finding.why));
    if (finding.help) one.append(labelled(words.help, finding.help));
    return one;
  }

  function labelled(label, text) {
    var line = make("p", "said");
    line.append(make("b", "", label + ": "));
    return written(line, text);
  }

  // What stands between two back ticks is code.
  function written(line, text) {
    text.split("`").forEach(function (part, index, all) {
      line.append(index % 2 && index < all.length - 1 ? make("code", "", part) : (index % 2 ? "`" : "") + part);
    });
    return line;
  }

  var sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/_portolan/preview.css";
  root.append(sheet);
  document.documentElement.append(host);
  recall();
  ask();
})();
