// The search itself, without a browser: reading the index, finding words, marking them. What is found first is asked in search.test.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import vm from "node:vm";
import { names, script } from "./minify.js";

const source = readFileSync(new URL("../../themes/default/search-engine.js", import.meta.url), "utf8");
const context = vm.createContext({});
vm.runInContext(source, context);
const { distance, excerpt, fold, numbers, open } = context.portolanSearch;
const plain = (value) => JSON.parse(JSON.stringify(value));

/** As src/search/digits.rs writes them. */
function digits(list) {
  let text = "";
  for (let number of list) {
    for (;;) {
      const more = number >= 32;
      const code = 35 + ((number & 31) | (more ? 32 : 0));
      text += String.fromCharCode(code >= 92 ? code + 1 : code);
      number >>= 5;
      if (!more) break;
    }
  }
  return text;
}

/** Words with their stem, and for each stem its sections as [section, weight]. */
function index(pages, words, places) {
  let terms = "";
  let before = "";
  let next = 0;
  const stems = words.map(([word, stem]) => {
    let same = 0;
    while (same < 25 && same < word.length && word[same] === before[same]) same += 1;
    terms += String.fromCharCode(65 + same) + word.slice(same);
    before = word;
    const back = next - stem;
    if (!back) next += 1;
    return back;
  });
  const written = places.flatMap((list) => {
    let last = 0;
    return [list.length, ...list.map(([section, weight]) => {
      const number = ((section - last) << 3) | weight;
      last = section;
      return number;
    })];
  });
  return { kinds: ["Canal", "Lista"], paths: [""], parts: [], texts: [0], pages, terms, stems: digits(stems), places: digits(written) };
}

const small = open(index(
  [["Canales", "canales/index", 1, 0, 0, []], ["Instagram", "canales/instagram", 0, 0, 1, ["tono", "Tono"]], ["Boletín", "canales/boletin", 0, 0, 0, []]],
  [["boletin", 0], ["boletines", 0], ["canal", 1], ["canales", 1], ["campana", 2], ["instagram", 3], ["tono", 4]].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([word], at, all) => {
    const stemOf = { boletin: "b", boletines: "b", canal: "c", canales: "c", campana: "n", instagram: "i", tono: "t" };
    const order = [...new Set(all.map(([name]) => stemOf[name]))];
    return [word, order.indexOf(stemOf[word])];
  }),
  // In the order of their first word: boletin, campana, canal, instagram, tono.
  [[[3, 6]], [[2, 2]], [[0, 6], [1, 2]], [[1, 6], [3, 2]], [[2, 5]]],
));
const first = (text) => {
  const question = small.understand(text);
  return plain(small.rank(question)).map((result) => result.url);
};

describe("the search", () => {
  test("folds as the index does", () => {
    assert.equal(fold("ÑANDÚ Œuvre ﬁn cafe\u0301"), "nandu œuvre fin cafe");
  });

  test("reads numbers of any length", () => {
    const list = [0, 1, 31, 32, 57, 58, 1023, 1024, 99999, 3000000];
    assert.deepEqual(plain(numbers(digits(list))), list);
    assert.ok(!/["\\]/.test(digits(list)));
  });

  test("counts slips of the fingers, swapped letters as one", () => {
    assert.equal(distance("instgram", "instagram", 2), 1);
    assert.equal(distance("isntagram", "instagram", 2), 1);
    assert.equal(distance("boletin", "boletin", 2), 0);
    assert.equal(distance("gato", "elefante", 2), 3);
    assert.equal(distance("a".repeat(80), "b", 2), 3);
  });

  test("finds by the beginning, by other forms, and nearly", () => {
    assert.equal(first("insta")[0], "canales/instagram.html");
    assert.equal(first("BOLETÍN")[0], "canales/boletin.html");
    assert.equal(first("boletines")[0], "canales/boletin.html");
    assert.equal(first("instagarm")[0], "canales/instagram.html");
    assert.equal(first("instagrams")[0], "canales/instagram.html");
    assert.deepEqual(plain(small.understand("instgram").instead), [["instgram", "instagram"]]);
    assert.deepEqual(first("xyzxyz"), []);
    assert.deepEqual(first("  ¡!  "), []);
  });

  test("puts the page called so first, and names the section that answers", () => {
    assert.equal(first("canal")[0], "canales/index.html");
    assert.equal(first("tono")[0], "canales/instagram.html#tono");
    const [result] = small.rank(small.understand("tono instagram"));
    assert.equal(result.title, "Instagram");
  });

  test("stands any question", () => {
    for (const text of ["constructor", "__proto__", "toString hasOwnProperty", "<img src=x onerror=alert(1)>", "a".repeat(5000), "\u0301\u0301", "𝒜🙂", "' OR 1=1 --"]) {
      assert.ok(Array.isArray(plain(small.rank(small.understand(text)))), text);
    }
  });

  test("shows a text around what was asked for", () => {
    const text = `${"Antes de nada hay que decir algo. ".repeat(10)}La contraseña se cambia cada año. ${"Después se dice más. ".repeat(10)}`;
    const parts = plain(excerpt(text, { contrasena: true }, 120));
    assert.deepEqual(parts.find((part) => part[1]), ["contraseña", true]);
    const shown = parts.map((part) => part[0]).join("");
    assert.ok(shown.startsWith("… ") && shown.endsWith(" …") && shown.length < 140, shown);
    assert.deepEqual(plain(excerpt("Corto.", {}, 120)), [["Corto."]]);
    assert.deepEqual(plain(excerpt("", { a: true }, 120)), []);
    assert.equal(plain(excerpt("x".repeat(500), {}, 120)).map((part) => part[0]).join("").length < 520, true);
  });
});

for (const name of names) {
  test(`${name} is made of what stands beside it`, async () => {
    const { made, committed } = await script(name);
    assert.equal(committed, made, "run `npm run minify`");
  });
}
