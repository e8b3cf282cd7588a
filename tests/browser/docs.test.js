// The documentation as a site: a page of each sort, without fault for assistive technology, in light and dark.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const folder = join(process.env.SITES, "docs");
const pages = ["index.html", "guide/charts.html", "theme.html", "reference/findings.html", "reference/kinds/channel.html", "codes/p201.html", "concepts/metrics.html"];

for (const [colorScheme, width] of [["light", 1280], ["dark", 320]]) {
  test(`axe, ${colorScheme}, ${width} px`, async () => {
    const { page, faults, close } = await watched({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    for (const name of pages) {
      await page.goto(pathToFileURL(join(folder, name)).href);
      faults.push(...(await audited(page)).map((fault) => `${name}: ${fault}`));
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (sideways > 0) faults.push(`${name}: ${sideways} px too wide`);
    }
    await close();
    assert.deepEqual(faults, []);
  });
}
