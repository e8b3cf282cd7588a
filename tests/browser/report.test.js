// A report of eight charts: light enough to be sent anywhere, whole without scripts, whole and in light colours on paper.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { watched } from "./browser.js";
import { lengths } from "./drawing.js";

const root = join(process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test"), "report");
const url = pathToFileURL(join(root, "index.html")).href;

describe("a report of eight charts", () => {
  test("weighs at most 90 KiB", () => {
    const html = readFileSync(join(root, "index.html"), "utf8");
    assert.equal(html.match(/<figure class="chart /g).length, 8);
    const loaded = [...html.matchAll(/(?:href|src)="(assets\/[^"]+\.(?:css|js))"/g)].map(([, path]) => path);
    assert.equal(loaded.length, 5, loaded.join(" "));
    const weigh = (name) => gzipSync(readFileSync(join(root, name)), { level: 9 }).length;
    const weight = ["index.html", ...loaded].reduce((sum, name) => sum + weigh(name), 0);
    assert.ok(weight <= 90 * 1024, `${weight} bytes`);
  });

  test("is whole without scripts", async () => {
    const { page, faults, close } = await watched({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    await page.goto(url);
    assert.equal(await page.locator("figure.chart svg").filter({ visible: true }).count(), 8);
    assert.equal(await page.locator("figure.chart button").count(), 0);
    for (const figure of await page.locator("figure.chart").all()) {
      assert.ok((await figure.locator(".chart-sentence").innerText()).length > 20);
      await figure.locator("summary").click();
      assert.ok((await figure.locator("tbody tr").count()) >= 3);
      assert.equal(await figure.locator("table").isVisible(), true);
    }
    await close();
    assert.deepEqual(faults, []);
  });

  test("prints whole, in light colours", async () => {
    const { page, faults, close } = await watched({ colorScheme: "dark", viewport: { width: 1280, height: 900 } });
    await page.goto(url);
    await page.locator(".chart-box").first().press("End");
    // A4 without its margins, in px.
    const [wide, high] = [(170 / 25.4) * 96, (261 / 25.4) * 96];
    await page.setViewportSize({ width: Math.floor(wide), height: Math.floor(high) });
    await page.emulateMedia({ media: "print" });
    const boxes = await page.locator(".chart-box").evaluateAll((boxes) =>
      boxes.map((box) => {
        const style = getComputedStyle(box);
        const [text, line] = ["text", ".s1, .f1, .v4"].map((selector) => [...box.querySelectorAll(selector)].find((part) => part.checkVisibility()));
        return {
          kept: style.breakInside,
          height: box.getBoundingClientRect().height,
          seen: [...box.querySelectorAll("svg")].filter((svg) => svg.checkVisibility()).length,
          text: getComputedStyle(text).fill,
          line: line && [getComputedStyle(line).stroke, getComputedStyle(line).fill].join(),
        };
      }),
    );
    for (const box of boxes) {
      assert.equal(box.kept, "avoid");
      assert.equal(box.seen, 1);
      assert.ok(box.height > 60 && box.height < high * 0.9, JSON.stringify(box));
      assert.match(box.text, /rgb\((27, 33, 38|82, 92, 102|10, 90, 106)\)/, "ink of the light scheme");
      assert.match(box.line, /rgb\((10, 90, 106|4, 48, 58)\)/, "colours of the light scheme");
    }
    assert.deepEqual(await page.evaluate(lengths, 9), []);
    for (const comfort of [".chart-source button", ".chart-tip", ".chart-cross", ".chart-source a"]) {
      assert.equal(await page.locator(comfort).filter({ visible: true }).count(), 0, comfort);
    }
    const pdf = await page.pdf({ format: "A4" });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    assert.ok(sheets >= 4 && sheets <= 16, `${sheets} sheets`);
    await close();
    assert.deepEqual(faults, []);
  });
});
