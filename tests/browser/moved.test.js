// A former address leads to the present page, from a folder on disk and without a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { watched } from "./browser.js";

const sites = process.env.SITES;

for (const javaScriptEnabled of [true, false]) {
  test(`a former address leads on ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const { page, faults, close } = await watched({ javaScriptEnabled });
    const former = pathToFileURL(join(sites, "public", "canales", "newsletter.html")).href;
    await page.goto(former, { waitUntil: "commit" });
    await page.waitForURL(/canales\/boletin\.html$/);
    assert.equal(await page.locator("h1").textContent(), "Boletín");
    assert.deepEqual(faults, []);
    await close();
  });
}
