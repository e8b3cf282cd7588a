// Makes `chart.min.js`, which pages with charts load, of `chart.js`. The gate holds one against the other.

import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

const place = (name) => new URL(`../../themes/default/${name}`, import.meta.url);

/** The script as pages load it: made now, and as committed. */
export async function chartScript() {
  const source = readFileSync(place("chart.js"), "utf8");
  const { code } = await minify(source, { ecma: 2022, compress: { passes: 3, unsafe_arrows: true }, mangle: true });
  return { made: `${code}\n`, committed: readFileSync(place("chart.min.js"), "utf8") };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(place("chart.min.js"), "", { flag: "a" });
  writeFileSync(place("chart.min.js"), (await chartScript()).made);
}
