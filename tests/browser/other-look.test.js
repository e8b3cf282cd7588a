// A small playbook in another look (`tests/playbooks/other-look`): as readable as the default one.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const folder = join(process.env.SITES, "other-look");
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const url = (name) => pathToFileURL(join(folder, name)).href;

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`axe, ${colorScheme}, ${width} px`, async () => {
      const { page, faults, close } = await watched({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      for (const name of pages) {
        await page.goto(url(name));
        faults.push(...(await audited(page)).map((fault) => `${name}: ${fault}`));
      }
      await close();
      assert.ok(pages.length >= 5);
      assert.deepEqual(faults, []);
    });
  }
}

test("the look is its own, and the policy lets it through", async () => {
  const { page, faults, close } = await watched({ viewport: { width: 1280, height: 800 } });
  await page.goto(url("channels/newsletter.html"));
  const found = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { text: style("body").fontFamily, heading: style("h1").fontFamily, paper: style("body").backgroundColor, mark: style(".sheet-mark").borderBlockStartWidth };
  });
  await close();
  assert.match(found.text, /^ui-serif/);
  assert.match(found.heading, /^"Avenir Next"/);
  assert.deepEqual([found.paper, found.mark], ["rgb(255, 253, 245)", "2px"]);
  assert.deepEqual(faults, []);
});
