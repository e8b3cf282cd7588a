// Every template and every component of the gallery that `cargo test` writes, in the default look and in one with a brand: axe in light and dark, on a wide and on a narrow window; and forced colours, more contrast, less motion.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const target = fileURLToPath(new URL("../../target/", import.meta.url));

/** Pages below a folder; those that only take links in are all alike. */
function pages(folder, from = folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path, from);
    return entry.name.endsWith(".html") ? [relative(from, path)] : [];
  });
}

const modes = ["light", "dark"].flatMap((colorScheme) => [1280, 320].map((width) => ({ colorScheme, viewport: { width, height: 800 } })));

for (const gallery of ["theme-gallery", "theme-gallery-brand"]) {
  describe(gallery, () => {
    const folder = join(target, gallery);
    const real = (page) => page.evaluate(() => !document.querySelector("h1").textContent.startsWith("Muestra "));
    for (const mode of modes) {
      test(`${mode.colorScheme}, ${mode.viewport.width} px`, async () => {
        const { page, close } = await watched({ ...mode, bypassCSP: true });
        const faults = [];
        let seen = 0;
        for (const name of pages(folder).sort()) {
          await page.goto(pathToFileURL(join(folder, name)).href);
          if (!(await real(page))) continue;
          seen += 1;
          faults.push(...(await audited(page)).map((fault) => `${name}: ${fault}`));
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (sideways > 0) faults.push(`${name}: ${sideways} px too wide`);
        }
        await close();
        assert.ok(seen >= 6, `${folder}: ${seen} pages: run cargo test first`);
        assert.deepEqual(faults, []);
      });
    }
  });
}

test("forced colours leave every state a shape, and the current page a line", async () => {
  const { page, close } = await watched({ forcedColors: "active", bypassCSP: true });
  await page.goto(pathToFileURL(join(target, "theme-gallery", "canales", "instagram.html")).href);
  const found = await page.evaluate(() => {
    const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
    return {
      tag: style(".tag").borderBlockStartWidth,
      shape: style(".tag", "::before").backgroundColor,
      current: style(".menu li a[aria-current]").outlineStyle,
    };
  });
  await close();
  assert.equal(found.tag, "1px");
  assert.notEqual(found.shape, "rgba(0, 0, 0, 0)");
  assert.equal(found.current, "solid");
});

test("who wants more contrast gets lines and quiet text in full ink", async () => {
  const { page, close } = await watched({ contrast: "more", bypassCSP: true });
  await page.goto(pathToFileURL(join(target, "theme-gallery", "index.html")).href);
  const found = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return ["--muted", "--ink", "--hairline", "--control"].map((name) => style.getPropertyValue(name).trim());
  });
  await close();
  assert.equal(found[0], found[1]);
  assert.equal(found[2], found[3]);
});

test("who wants less motion sees none", async () => {
  const { page, close } = await watched({ reducedMotion: "reduce", bypassCSP: true });
  await page.goto(pathToFileURL(join(target, "theme-gallery", "index.html")).href);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return [style.transitionDuration, style.animationDuration].some((time) => time.split(", ").some((one) => parseFloat(one) > 0));
    }).length,
  );
  await close();
  assert.equal(moving, 0);
});
