// Filters over a list, from the disk: by words and by columns, kept in the address, and none without scripts.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const sites = process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test");
const url = (file) => pathToFileURL(join(sites, "staff", file)).href;

test("a long list is narrowed by words and by a column, and the address keeps it", async () => {
  const { page, faults, close } = await watched({ bypassCSP: true });
  await page.goto(url("indicadores/index.html"));
  const seen = () => page.locator(".index-table tbody tr:visible").count();
  const field = page.locator("#_filters input");
  const status = page.locator("#_filters [role=status]");
  const all = await seen();
  assert.ok(all >= 8);
  await field.fill("INSTAGRAM");
  const some = await seen();
  assert.ok(some > 0 && some < all);
  assert.match(await status.textContent(), new RegExp(`^${some} \\S+ ${all}$`));
  await page.reload();
  assert.equal(await seen(), some);
  await page.locator("#_filters button").click();
  assert.equal(await seen(), all);
  assert.equal(await status.textContent(), "");
  const select = page.locator("#_filters select").first();
  const option = await select.locator("option").nth(1).textContent();
  await select.selectOption({ index: 1 });
  assert.equal(await seen(), Number(/\((\d+)\)$/.exec(option)[1]));
  await field.fill("qwrtzxpq");
  assert.equal(await seen(), 0);
  assert.ok((await status.textContent()).length > 10);
  faults.push(...(await audited(page)));
  await close();
  assert.deepEqual(faults, []);
});

test("the glossary is narrowed with its letters", async () => {
  const { page, faults, close } = await watched({});
  await page.goto(url("glosario/index.html"));
  await page.locator("#_filters input").fill("bulo");
  const terms = await page.locator(".terms > div:visible").count();
  assert.ok(terms >= 1 && (await page.locator("section.letter:visible").count()) <= terms);
  await close();
  assert.deepEqual(faults, []);
});

test("without scripts nothing stands there, and the list is whole", async () => {
  const { page, faults, close } = await watched({ javaScriptEnabled: false });
  await page.goto(`${url("indicadores/index.html")}?q=instagram`);
  assert.equal(await page.locator("main input, main select, main button").count(), 0);
  assert.equal(await page.locator("#_filters").isVisible(), false);
  assert.ok((await page.locator(".index-table tbody tr:visible").count()) >= 8);
  await close();
  assert.deepEqual(faults, []);
});
