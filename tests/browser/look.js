// Built sites in a real Chromium, opened from the disk as from a USB stick: readable without scripts, at 320 px and on paper, without fault for assistive technology, and asking nobody for anything.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const root = process.env.SITES;
assert.ok(root, "SITES names the folder with the editions of the example: run scripts/test");

/** All pages of an edition, paths below its folder. */
function pagesOf(edition) {
  const folder = join(root, edition);
  const names = readdirSync(folder, { recursive: true });
  // The page of a former address leads away before it can be looked at: published.test.js sees to those.
  const stays = (name) => !/http-equiv="refresh"/.test(readFileSync(join(folder, name), "utf8"));
  return names.filter((name) => name.endsWith(".html") && stays(name)).sort();
}

/** The template of a page: the class of its body, and for entities the folder, which is the kind. */
function templateOf(edition, page) {
  const html = readFileSync(join(root, edition, page), "utf8");
  const name = /<body class="([^"]*)"/.exec(html)?.[1] ?? "";
  const kind = name.includes("is-entity") ? page.split("/")[0] : "";
  const chart = /<figure[^>]*chart/.test(html) ? " with chart" : "";
  return `${name} ${kind}${chart}`.trim();
}

/** One page of each template. */
function samples(edition) {
  const found = new Map();
  for (const page of pagesOf(edition)) {
    const template = templateOf(edition, page);
    if (!found.has(template)) found.set(template, page);
  }
  return [...found.values()];
}

/** A page on the disk. That for nothing has addresses of a host: it is opened as a copy whose addresses are those of the folder. */
function url(edition, page) {
  const place = join(root, edition, page);
  const html = readFileSync(place, "utf8");
  if (!/<link rel="stylesheet" href="\//.test(html)) return pathToFileURL(place).href;
  const copy = mkdtempSync(join(tmpdir(), "portolan-look-"));
  cpSync(join(root, edition, "assets"), join(copy, "assets"), { recursive: true });
  writeFileSync(join(copy, "404.html"), html.replace(/(href|src)="\//g, '$1="'));
  return pathToFileURL(join(copy, "404.html")).href;
}

/** All that is asked of an edition. */
export function lookAt(edition) {
  describe(`the ${edition} edition`, () => {
    const pages = samples(edition);

    test("has a page of each template", () => {
      const templates = pages.map((page) => templateOf(edition, page));
      for (const part of ["is-home", "is-index", "is-entity", "is-article", "is-not-found", "is-glossary", "with chart"]) {
        assert.ok(templates.some((template) => template.includes(part)), `${part}: ${templates}`);
      }
    });

    for (const colorScheme of ["light", "dark"]) {
      for (const width of [1280, 320]) {
        // The editions share their templates: the larger one is looked at in two of the four ways.
        if (edition !== "public" && (colorScheme === "light") !== (width === 1280)) continue;
        test(`axe, ${colorScheme}, ${width} px`, async () => {
          const { page, faults, close } = await watched({
            colorScheme,
            viewport: { width, height: 900 },
            reducedMotion: "reduce",
            bypassCSP: true,
          });
          for (const name of pages) {
            await page.goto(url(edition, name));
            faults.push(...(await audited(page)).map((fault) => `${name}: ${fault}`));
          }
          await close();
          assert.deepEqual(faults, []);
        });
      }
    }

    test("nothing is wider than a small telephone, with the spacing of who reads with difficulty too", async () => {
      // A page lets no sheet of others in: the spacing of WCAG 1.4.12 comes as that of an extension would.
      const { page, faults, close } = await watched({ bypassCSP: true, viewport: { width: 320, height: 640 } });
      for (const name of pages) {
        await page.goto(url(edition, name));
        for (const spacing of ["", "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"]) {
          if (spacing) await page.addStyleTag({ content: spacing });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wide > 0) faults.push(`${name}: ${wide} px too wide${spacing && " with wide letters"}`);
        }
      }
      await close();
      assert.deepEqual(faults, []);
    });

    test("works without scripts", async () => {
      const { page, faults, close } = await watched({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
      for (const name of pages) {
        await page.goto(url(edition, name));
        if (!(await page.locator("h1").first().isVisible())) faults.push(`${name}: no visible h1`);
        if ((await page.locator("main").innerText()).trim().length < 10) faults.push(`${name}: no text`);
        if (!(await page.locator("nav a[href]").filter({ visible: true }).count())) faults.push(`${name}: no visible navigation`);
        const charts = page.locator("figure svg[role=img], figure.chart svg");
        for (let index = 0; index < (await charts.count()); index += 1) {
          const box = await charts.nth(index).evaluate((svg) => {
            const shown = getComputedStyle(svg).display !== "none" && svg.parentElement.checkVisibility();
            const { width, height } = svg.getBoundingClientRect();
            return { shown, width, height };
          });
          if (box.shown && (box.width < 100 || box.height < 40)) faults.push(`${name}: a chart of ${box.width} × ${box.height}`);
        }
        const lacking = await page.locator("figure.chart").evaluateAll((figures) =>
          figures.flatMap((figure) => {
            const seen = [...figure.querySelectorAll("svg, .chart-table > *")].some((part) => part.checkVisibility());
            // Tables of words are their own; on the page of a metric the table of its values stands below the drawing.
            const told = figure.querySelector("table, .chart-table") ?? document.querySelector("main .figures table");
            return [...(seen ? [] : [`the chart ${figure.id} is not seen`]), ...(told ? [] : [`the chart ${figure.id} has no table`])];
          }),
        );
        faults.push(...lacking.map((fault) => `${name}: ${fault}`));
        if (templateOf(edition, name).includes("with chart") && !(await page.locator("figure.chart").count())) faults.push(`${name}: no chart`);
      }
      await close();
      assert.deepEqual(faults, []);
    });

    test("can be followed with the keyboard", async () => {
      const { page, faults, close } = await watched({ viewport: { width: 1280, height: 900 } });
      for (const name of pages) {
        await page.goto(url(edition, name));
        await page.keyboard.press("Tab");
        const skip = await page.evaluate(() => {
          const focused = document.activeElement;
          const box = focused.getBoundingClientRect();
          const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0;
          return { href: focused.getAttribute("href"), seen };
        });
        if (!skip.href?.startsWith("#") || !skip.seen) faults.push(`${name}: the first stop is no visible link to the text`);
        await page.keyboard.press("Enter");
        for (let wait = 0; wait < 40 && !page.url().endsWith(skip.href ?? "?"); wait += 1) await page.waitForTimeout(25);
        if (!page.url().endsWith(skip.href ?? "?")) faults.push(`${name}: the link to the text leads nowhere`);
      }
      await close();
      assert.deepEqual(faults, []);
    });

    test("prints", async () => {
      const { page, faults, close } = await watched({ viewport: { width: 1280, height: 900 } });
      for (const name of pages) {
        await page.goto(url(edition, name));
        const pdf = await page.pdf({ format: "A4", printBackground: false });
        const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
        if (sheets < 1 || sheets > 40) faults.push(`${name}: ${sheets} sheets`);
        await page.emulateMedia({ media: "print" });
        // A report has its title on a cover of its own.
        const titled = await page.evaluate(() => [...document.querySelectorAll("h1, .report-title")].some((title) => title.checkVisibility()));
        if (!titled) faults.push(`${name}: no title on paper`);
        await page.emulateMedia({ media: null });
      }
      await close();
      assert.deepEqual(faults, []);
    });
  });
}

/** A test that cannot fail is none. */
export function canSee() {
  test("these tests can see", async () => {
    const { page, faults, close } = await watched({ viewport: { width: 320, height: 640 }, bypassCSP: true });
    await page.setContent("<html lang=en><title>x</title><main><h1>x</h1><img src=a.png><p style='width:900px'>wide</p></main>");
    assert.ok((await audited(page)).some((fault) => fault.startsWith("image-alt:")));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth));
    await page.evaluate(() => console.error("seen"));
    assert.ok(faults.some((fault) => fault.includes("seen")));
    await close();
  });
}
