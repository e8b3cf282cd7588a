// Draws the illustration of the example playbook, a river in the morning, and writes it as a camera would: with place, time and author in the file, so that the example shows that none of it is published.
// node scripts/make_example_picture.mjs   (after `npm ci` in tests/browser; CHROMIUM names the browser)

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const out = new URL("../example-playbook/assets/rio-por-la-manana.jpg", import.meta.url);

const willow = (x, y, size, tone) => {
  const leaves = Array.from({ length: 9 }, (_, leaf) => {
    const angle = (leaf * 40 * Math.PI) / 180;
    return `<ellipse cx="${x + Math.cos(angle) * size * 0.42}" cy="${y - size + Math.sin(angle) * size * 0.3}" rx="${size * 0.34}" ry="${size * 0.44}" fill="${tone}" opacity=".8"/>`;
  });
  return `<path d="M${x} ${y}q${-size * 0.06} ${-size * 0.5} ${size * 0.02} ${-size}" stroke="#3b3a2c" stroke-width="${size * 0.07}" fill="none"/>${leaves.join("")}`;
};

const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="750" viewBox="0 0 1500 750">
<defs>
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#8fb8cf"/><stop offset=".6" stop-color="#f3e3c8"/><stop offset="1" stop-color="#f7d9ab"/></linearGradient>
<linearGradient id="water" x2="0" y2="1"><stop stop-color="#cbd3c4"/><stop offset=".4" stop-color="#6f9aa0"/><stop offset="1" stop-color="#2f5a63"/></linearGradient>
<filter id="mist" x="-.2" y="-2" width="1.4" height="5"><feGaussianBlur stdDeviation="14"/></filter>
<filter id="soft"><feGaussianBlur stdDeviation="2.2"/></filter>
<filter id="ripple" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".004 .09" numOctaves="4" seed="7"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 .95  0 0 0 -1.6 1.05"/></filter>
<filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".9" numOctaves="2" seed="3"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 .22 -.03"/></filter>
</defs>
<rect width="1500" height="430" fill="url(#sky)"/>
<circle cx="1080" cy="250" r="46" fill="#fff6df"/><circle cx="1080" cy="250" r="120" fill="#fff3d0" opacity=".5" filter="url(#mist)"/>
<path d="M0 330q180-90 390-50t420-40 340 30 350-60v220H0Z" fill="#8aa39a" filter="url(#soft)"/>
<path d="M0 370q240-60 480-22t520-18 500-8v120H0Z" fill="#5f7f6c" filter="url(#soft)"/>
<rect y="400" width="1500" height="350" fill="url(#water)"/>
<path d="M980 400h210q60 170 160 350H860q110-180 120-350Z" fill="#fbe9c2" opacity=".35" filter="url(#mist)"/>
<rect y="400" width="1500" height="350" filter="url(#ripple)" opacity=".5"/>
<g filter="url(#soft)">${willow(140, 420, 150, "#4d6b3f")}${willow(250, 412, 110, "#5e7c48")}${willow(360, 408, 84, "#6d8955")}${willow(455, 405, 62, "#7b9562")}</g>
<path d="M0 425q190-34 330-18t220-4q-90 40-250 62T0 560Z" fill="#55663c"/>
<path d="M0 470q150-20 250 6T70 590L0 640Z" fill="#3f4d2d"/>
<rect y="385" width="1500" height="46" fill="#fff" opacity=".35" filter="url(#mist)"/>
<path d="M1500 560q-170-46-330 14t-90 176h420Z" fill="#37452b"/>
<g stroke="#2c3722" stroke-width="5" fill="none" stroke-linecap="round">${Array.from({ length: 26 }, (_, reed) => {
  const x = 1130 + reed * 15;
  return `<path d="M${x} 700q${(reed % 5) * 4 - 8} -90 ${(reed % 7) * 6 - 18} ${-130 - (reed % 4) * 26}"/>`;
}).join("")}</g>
<rect width="1500" height="750" filter="url(#grain)"/>
</svg>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const jpeg = await page.evaluate(async (svg) => {
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 1500, height: 750 });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}, scene);
await browser.close();

// Exif with a place, as GPS writes it, and the words that programs leave.
const tiff = Buffer.concat([
  Buffer.from("MM\0*\0\0\0\x08\0\x02", "latin1"),
  Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0]),
  Buffer.from([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]),
  Buffer.from([0, 0, 0, 0]),
  Buffer.from([0, 1, 0, 2, 0, 4, 0, 3, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0]),
  Buffer.from([0, 0, 0, 42, 0, 0, 0, 1, 0, 0, 0, 52, 0, 0, 0, 1, 0, 0, 0, 48, 0, 0, 0, 1]),
]);
const segment = (marker, body) =>
  Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
const bytes = Buffer.from(jpeg, "base64");
writeFileSync(
  out,
  Buffer.concat([
    bytes.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff])),
    segment(0xed, Buffer.from("Photoshop 3.0\0 dibujada para el ejemplo; 42.88 N", "latin1")),
    segment(0xfe, Buffer.from("scripts/make_example_picture.mjs", "latin1")),
    bytes.subarray(2),
  ]),
);
console.log(out.pathname, bytes.length);
