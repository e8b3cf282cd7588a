// The checklist of a path and the switch for gaps in a real Chromium: with and without script, with and without storage.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { watched } from "./browser.js";

const sites = process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test");
const url = (file) => pathToFileURL(join(sites, "staff", file)).href;
const path = url("itinerarios/primer-mes-analisis.html");

describe("checklist", () => {
  test("keeps its marks over a reload until they are taken away", async () => {
    const { page, faults, close } = await watched({});
    await page.goto(path);
    const boxes = page.locator(".checklist input[type=checkbox]");
    const said = page.locator(".check-progress [role=status]");
    const reset = page.locator(".check-progress button");
    const count = await boxes.count();
    assert.ok(count >= 3);
    assert.equal(await reset.isVisible(), false);
    await boxes.nth(0).check();
    await boxes.nth(2).check();
    const progress = await said.textContent();
    assert.match(progress, new RegExp(`2\\D+${count}`));
    await page.reload();
    assert.equal(await boxes.nth(0).isChecked(), true);
    assert.equal(await boxes.nth(1).isChecked(), false);
    assert.equal(await boxes.nth(2).isChecked(), true);
    assert.equal(await said.textContent(), progress);
    await reset.click();
    assert.equal(await page.locator(".checklist input:checked").count(), 0);
    await page.reload();
    assert.equal(await page.locator(".checklist input:checked").count(), 0);
    await close();
    assert.deepEqual(faults, []);
  });

  test("works without storage and says that nothing is kept", async () => {
    const { page, faults, close } = await watched({});
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("closed", "SecurityError"); } });
    });
    await page.goto(path);
    const boxes = page.locator(".checklist input[type=checkbox]");
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    assert.equal(await page.locator(".checklist input:checked").count(), 2);
    const lost = await page.locator(".checklist").first().getAttribute("data-lost");
    assert.ok((await page.locator(".check-progress").textContent()).includes(lost));
    await close();
    assert.deepEqual(faults, []);
  });

  test("has empty boxes without script", async () => {
    const { page, faults, close } = await watched({ javaScriptEnabled: false });
    await page.goto(path);
    const boxes = page.locator(".checklist span.check-box");
    assert.ok((await boxes.count()) >= 3);
    assert.ok((await boxes.first().boundingBox()).width > 20);
    assert.equal(await page.locator(".checklist input, .check-progress").count(), 0);
    await close();
    assert.deepEqual(faults, []);
  });
});

test("only the rows with gaps, without script", async () => {
  const { page, faults, close } = await watched({ javaScriptEnabled: false });
  await page.goto(url("cobertura.html"));
  const table = page.locator(".part-table:has(.only-gaps)").first();
  const seen = () => table.locator("tbody tr:visible").count();
  const all = await seen();
  const gaps = await table.locator("tbody tr.gap").count();
  assert.ok(gaps < all);
  await table.locator(".only-gaps input").check();
  assert.equal(await seen(), gaps);
  await table.locator(".only-gaps input").uncheck();
  assert.equal(await seen(), all);
  await close();
  assert.deepEqual(faults, []);
});
