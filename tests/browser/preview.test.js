// The live preview in a real Chromium: a save shows where the reader was, styles without a reload, and what is told is text.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { audited, watched } from "./browser.js";

const program = process.env.PORTOLAN ?? fileURLToPath(new URL("../../target/debug/portolan", import.meta.url));
const long = Array.from({ length: 60 }, (_, number) => `Paragraph ${number}.\n`).join("\n");
const hostile = "channels/<img src=x onerror=document.title='owned'>.md";
const channel = "---\ntitle: Good\nplatform: web\npurpose: Reach families\n---\nText.\n";

let folder, child, address;

const save = (name, text) => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const article = (word) => `# First\n\n${long}\n\n<details><summary>More</summary>\n\nHidden ${word}.\n\n</details>\n\nThe word is ${word}.\n`;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "portolan-preview-"));
  save("playbook.yaml", "title: Preview\nlanguage: en\n");
  save("README.md", "# Preview\n\nWelcome.\n");
  save("first.md", article("one"));
  save(hostile, channel);
  child = spawn(program, ["serve", folder, "--port", "0", "--edition", "staff", "--lang", "en"]);
  address = await new Promise((done, failed) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
      const found = /http:\S+/.exec(said);
      if (found) done(found[0]);
    });
    child.on("exit", () => failed(new Error("the preview ended")));
  });
});

after(() => {
  child.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
});

async function opened(path, options) {
  const { page, faults, close } = await watched(options);
  await page.goto(address + path);
  await page.locator("portolan-preview .edition").waitFor();
  // Requests to the preview itself, and those that a reload or the end of the test cuts off.
  const others = () => faults.filter((fault) => !fault.includes(address.slice(0, -1)));
  return { page, others, close };
}

describe("preview", () => {
  test("a save shows, and the reader stays where they were", async () => {
    const { page, others, close } = await opened("first.html");
    await page.evaluate(() => {
      document.querySelector("main details")?.setAttribute("open", "");
      scrollTo(0, 700);
    });
    const shown = Date.now();
    save("first.md", article("two"));
    await page.getByText("The word is two.").waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 700) < 3);
    assert.ok(Date.now() - shown < 30_000);
    assert.equal(await page.evaluate(() => document.querySelector("main details")?.open ?? true), true);
    await close();
    assert.deepEqual(others(), []);
  });

  test("a style comes without a reload", async () => {
    const { page, others, close } = await opened("first.html");
    await page.evaluate(() => { globalThis.sameDocument = true; });
    save("theme/style.css", "h1 { letter-spacing: 7px; }\n");
    const spacing = (wish) => page.waitForFunction((wish) => getComputedStyle(document.querySelector("h1")).letterSpacing === wish, wish);
    await spacing("7px");
    save("theme/style.css", "h1 { letter-spacing: 9px; }\n");
    await spacing("9px");
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
    await close();
    assert.deepEqual(others(), []);
  });

  test("what is wrong is told as text, can be closed, and goes when it is mended", async () => {
    const { page, others, close } = await opened("", { bypassCSP: true });
    const title = await page.title();
    const box = page.locator("portolan-preview .preview");
    save(hostile, "---\ntitle: [<script>document.title='owned'</script>\nplatform: web\n---\nText.\n");
    await page.locator("portolan-preview .error .place").first().waitFor();
    assert.match(await box.innerText(), /onerror=document\.title='owned'>\.md:2:\d+/);
    assert.match(await box.innerText(), /<script>document\.title='owned'<\/script>/);
    assert.equal(await box.locator("img, script").count(), 0);
    assert.equal(await page.title(), title);
    assert.deepEqual(await audited(page), []);
    const head = box.locator("button.head");
    assert.equal(await head.getAttribute("aria-expanded"), "true");
    await head.click();
    assert.equal(await box.locator(".list").isVisible(), false);
    if (process.env.SHOTS) {
      await head.click();
      await page.screenshot({ path: join(process.env.SHOTS, "preview.png") });
      await page.setViewportSize({ width: 390, height: 800 });
      await page.screenshot({ path: join(process.env.SHOTS, "preview-narrow.png") });
    }
    save(hostile, channel);
    await page.locator("portolan-preview .preview:not(.error)").waitFor();
    assert.equal(await page.title(), title);
    await close();
    assert.deepEqual(others(), []);
  });

  test("a page that is gone says so, and goes on when it is back", async () => {
    save("passing.md", "# Passing\n\nHere.\n");
    const { page, others, close } = await opened("passing.html");
    await page.getByText("Here.").waitFor();
    rmSync(join(folder, "passing.md"));
    await page.locator("portolan-preview .why").getByText("no longer exists").waitFor({ state: "attached" });
    save("passing.md", "# Passing\n\nBack again.\n");
    await page.getByText("Back again.").waitFor();
    await close();
    // A browser tells of every page that is not there, and this one was not: who asks at the wrong moment hears it.
    assert.deepEqual(others().filter((fault) => !fault.includes("404 (Not Found)")), []);
  });
});
