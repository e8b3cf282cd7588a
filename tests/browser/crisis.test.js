// Crisis cards in a real Chromium: each prints on one side of A4, works without scripts, and shows telephones to nobody but staff and the crisis team.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { watched } from "./browser.js";

const sites = process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test");
const cards = (edition) => {
  const folder = join(sites, edition, "escenarios");
  return readdirSync(folder).filter((name) => name !== "index.html" && name.endsWith(".html")).map((name) => join(folder, name));
};
const PHONE = /tel:|600 000 0/;
// The page of the card in CSS pixels: A4 without its margins of 12 and 14 mm.
const mm = 96 / 25.4;
const paper = { width: Math.floor((210 - 28) * mm), height: Math.floor((297 - 24) * mm) };

describe("crisis cards", () => {
  test("each stands on the first side of A4, with every text unfolded", async () => {
    const files = cards("staff");
    assert.ok(files.length >= 5);
    for (const javaScriptEnabled of [true, false]) {
      const { page, faults, close } = await watched({ javaScriptEnabled, viewport: paper });
      await page.emulateMedia({ media: "print" });
      for (const file of files) {
        await page.goto(pathToFileURL(file).href);
        const card = page.locator(".crisis-card");
        const box = await card.boundingBox();
        assert.ok(box.y + box.height <= paper.height, `${file}: ${box.y + box.height} of ${paper.height}`);
        for (const text of await card.locator(".say").all()) {
          assert.equal(await text.isVisible(), true, file);
        }
        assert.ok((await card.locator("a[href^='tel:']").count()) >= 3, file);
      }
      await close();
      assert.deepEqual(faults, []);
    }
  });

  test("is whole on the narrowest telephone", async () => {
    const { page, close } = await watched({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    for (const file of cards("crisis")) {
      await page.goto(pathToFileURL(file).href);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth <= 320"), true, file);
    }
    await close();
  });

  test("the crisis edition opens with what to do", async () => {
    const { page, close } = await watched({ viewport: { width: 390, height: 800 } });
    await page.goto(pathToFileURL(join(sites, "crisis", "index.html")).href);
    assert.equal(await page.locator(".page-body > *").first().getAttribute("class"), "part-note bad alarm");
    await close();
  });

  test("telephones reach neither the public nor the board", () => {
    for (const edition of ["public", "board"]) {
      const folder = join(sites, edition);
      const files = readdirSync(folder, { recursive: true }).filter((name) => /[.](html|csv|json|js|md|txt|ics)$/.test(name));
      assert.ok(files.length > 50);
      const leaks = files.filter((name) => PHONE.test(readFileSync(join(folder, name), "utf8")));
      assert.deepEqual(leaks, []);
    }
    assert.ok(cards("crisis").every((file) => PHONE.test(readFileSync(file, "utf8"))));
  });
});
