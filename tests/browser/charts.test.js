// Every chart of the gallery that `cargo test` writes, looked at as a reader's browser paints it: texts of 12 px and more that lie on nothing, contrasts from the real colours, no fault for assistive technology.
// SHOTS=folder writes a picture of every chart there, for people.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";
import { colours, lengths } from "./drawing.js";

const gallery = process.env.CHARTS ?? fileURLToPath(new URL("../../target/chart-gallery", import.meta.url));
const pages = readdirSync(gallery).filter((name) => name.endsWith(".html")).sort();
const url = (name) => pathToFileURL(join(gallery, name)).href;

/** A font that the program's table of widths covers, and a wider one that many Linux systems have; texts in it may reach a little into the margin of the page. */
const FONTS = { "Liberation Sans": 1, "DejaVu Sans": 8 };

/** Opens each page in one way and gives it to a look, which returns faults. */
async function each(options, look) {
  const { page, faults, close } = await watched({ bypassCSP: true, reducedMotion: "reduce", ...options });
  for (const name of pages) {
    await page.goto(url(name));
    faults.push(...(await look(page)).map((fault) => `${name}: ${fault}`));
  }
  await close();
  return faults;
}

describe("the gallery of charts", () => {
  test("is there", () => {
    assert.ok(pages.length >= 3, `${gallery}: ${pages}: run cargo test first`);
  });

  for (const [name, options] of [
    ["light, 1280 px", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
    ["dark, 1280 px", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
    ["light, 320 px", { colorScheme: "light", viewport: { width: 320, height: 640 } }],
    ["dark, 320 px", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
    ["forced colours, 1280 px", { forcedColors: "active", viewport: { width: 1280, height: 900 } }],
    ["forced colours, dark, 320 px", { forcedColors: "active", colorScheme: "dark", viewport: { width: 320, height: 640 } }],
  ]) {
    test(`axe, ${name}`, async () => {
      const faults = await each(options, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details.chart-data").forEach((details) => (details.open = true)));
        return audited(page);
      });
      assert.deepEqual(faults, []);
    });
    test(`contrast, ${name}`, async () => {
      assert.deepEqual(await each(options, (page) => page.evaluate(colours)), []);
    });
  }

  for (const width of [1280, 620, 390, 320]) {
    for (const [font, spill] of Object.entries(FONTS)) {
      test(`texts, ${width} px, ${font}`, async () => {
        const faults = await each({ viewport: { width, height: 900 } }, async (page) => {
          await page.addStyleTag({ content: `:root { --text: "${font}"; }` });
          return page.evaluate(lengths, spill);
        });
        assert.deepEqual(faults, []);
      });
    }
  }

  test("nothing is wider than a small telephone", async () => {
    const faults = await each({ viewport: { width: 320, height: 640 } }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      return wide > 0 ? [`${wide} px too wide`] : [];
    });
    assert.deepEqual(faults, []);
  });

  test("these tests can see", async () => {
    const { page, close } = await watched({ bypassCSP: true });
    await page.goto(url(pages[0]));
    await page.evaluate(() => {
      const svg = document.querySelector(".chart-wide svg");
      svg.innerHTML = '<g class="tick"><text x="5" y="50">one</text><text x="9" y="50">two</text><text x="-40" y="90">three</text></g>';
      svg.innerHTML += '<g font-size="9"><text x="200" y="90" fill="#ddd" style="fill: #ddd">four</text></g><path class="f1" style="fill: #eee" d="M300 9h20v20h-20z"/>';
    });
    const told = [...(await page.evaluate(lengths)), ...(await page.evaluate(colours))].join("\n");
    for (const part of ["«one» lies on «two»", "«three» leaves the drawing", "«four» is", "«four» has", "f1 has"]) assert.ok(told.includes(part), `${part}: ${told.slice(0, 900)}`);
    await close();
  });

  if (process.env.SHOTS) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 390]) {
        test(`pictures, ${colorScheme}, ${width} px`, async () => {
          const folder = join(process.env.SHOTS, `${width}-${colorScheme}`);
          mkdirSync(folder, { recursive: true });
          const faults = await each({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
            for (const figure of await page.locator("figure.chart").all()) {
              await figure.screenshot({ path: join(folder, `${await figure.getAttribute("id")}.png`) });
            }
            return [];
          });
          assert.deepEqual(faults, []);
        });
      }
    }
  }
});
