// Every chart of the gallery that `cargo test` writes, looked at as a reader's browser paints it: texts of 12 px and more that lie on nothing, contrasts from the real colours, no fault for assistive technology.
// SHOTS=folder writes a picture of every chart there, for people.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { audited, watched } from "./browser.js";
import { colours, lengths } from "./drawing.js";
import { script } from "./minify.js";

const gallery = process.env.CHARTS ?? fileURLToPath(new URL("../../target/chart-gallery", import.meta.url));
const pages = readdirSync(gallery).filter((name) => name.endsWith(".html")).sort();
const url = (name) => pathToFileURL(join(gallery, name)).href;

/** A font that the program's table of widths covers, and a wider one that many Linux systems have; texts in it may reach a little into the margin of the page. */
const FONTS = { "Liberation Sans": 1.5, "DejaVu Sans": 9 };

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
  test("the sheets of a page of text stay below 12 KiB", () => {
    const sheets = readdirSync(join(gallery, "assets")).filter((name) => /^(portolan|boxes|brand)\..*css$/.test(name));
    const weigh = (name) => gzipSync(readFileSync(join(gallery, "assets", name)), { level: 9 }).length;
    const weight = sheets.map(weigh).reduce((sum, one) => sum + one);
    assert.ok(sheets.length >= 2 && weight <= 12 * 1024, `${sheets}: ${weight} bytes`);
  });

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
          await page.addStyleTag({ content: `:root { --text: "${font}"; --sans: "${font}"; }` });
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

describe("the script of charts", () => {
  const figure = "#line-followers";
  const line = url("line.html");

  /** The page of lines, scripts on. */
  async function opened(options = {}) {
    const look = await watched({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
    await look.page.goto(line);
    await look.page.locator(figure).scrollIntoViewIfNeeded();
    return look;
  }

  test("is what the source gives, and small", async () => {
    const { made, committed } = await script("chart.min.js");
    assert.equal(committed, made, "run `npm run minify`");
    assert.ok(committed.length <= 3584, `${committed.length} bytes`);
  });

  test("tells the nearest values under the pointer", async () => {
    const { page, faults, close } = await opened();
    const box = await page.locator(`${figure} .chart-wide svg`).boundingBox();
    const stops = (await page.locator(`${figure} .chart-wide svg`).getAttribute("data-x")).split(" ");
    const at = (row, shift = 0) => [box.x + (stops[row] / 100) * box.width + shift, box.y + box.height / 2];
    const tip = page.locator(`${figure} .chart-tip`);
    assert.equal(await tip.isVisible(), false);
    await page.mouse.move(...at(4, 6));
    assert.equal((await tip.innerText()).replace(/\s+/g, " "), "Marzo de 2026 Instagram 4219 Boletín 1431 LinkedIn 770 YouTube 442");
    await page.mouse.move(...at(0));
    assert.match(await tip.innerText(), /^Noviembre de 2025/);
    // The pointer may go onto the tip, which stays.
    const over = await tip.boundingBox();
    await page.mouse.move(over.x + over.width / 2, over.y + over.height / 2, { steps: 1 });
    assert.match(await tip.innerText(), /^Noviembre de 2025/);
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    await page.mouse.move(...at(4));
    await page.mouse.move(2, 2);
    assert.equal(await tip.isVisible(), false);
    await close();
    assert.deepEqual(faults, []);
  });

  test("goes through the values with the arrow keys", async () => {
    const { page, faults, close } = await opened();
    const box = page.locator(`${figure} .chart-box`);
    const tip = page.locator(`${figure} .chart-tip`);
    await box.focus();
    assert.match(await box.getAttribute("aria-label"), /^Instagram casi duplica sus seguidores\. Las flechas/);
    assert.equal(await box.getAttribute("role"), "group");
    for (const [key, start] of [["End", "Octubre de 2026"], ["ArrowLeft", "Septiembre de 2026"], ["Home", "Noviembre de 2025"], ["ArrowRight", "Diciembre de 2025"], ["ArrowLeft", "Noviembre de 2025"], ["ArrowLeft", "Noviembre de 2025"]]) {
      await page.keyboard.press(key);
      assert.ok((await tip.innerText()).startsWith(start), `${key}: ${await tip.innerText()}`);
    }
    const [cross, svg] = [await page.locator(`${figure} .chart-cross`).boundingBox(), await page.locator(`${figure} .chart-wide svg`).boundingBox()];
    const first = (await page.locator(`${figure} .chart-wide svg`).getAttribute("data-x")).split(" ")[0];
    assert.ok(Math.abs(cross.x - svg.x - (first / 100) * svg.width) < 1 && Math.abs(cross.height - svg.height) < 1, "the cross stands at the value");
    await page.keyboard.press("Escape");
    assert.equal(await tip.isVisible(), false);
    await page.keyboard.press("End");
    await page.keyboard.press("Tab");
    assert.equal(await tip.isVisible(), false);
    await close();
    assert.deepEqual(faults, []);
  });

  test("answers a touch, zoomed and on a telephone", async () => {
    const { page, faults, close } = await opened({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, deviceScaleFactor: 3 });
    const svg = page.locator(`${figure} .chart-narrow svg`);
    const box = await svg.boundingBox();
    const stops = (await svg.getAttribute("data-x")).split(" ");
    await page.touchscreen.tap(box.x + (stops[11] / 100) * box.width, box.y + 60);
    const tip = page.locator(`${figure} .chart-tip`);
    assert.match(await tip.innerText(), /^Octubre de 2026/);
    const seen = await tip.boundingBox();
    assert.ok(seen.x >= 0 && seen.x + seen.width <= 390, JSON.stringify(seen));
    await page.locator(`${figure} .chart-title`).tap();
    assert.equal(await tip.isVisible(), false);
    await close();
    assert.deepEqual(faults, []);
  });

  test("every chart with places answers both ways, and nothing spills", async () => {
    const faults = await each({ viewport: { width: 320, height: 700 } }, async (page) => {
      const told = [];
      for (const box of await page.locator(".chart-box[tabindex]").all()) {
        for (const key of ["Home", "End"]) {
          await box.press(key);
          const tip = box.locator(".chart-tip");
          if (!(await tip.isVisible()) || (await tip.innerText()).length < 3) told.push(`${key}: no words`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wide > 0) told.push(`${await box.getAttribute("aria-label")}: ${wide} px too wide`);
        }
      }
      return told;
    });
    assert.deepEqual(faults, []);
  });

  test("copies the figures as CSV and as a table", async () => {
    const { page, faults, close } = await opened();
    await page.locator(`${figure} .chart-source button`).first().click();
    assert.equal(await page.locator(`${figure} .chart-source [role=status]`).innerText(), "Copiado");
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (type) => (await item.getType(type)).text();
      return { plain: await text("text/plain"), html: await text("text/html") };
    });
    const rows = copied.plain.trimEnd().split(/\r?\n/);
    assert.equal(rows.length, 13);
    assert.equal(rows[0], '"Mes","Instagram","Boletín","LinkedIn","YouTube"');
    assert.equal(rows[1], '"Noviembre de 2025",3412,1238,604,388');
    assert.match(copied.html, /<table>.*3412.*<\/table>/s);
    // Decimal commas and signs of percent become plain numbers; what a spreadsheet would run becomes text.
    await page.evaluate(() => {
      const cells = document.querySelector("#line-followers tbody tr").cells;
      ["=1+1", "-1.234,5", "12,5 %", 'a "b"', ""].forEach((text, index) => (cells[index].textContent = text));
    });
    await page.locator(`${figure} .chart-source button`).first().click();
    const again = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(again.split(/\r?\n/)[1], `"'=1+1",-1234.5,12.5,"a ""b""",""`);
    await close();
    assert.deepEqual(faults, []);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`gives a picture, ${colorScheme}`, async () => {
      const { page, faults, close } = await opened({ colorScheme, acceptDownloads: true });
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`${figure} .chart-source button`).last().click()]);
      assert.equal(download.suggestedFilename(), "line-followers.png");
      const png = readFileSync(await download.path());
      if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, `picture-${colorScheme}.png`), png);
      await page.locator(`${figure} .chart-source button`).nth(1).click();
      await page.locator(`${figure} .chart-source [role=status]`, { hasText: "Copiado" }).waitFor();
      const copied = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const bitmap = await createImageBitmap(await item.getType("image/png"));
        return [bitmap.width, bitmap.height];
      });
      // Two px for each of the drawing, a margin, and a line for the title.
      const { width, height } = await page.locator(`${figure} .chart-wide svg`).evaluate(({ viewBox: { baseVal } }) => ({ width: baseVal.width, height: baseVal.height }));
      assert.deepEqual(copied, [2 * width + 64, 2 * (height + 48) + 32]);
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], copied);
      const inks = await page.evaluate(async (data) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)], { type: "image/png" }));
        const pen = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height }).getContext("2d");
        pen.drawImage(bitmap, 0, 0);
        const { data: px } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
        const counted = {};
        for (let at = 0; at < px.length; at += 4) {
          const colour = `rgb(${px[at]}, ${px[at + 1]}, ${px[at + 2]})`;
          counted[colour] = (counted[colour] ?? 0) + 1;
        }
        const line = getComputedStyle(document.querySelector("#line-followers .chart-wide .s1")).stroke;
        return { ground: counted[getComputedStyle(document.body).backgroundColor], line: counted[line], colours: Object.keys(counted).length };
      }, [...png]);
      assert.ok(inks.ground > 500_000 && inks.line > 2_000 && inks.colours > 50, JSON.stringify(inks));
      await close();
      assert.deepEqual(faults, []);
    });
  }

  test("is not needed", async () => {
    const { page, faults, close } = await opened({ javaScriptEnabled: false, permissions: [] });
    assert.equal(await page.locator(".chart-source button").count(), 0);
    assert.equal(await page.locator(`${figure} .chart-wide svg`).isVisible(), true);
    await page.locator(`${figure} summary`).click();
    assert.equal(await page.locator(`${figure} table`).isVisible(), true);
    await close();
    assert.deepEqual(faults, []);
  });
});
