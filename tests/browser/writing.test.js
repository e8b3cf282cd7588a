// What pages are written with, in a real Chromium: terms that say what they mean, flows and boxes in wide and narrow windows.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const sites = process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test");
const url = (file) => pathToFileURL(join(sites, "staff", file)).href;
const flow = url("procedimientos/publicar.html");
const terms = url("escuchar/que-es-gestion-de-comunidad.html");

describe("terms", () => {
  test("show what they mean on focus and on pointing, and Escape takes it away", async () => {
    const { page, faults, close } = await watched({});
    await page.goto(terms);
    const term = page.locator("a.term").first();
    const note = page.locator(`#${await term.getAttribute("aria-describedby")}`);
    assert.equal(await note.isVisible(), false);
    await term.focus();
    await note.waitFor({ state: "visible" });
    const [word, box] = [await term.boundingBox(), await note.boundingBox()];
    assert.ok(box.y >= word.y + word.height - 2 || box.y + box.height <= word.y + 2, "it does not cover the word");
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "hidden" });
    await term.hover();
    await note.waitFor({ state: "visible" });
    await note.hover();
    await page.waitForTimeout(400);
    assert.equal(await note.isVisible(), true, "it stays while it is pointed at");
    await page.mouse.move(0, 0);
    await note.waitFor({ state: "hidden" });
    assert.deepEqual(faults, []);
    await close();
  });

  test("open on a tap and lead on from there", async () => {
    const { page, faults, close } = await watched({ hasTouch: true, viewport: { width: 390, height: 800 } });
    await page.goto(terms);
    const before = page.url();
    const term = page.locator("a.term").first();
    const note = page.locator(`#${await term.getAttribute("aria-describedby")}`);
    await term.tap();
    await note.waitFor({ state: "visible" });
    assert.equal(page.url(), before);
    const box = await note.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    await note.locator("a").first().tap();
    await page.waitForURL((now) => now.href !== before);
    assert.deepEqual(faults, []);
    await close();
  });

  test("are plain links without a script", async () => {
    const { page, close } = await watched({ javaScriptEnabled: false });
    await page.goto(terms);
    assert.match(await page.locator("a.term").first().getAttribute("href"), /\.html/);
    assert.equal(await page.locator(".term-note").first().isVisible(), false);
    await close();
  });
});

describe("flows", () => {
  for (const [width, scheme] of [[1280, "light"], [390, "light"], [1280, "dark"], [390, "dark"]]) {
    test(`can be read at ${width} in the ${scheme}`, async () => {
      const { page, faults, close } = await watched({
        bypassCSP: true,
        colorScheme: scheme,
        viewport: { width, height: 900 },
      });
      await page.goto(flow);
      const list = page.locator(".flow-list ol");
      const drawn = await page.locator(".flow > svg:visible").count();
      assert.ok(drawn === 1 || (await list.isVisible()), "a drawing or the list");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      assert.deepEqual(await audited(page), []);
      assert.deepEqual(faults, []);
      await close();
    });
  }

  test("say everything in the list, with ways that lead to its steps", async () => {
    const { page, close } = await watched({});
    await page.goto(flow);
    await page.locator(".flow-list > summary").click();
    const ways = page.locator(".flow-list li li a");
    assert.ok((await ways.count()) >= 6);
    for (const way of await ways.all()) {
      assert.equal(await page.locator(await way.getAttribute("href")).count(), 1);
    }
    await close();
  });
});
