// Search in a real Chromium, from the disk: what is found first, the dialog, the page of results, and that nothing is loaded before.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { audited, watched } from "./browser.js";

const sites = process.env.SITES ?? assert.fail("SITES names the folder with the built sites: run scripts/test");
const url = (file, edition = "staff") => pathToFileURL(join(sites, edition, file)).href;

/** What people write, and the page that they mean. Accents are missing, plurals and singulars swapped, words begun or mistyped. */
const QUESTIONS = [
  ["staff/buscar.html", [
    ["boletin", "canales/boletin.html"],
    ["insta", "canales/instagram.html"],
    ["indicador", "indicadores/index.html"],
    ["contraseñas", "herramientas/gestor-de-contrasenas.html"],
    ["como responder a un insulto", "respuestas/insulto.html"],
    ["proteccion de datos", "funciones/proteccion-de-datos.html"],
    ["cuenta secuestrda", "escenarios/cuenta-secuestrada.html"],
    ["plantacion de invierno", "campanas/plantaciones-de-invierno.html"],
    ["cerrar cuenta x", "decisiones/cerrar-x.html"],
    ["presuspuesto", "calendario/presupuesto-2027-en-una-pagina.html"],
    ["verificacion dos pasos", "glosario/verificacion-en-dos-pasos.html"],
    ["centro escolar", "publicos/docentes.html"],
    ["marina olmdo", "personas/marina-olmedo.html"],
    ["evaluaciones tercer trimestre", "evaluaciones/tercer-trimestre-2026.html"],
    ["matriz riesgo", "matriz-de-riesgos.html"],
  ]],
  ["starter/search.html", [
    ["instagram", "channels/instagram.html"],
    ["newsleter", "channels/newsletter.html"],
    ["hijack", "scenarios/hijacked-account.html"],
    ["holding statements", "glossary/holding-statement.html"],
    ["neighbour", "audiences/neighbours.html"],
    ["role", "roles/index.html"],
    ["risks", "risk-matrix.html"],
    ["readyness", "crisis-readiness.html"],
    ["baselines", "glossary/baseline.html"],
    ["alice", "people/alice.html"],
    ["spokeperson", "roles/coordination.html"],
    ["whom to call", "in-a-crisis.html"],
    ["subscriber", "metrics/subscribers.html"],
    ["severity level", "severity/index.html"],
    ["account taken over", "templates/hijacked-account-statement.html"],
  ]],
];

/** Answers of the page of results. */
async function answers(page, file, text) {
  await page.goto(`${pathToFileURL(join(sites, file)).href}?q=${encodeURIComponent(text)}`);
  await page.locator("#_results .search-status:not(:empty)").waitFor();
  const root = pathToFileURL(join(sites, file.split("/")[0])).href;
  return page.locator("#_results .found").evaluateAll((links, root) => links.map((link) => link.href.split("#")[0].slice(root.length + 1)), root);
}

test("finds first what is meant", async () => {
  const { page, faults, close } = await watched({});
  const missed = [];
  let asked = 0;
  for (const [file, questions] of QUESTIONS) {
    for (const [text, meant] of questions) {
      assert.ok(existsSync(join(sites, file.split("/")[0], meant)), `${meant} is no page`);
      asked += 1;
      const found = await answers(page, file, text);
      if (found[0] !== meant) missed.push(`${text}: ${found.slice(0, 3).join(", ")} and not ${meant}`);
    }
  }
  await close();
  assert.deepEqual(faults, []);
  assert.equal(asked, 30);
  assert.ok(missed.length <= 2, missed.join("\n"));
});

describe("the dialog", () => {
  test("loads nothing before it is asked for", async () => {
    const { page, faults, close } = await watched({});
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(url("canales/instagram.html"));
    const search = () => loaded.filter((address) => /\/search[.-]/.test(address));
    assert.deepEqual(search(), []);
    await page.keyboard.press("/");
    await page.locator("dialog[open]").waitFor();
    await page.locator("input[placeholder]").waitFor();
    assert.equal(search().length, 3, search().join("\n"));
    await close();
    assert.deepEqual(faults, []);
  });

  for (const [name, open] of [
    ["/", (page) => page.keyboard.press("/")],
    ["Ctrl+K", (page) => page.keyboard.press("Control+k")],
    ["a click", (page) => page.locator("#_search").click()],
  ]) {
    test(`opens by ${name}, leads by the keyboard, and gives the focus back`, async () => {
      const { page, faults, close } = await watched({});
      await page.goto(url("personas/index.html"));
      await page.locator("#_search").focus();
      await open(page);
      const field = page.locator("#_search-field");
      await field.waitFor();
      assert.equal(await field.evaluate((one) => one === document.activeElement), true);
      await page.keyboard.type("canal");
      const options = page.locator(".search-list [role=option]");
      await options.first().waitFor();
      // The list of the first letters gives way to that of the whole word.
      await page.waitForTimeout(500);
      const active = () => field.getAttribute("aria-activedescendant");
      const [first] = [await active()];
      assert.equal(await options.first().getAttribute("id"), first);
      await page.keyboard.press("ArrowDown");
      assert.notEqual(await active(), first);
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(), first);
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(), await options.last().getAttribute("id"));
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("dialog[open]").count(), 0);
      assert.equal(await page.evaluate(() => document.activeElement.id), "_search");
      await open(page);
      // Who is quick gets what was typed, not what the list still shows.
      await page.keyboard.type("instagram");
      await page.keyboard.press("Enter");
      await page.waitForURL(/canales\/instagram\.html$/);
      await close();
      // What was on its way when the page was left is no fault.
      assert.deepEqual(faults.filter((fault) => !fault.includes("search-index/texts-")), []);
    });
  }

  test("leaves a slash in a field alone", async () => {
    const { page, faults, close } = await watched({});
    await page.goto(url("buscar.html"));
    const field = page.locator("#_results input");
    await field.waitFor();
    await field.focus();
    await page.keyboard.type("a/b");
    assert.equal(await field.inputValue(), "a/b");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await close();
    assert.deepEqual(faults, []);
  });

  test("says when there is nothing, and leads on", async () => {
    const { page, faults, close } = await watched({});
    await page.goto(url("canales/instagram.html"));
    await page.keyboard.press("/");
    await page.locator("#_search-field").fill("qwrtzxpq");
    const status = page.locator("dialog [role=status]");
    await status.filter({ hasText: "qwrtzxpq" }).waitFor();
    const on = page.locator("dialog .search-foot a");
    assert.ok(existsSync(fileURLToPath((await on.evaluate((link) => link.href)).split("?")[0])));
    await page.locator("#_search-field").fill("instgram");
    await status.filter({ hasText: "«instagram»" }).waitFor();
    await close();
    assert.deepEqual(faults, []);
  });
});

describe("the page of results", () => {
  test("takes a question as text, whatever it holds", async () => {
    const { page, faults, close } = await watched({});
    await page.addInitScript(() => { globalThis.hurt = 0; });
    for (const text of ['<img src="x" onerror="hurt=1">instagram', "</script><script>hurt=1</script>", "javascript:hurt=1", "%00 ' \" ` ${hurt=1}", "constructor __proto__"]) {
      await answers(page, "staff/buscar.html", text);
      assert.equal(await page.locator("#_results input").inputValue(), text);
      assert.equal(await page.locator("#_results img, #_results script").count(), 0);
      assert.equal(await page.evaluate(() => globalThis.hurt), 0);
    }
    await page.goto(`${url("buscar.html")}?q=%E0%A4%A&kind=%3Cb%3E`);
    await page.locator("#_results input").waitFor();
    await close();
    assert.deepEqual(faults, []);
  });

  test("shows one kind only, keeps it in the address, and goes on", async () => {
    const { page, faults, close } = await watched({});
    const all = await answers(page, "staff/buscar.html", "agua");
    const chips = page.locator(".results-kinds button");
    assert.equal(await chips.first().getAttribute("aria-pressed"), "true");
    const count = Number(await chips.nth(1).locator(".tally").textContent());
    assert.ok(count > 0 && all.length >= count);
    await chips.nth(1).click();
    assert.equal(await page.locator("#_results .found").count(), Math.min(count, 20));
    assert.match(page.url(), /q=agua&kind=/);
    await page.reload();
    await page.locator("#_results .found").first().waitFor();
    assert.equal(await page.locator("#_results .found").count(), Math.min(count, 20));
    await chips.first().click();
    const more = page.locator("#_results > .button");
    if (await more.isVisible()) {
      await more.click();
      assert.ok((await page.locator("#_results .found").count()) > 20);
    }
    await close();
    assert.deepEqual(faults, []);
  });

  test("is a directory without scripts", async () => {
    const { page, faults, close } = await watched({ javaScriptEnabled: false });
    await page.goto(url("canales/instagram.html"));
    assert.equal(await page.locator("#_search kbd").isVisible(), false);
    await page.locator("#_search").click();
    await page.waitForURL(/buscar\.html$/);
    assert.equal(await page.locator("main input, main button").count(), 0);
    const links = await page.locator(".directory a").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.length > 200);
    for (const link of links) assert.ok(existsSync(fileURLToPath(link.split("#")[0])), link);
    await close();
    assert.deepEqual(faults, []);
  });

  test("shows in an edition what it may see", async () => {
    const { page, faults, close } = await watched({});
    const found = await answers(page, "public/buscar.html", "Marina Olmedo contraseñas accesos");
    assert.ok(found.every((file) => existsSync(join(sites, "public", file))), found.join());
    assert.ok(!found.some((file) => file.startsWith("cuentas/")), found.join());
    await close();
    assert.deepEqual(faults, []);
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`axe, ${colorScheme}, ${width} px`, async () => {
      const { page, faults, close } = await watched({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce", bypassCSP: true });
      const check = async (where) => {
        faults.push(...(await audited(page)).map((fault) => `${where}: ${fault}`));
        const over = await page.evaluate(() => [document.scrollingElement, ...document.querySelectorAll("dialog[open], .search-list")].some((box) => box.scrollWidth > box.clientWidth + 1));
        if (over) faults.push(`${where}: wider than its place`);
      };
      await page.goto(url("canales/instagram.html"));
      await page.locator("#_search").click();
      await page.locator("#_search-field").waitFor();
      await check("empty dialog");
      await page.locator("#_search-field").fill("datos");
      await page.locator(".found-text mark").first().waitFor();
      await check("dialog");
      await page.locator("#_search-field").fill("qwrtzxpq");
      await page.locator(".found-none").waitFor();
      await check("dialog without answers");
      await answers(page, "staff/buscar.html", "instgram");
      await page.locator(".found-text mark").first().waitFor();
      await check("results");
      await page.goto(url("buscar.html"));
      await page.locator("#_results input").waitFor();
      await check("directory");
      await close();
      assert.deepEqual(faults, []);
    });
  }
}
