// The search itself: reads the index (src/search/index.rs says how it is written), finds words and ranks pages. Knows nothing of the page.
var portolanSearch = (function () {
  "use strict";
  // Points from which on more of them say little more; forms of a word that are looked at.
  var USUAL = 40, MOST_FORMS = 80;

  /** As the index folds words: no accents, lower case. */
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /** The words of a text with their places. */
  function wordsOf(text) {
    var words = [], match, find = /[\p{L}\p{N}\u0300-\u036f]+/gu;
    while ((match = find.exec(text))) words.push({ at: match.index, end: find.lastIndex, folded: fold(match[0]) });
    return words;
  }

  /** Numbers written five bits a character. */
  function numbers(text, from, count) {
    var list = [], value = 0, shift = 0;
    for (var at = from || 0; at < text.length && list.length !== count; at += 1) {
      var code = text.charCodeAt(at), digit = code - (code > 92 ? 36 : 35);
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) { list.push(value); value = shift = 0; }
    }
    list.end = at;
    return list;
  }

  var rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

  /** Fewest letters to change, add, drop or swap to make b of a; gives up beyond most. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most || b.length > 62 || a.length > 62) return most + 1;
    var before = rows[0], last = rows[1], row = rows[2], spare;
    for (var j = 0; j <= b.length; j += 1) last[j] = j;
    for (var i = 1; i <= a.length; i += 1) {
      row[0] = i;
      var least = i, letter = a.charCodeAt(i - 1);
      for (j = 1; j <= b.length; j += 1) {
        var other = b.charCodeAt(j - 1), value = last[j - 1] + (letter === other ? 0 : 1);
        if (last[j] + 1 < value) value = last[j] + 1;
        if (row[j - 1] + 1 < value) value = row[j - 1] + 1;
        if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other && before[j - 2] + 1 < value) value = before[j - 2] + 1;
        row[j] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[b.length];
  }

  function open(index) {
    // Words in order, the stem of each; of each stem the forms.
    var words = [], stems = numbers(index.stems), forms = [], next = 0, before = "";
    index.terms.replace(/[A-Z][^A-Z]*/g, function (written) {
      before = before.slice(0, cut(before, written.charCodeAt(0) - 65)) + written.slice(1);
      words.push(before);
    });
    stems.forEach(function (back, at) {
      var stem = next - back;
      if (!back) next += 1;
      stems[at] = stem;
      (forms[stem] = forms[stem] || []).push(at);
    });
    // Sections with their page.
    var pageOf = [], firstOf = [];
    index.pages.forEach(function (page, number) {
      firstOf.push(pageOf.length);
      for (var section = 0; section <= page[5].length / 2; section += 1) pageOf.push(number);
    });
    var titles = {}, starts = {}, all = pageOf.length;
    read(index.places, 0, index.parts.length ? 0 : forms.length);

    // Where the places of each stem begin.
    function read(text, first, count) {
      var at = 0;
      for (var stem = first; stem < first + count && at < text.length; stem += 1) {
        starts[stem] = [text, at];
        var many = numbers(text, at, 1);
        at = many.end;
        for (var left = many[0]; left > 0; at += 1) {
          var code = text.charCodeAt(at);
          if (code - (code > 92 ? 36 : 35) < 32) left -= 1;
        }
      }
    }

    /** Forms that a typed word may mean, each with how well it fits. */
    function formsOf(typed) {
      var found = [], at, word;
      for (at = 0; at < words.length; at += 1) {
        word = words[at];
        if (word === typed) found.push([at, 1]);
        else if (typed.length > 1 && word.startsWith(typed)) found.push([at, .35 + .45 * typed.length / word.length]);
      }
      if (found.length) return { forms: best(found) };
      // Another ending (a plural that stands nowhere), then a slip of the fingers.
      var close = [], most = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
      for (at = 0; at < words.length; at += 1) {
        word = words[at];
        var same = 0;
        while (same < word.length && word[same] === typed[same]) same += 1;
        var off = typed.length - same, over = word.length - same;
        var slips = most ? distance(typed, word, most) : 9;
        if (slips <= most) close.push([at, .62 - .14 * slips + .02 * same / word.length - (word[0] === typed[0] ? 0 : .1)]);
        else if (same > 3 && off < 5 && over < 4 && same >= off + over) close.push([at, .5 - .05 * (off + over)]);
        else if (same > 1 && typed.length > 4 && over > off && distance(typed, word.slice(0, typed.length), 1) < 2) close.push([at, .4 * typed.length / word.length]);
      }
      close = best(close);
      // Only what fits nearly as well as the best.
      close = close.filter(function (form) { return form[1] > close[0][1] - .1; });
      return { forms: close, instead: close.length ? words[close[0][0]] : "" };
    }

    function best(found) {
      return found.sort(function (a, b) { return b[1] - a[1]; }).slice(0, MOST_FORMS);
    }

    /** What a question means: for each word its stems, and the files that must be there to answer. */
    function understand(text) {
      var seen = {}, files = {}, marked = {}, instead = [];
      var terms = wordsOf(text).filter(function (word) {
        var again = seen[word.folded];
        seen[word.folded] = true;
        return !again;
      }).slice(0, 12).map(function (word) {
        var meant = formsOf(word.folded), fits = {};
        if (meant.instead) instead.push([text.slice(word.at, word.end), meant.instead]);
        meant.forms.forEach(function (form) {
          var stem = stems[form[0]];
          fits[stem] = Math.max(fits[stem] || 0, form[1]);
          for (var file = index.parts.length - 1; file >= 0; file -= 1) {
            if (index.parts[file] <= stem) { files[file] = true; break; }
          }
        });
        return { folded: word.folded, fits: fits, most: meant.forms.length ? meant.forms[0][1] : 0 };
      });
      return { terms: terms, instead: instead, files: Object.keys(files).map(Number) };
    }

    /** The sections of a stem with their weights; of words that stand nearly everywhere only the weightiest are kept. */
    function placesOf(stem) {
      var start = starts[stem];
      if (!start) return [];
      var count = numbers(start[0], start[1], 1);
      return numbers(start[0], count.end, count[0]);
    }

    /** Whether a stem tells pages apart: words like "the" do not. */
    function isCommon(stem, share) {
      var start = starts[stem];
      if (!start) return false;
      var count = numbers(start[0], start[1], 1)[0];
      return !count || (all > 59 && count > all * (share || .12));
    }

    /** Pages in order of how well they answer. The files that the question needs must have been taken. */
    function rank(question) {
      var terms = question.terms, scores = {};
      terms.forEach(function (term, nth) {
        var hits = {}, fit = Object.keys(term.fits);
        term.rare = 0;
        term.isCommon = fit.some(function (stem) { return term.fits[stem] === 1 && isCommon(stem, term.folded.length < 4 ? .03 : .12); });
        fit.forEach(function (stem) {
          // Nobody who writes "the" means "theatre".
          if (term.isCommon && term.fits[stem] < 1) return;
          var list = placesOf(stem), section = 0, rare = Math.log(1 + all / (list.length + 1)) + .2;
          if (list.length) term.rare = Math.max(term.rare, rare * term.fits[stem]);
          list.forEach(function (number) {
            section += number >> 3;
            var points = 2 << (number & 7);
            var score = term.fits[stem] * rare * points / (points + USUAL);
            hits[section] = Math.max(hits[section] || 0, score);
          });
        });
        Object.keys(hits).forEach(function (section) {
          var page = pageOf[section];
          var entry = scores[page] = scores[page] || { page: +page, terms: [], sections: {} };
          var of = entry.terms[nth] = entry.terms[nth] || { best: 0, sum: 0 };
          of.best = Math.max(of.best, hits[section]);
          of.sum += hits[section];
          entry.sections[section] = (entry.sections[section] || 0) + hits[section];
        });
      });
      // Who writes three words means all of them: a page counts for less by what it lacks, and the more so the rarer that is. Common words are no condition.
      var telling = terms.filter(function (term) { return !term.isCommon; });
      var list = Object.keys(scores).map(function (page) { return judge(scores[page], terms, telling.length ? telling : terms); });
      var most = list.reduce(function (most, entry) { return Math.max(most, entry.share); }, 0);
      list = list.filter(function (entry) { return entry.share > most * .6; });
      question.marked = marks(telling.length ? telling : terms);
      return list.sort(function (a, b) { return b.score - a.score || a.page - b.page; });
    }

    /** The words to be marked in a text. */
    function marks(terms) {
      var marked = {};
      terms.forEach(function (term) {
        Object.keys(term.fits).forEach(function (stem) {
          if (term.fits[stem] < term.most * .5) return;
          forms[stem].forEach(function (form) { marked[words[form]] = true; });
        });
      });
      return marked;
    }

    function judge(entry, terms, telling) {
      var score = 0, found = 0, wanted = 0;
      telling.forEach(function (term) { wanted += term.rare; });
      terms.forEach(function (term, nth) {
        var of = entry.terms[nth];
        if (!of) return;
        if (telling.indexOf(term) >= 0) found += term.rare;
        score += of.best + .12 * Math.min(of.sum - of.best, 3 * of.best);
      });
      // A title made of the words asked for: the more of it they are, the better.
      var title = titleOf(entry.page), covered = 0, told = 0;
      telling.forEach(function (term) {
        var fit = title.reduce(function (fit, word) { return Math.max(fit, fits(term, word)); }, 0);
        if (fit) { covered += fit; told += 1; }
      });
      if (told) score *= 1 + 1.2 * (told / telling.length) * Math.min(1, covered / title.length);
      var page = index.pages[entry.page];
      var share = wanted ? found / wanted : 0;
      score *= (1 + .06 * page[4]) * share * share;
      // The section that answers best, when it does so better than the page as a whole.
      var first = firstOf[entry.page], top = entry.sections[first] || 0, at = first;
      Object.keys(entry.sections).forEach(function (section) {
        if (entry.sections[section] > top * 1.15) { top = entry.sections[section]; at = +section; }
      });
      var section = at - first;
      return {
        page: entry.page, score: score, share: share, section: section,
        title: page[0], kind: index.kinds[page[2]], path: index.paths[page[3]],
        heading: section ? page[5][section * 2 - 1] : "",
        url: page[1] + ".html" + (section ? "#" + encodeURIComponent(page[5][section * 2 - 2]) : ""),
      };
    }

    /** The words of a title that tell it apart. */
    function titleOf(page) {
      if (titles[page]) return titles[page];
      var title = wordsOf(index.pages[page][0]).map(function (word) { return word.folded; });
      var telling = title.filter(function (word) {
        var at = place(word);
        return at < 0 || !isCommon(stems[at]);
      });
      return (titles[page] = telling.length ? telling : title);
    }

    /** Where a word stands among the words; -1 when it does not. */
    function place(word) {
      for (var low = 0, high = words.length - 1; low <= high;) {
        var middle = (low + high) >> 1;
        if (words[middle] === word) return middle;
        if (words[middle] < word) low = middle + 1; else high = middle - 1;
      }
      return -1;
    }

    /** How well a word of a title fits a word asked for: other forms of it the better the more letters they share. */
    function fits(term, word) {
      if (word === term.folded) return 1;
      var at = place(word), fit = at < 0 ? 0 : term.fits[stems[at]] || 0, same = 0;
      while (same < word.length && word[same] === term.folded[same]) same += 1;
      return fit * .9 * same / Math.max(word.length, term.folded.length);
    }

    return {
      understand: understand,
      rank: rank,
      /** Takes the places that a file holds. */
      take: function (file, text) {
        read(text, index.parts[file], (index.parts[file + 1] || forms.length) - index.parts[file]);
      },
      has: function (file) { return index.parts[file] in starts; },
      /** The file with the texts of a page, and the place of the page in it. */
      textsOf: function (page) {
        var file = 0;
        while (file + 1 < index.texts.length && index.texts[file + 1] <= page) file += 1;
        return [file, page - index.texts[file]];
      },
    };
  }

  /** The index of the letter where n code points end. */
  function cut(text, n) {
    for (var at = 0; n > 0; n -= 1) at += text.codePointAt(at) > 65535 ? 2 : 1;
    return at;
  }

  /** A piece of a text around what was asked for, as parts of which some are marked. */
  function excerpt(text, marked, length) {
    var hits = wordsOf(text).filter(function (word) { return marked[word.folded]; });
    var best = 0, most = 0;
    hits.forEach(function (hit, nth) {
      var seen = {}, count = 0;
      for (var at = nth; at < hits.length && hits[at].end - hit.at < length * .7; at += 1) {
        count += seen[hits[at].folded] ? .1 : 1;
        seen[hits[at].folded] = true;
      }
      if (count > most) { most = count; best = hit.at; }
    });
    var from = Math.max(0, best - Math.round(length * .3)), to = Math.min(text.length, from + length);
    from = Math.max(0, Math.min(from, to - length));
    if (from) from = Math.min(best, text.indexOf(" ", from) + 1);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    var parts = [], at = from;
    if (from) parts.push(["… "]);
    hits.forEach(function (hit) {
      if (hit.at < at || hit.end > to) return;
      if (hit.at > at) parts.push([text.slice(at, hit.at)]);
      parts.push([text.slice(hit.at, hit.end), true]);
      at = hit.end;
    });
    if (to > at) parts.push([text.slice(at, to)]);
    if (to < text.length) parts.push([" …"]);
    return parts;
  }

  return { open: open, excerpt: excerpt, fold: fold, distance: distance, numbers: numbers };
})();
