// A Chromium that keeps what pages complain of and whom they ask, and an audit by axe. One browser for each file of tests.

import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Asked for by name, as it is still on trial: who speaks a command says what is seen. */
const RULES = { "label-content-name-mismatch": { enabled: true } };
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;

before(async () => {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});

after(async () => {
  await browser?.close();
});

/** A page whose complaints and requests to others are kept. */
export async function watched(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) faults.push(`asks for ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const url = request.url();
    faults.push(`not found: ${url.startsWith("file:") ? fileURLToPath(url) : url}`);
  });
  return { page, faults, close: () => context.close() };
}

/** What axe has to say about the page as it stands. The page needs `bypassCSP`. */
export async function audited(page) {
  await page.addScriptTag({ content: axe.source });
  const { violations } = await page.evaluate(
    ({ runOnly, rules }) => globalThis.axe.run(document, { runOnly, rules, preload: false, resultTypes: ["violations"] }),
    { runOnly: TAGS, rules: RULES },
  );
  return violations.flatMap((violation) =>
    violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${node.html.slice(0, 160)} — ${node.failureSummary?.split("\n")[1] ?? ""}`),
  );
}
