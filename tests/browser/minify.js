// Makes the scripts that are loaded minified of their sources: `npm run minify`. The gate holds one against the other.

import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

/** What is made, and of which files in this order. */
const MADE = { "chart.min.js": ["chart.js"], "filter.min.js": ["filter.js"], "search.min.js": ["search-engine.js", "search.js"] };

const place = (name) => new URL(`../../themes/default/${name}`, import.meta.url);

/** A script as pages load it: made now, and as committed. */
export async function script(name) {
  const source = MADE[name].map((part) => readFileSync(place(part), "utf8")).join("\n");
  const { code } = await minify(source, { ecma: 2022, compress: { passes: 3, unsafe_arrows: true }, mangle: true });
  return { made: `${code}\n`, committed: readFileSync(place(name), "utf8") };
}

/** The names of all. */
export const names = Object.keys(MADE);

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of names) {
    writeFileSync(place(name), "", { flag: "a" });
    writeFileSync(place(name), (await script(name)).made);
  }
}
