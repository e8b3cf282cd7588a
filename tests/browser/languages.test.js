// A site in two languages, walked from page to page in a browser: the switch stays on the page, by pointer and by keyboard, wide and on a telephone, and what is not translated is marked. SITES/bilingual is the public edition of tests/playbooks/bilingual.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const folder = join(process.env.SITES ?? "", "bilingual");
const url = (name) => pathToFileURL(join(folder, name)).href;
const inSite = (page) => decodeURI(new URL(page.url()).pathname).slice(folder.length + 1);

const PAIRS = [
  ["index.html", "en/index.html"],
  ["canales/instagram.html", "en/channels/instagram.html"],
  ["glosario/index.html", "en/glossary/index.html"],
  ["articulos/sin-traducir.html", "en/articulos/sin-traducir.html"],
];

describe("a site in two languages", () => {
  test("is there", () => assert.ok(existsSync(join(folder, "en/index.html")), folder));

  for (const [name, viewport] of [["wide", { width: 1280, height: 900 }], ["on a telephone", { width: 390, height: 844 }]]) {
    test(`leads to the same page in the other language, ${name}`, async () => {
      const { page, faults, close } = await watched({ viewport });
      for (const [es, en] of PAIRS) {
        await page.goto(url(es));
        await page.getByRole("link", { name: "English" }).click();
        assert.equal(inSite(page), en);
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
        const back = page.getByRole("link", { name: "Español" });
        assert.equal(await back.getAttribute("lang"), "es");
        assert.equal(await back.getAttribute("hreflang"), "es");
        await back.focus();
        await page.keyboard.press("Enter");
        await page.waitForURL(url(es));
        assert.equal(await page.locator("html").getAttribute("lang"), "es");
      }
      assert.deepEqual(faults, []);
      await close();
    });

    test(`fits and is fit for assistive technology, ${name}`, async () => {
      for (const colorScheme of ["light", "dark"]) {
        const { page, faults, close } = await watched({ viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" });
        for (const name of PAIRS.flat()) {
          await page.goto(url(name));
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (over > 0) faults.push(`${name}: ${over} px too wide`);
          const size = await page.locator(".languages a").evaluate((link) => [link.getBoundingClientRect().height, parseFloat(getComputedStyle(link).fontSize)]);
          if (size[0] < 24 || size[1] < 13) faults.push(`${name}: the switch is too small (${size})`);
          faults.push(...(await audited(page)).map((fault) => `${name} ${colorScheme}: ${fault}`));
        }
        assert.deepEqual(faults, []);
        await close();
      }
    });
  }

  test("marks what is not translated", async () => {
    const { page, faults, close } = await watched();
    await page.goto(url("en/articulos/sin-traducir.html"));
    assert.equal(await page.locator("h1").getAttribute("lang"), "es");
    assert.match(await page.locator(".translation-note").innerText(), /not been translated yet/);
    await page.goto(url("en/channels/index.html"));
    assert.equal(await page.locator("main a", { hasText: "Boletín" }).getAttribute("lang"), "es");
    assert.deepEqual(faults, []);
    await close();
  });

  test("works without scripts, and says the pairs in its head", async () => {
    const { page, close } = await watched({ javaScriptEnabled: false });
    await page.goto(url("canales/instagram.html"));
    const pairs = await page.locator("link[hreflang]").evaluateAll((links) => links.map((link) => [link.hreflang, link.href]));
    assert.deepEqual(Object.fromEntries(pairs), {
      es: "https://olmo.example/guia/canales/instagram.html",
      "x-default": "https://olmo.example/guia/canales/instagram.html",
      en: "https://olmo.example/guia/en/channels/instagram.html",
    });
    await page.getByRole("link", { name: "English" }).click();
    assert.equal(inSite(page), "en/channels/instagram.html");
    await close();
  });
});
