// What is measured of drawings inside of a page. Each function runs in the browser, stands on itself, and returns faults.

/** Sizes and places of texts: no text below 12 px, none on another, none outside of its drawing by more than `spill` of its px. */
export function lengths(spill = 1.5) {
  const faults = [];
  for (const svg of document.querySelectorAll("svg.drawing:not(.spark)")) {
    if (!svg.checkVisibility()) continue;
    const where = svg.closest("figure")?.id ?? "";
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const { x: left, y: top, width, height } = svg.viewBox.baseVal;
    const boxes = [];
    for (const text of svg.querySelectorAll("text")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (size * scale < 11.95) faults.push(`${where}: «${text.textContent}» is ${(size * scale).toFixed(1)} px`);
      // The ink of capitals, digits and descenders; a line box would be higher.
      const { x, width } = text.getBBox();
      const y = Number(text.getAttribute("y"));
      boxes.push({ text: text.textContent, left: x, right: x + width, top: y - size * 0.74, bottom: y + size * 0.22 });
    }
    for (const [index, one] of boxes.entries()) {
      if (one.left < left - spill || one.right > left + width + spill || one.top < top - 1 || one.bottom > top + height + 1) {
        faults.push(`${where}: «${one.text}» leaves the drawing by ${Math.max(left - one.left, one.right - left - width, top - one.top, one.bottom - top - height).toFixed(1)}`);
      }
      for (const other of boxes.slice(index + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 0.5 && down > 0.5) faults.push(`${where}: «${one.text}» lies on «${other.text}» by ${across.toFixed(1)} × ${down.toFixed(1)}`);
      }
    }
    for (const shape of svg.querySelectorAll("path, circle, rect")) {
      const box = shape.getBBox();
      const out = Math.max(left - box.x, box.x + box.width - left - width, top - box.y, box.y + box.height - top - height);
      if (out > 1) faults.push(`${where}: a ${shape.getAttribute("class")} leaves the drawing by ${out.toFixed(1)}`);
    }
  }
  return faults;
}

/** Contrasts of the colours as computed: texts 4.5 on what lies under them, shapes 3 on the page. Lines and grounds that only help the eye are let be. */
export function colours() {
  // Grounds behind marks that are seen by themselves; `v0` and `missing` are cells with nothing in them; a seam parts neighbours.
  const HELPS = /^(grid|axis|leader|soft|shade|range\d|seam|v0|missing)\b/;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return rgba("white");
  };
  const painted = (element, kind) => {
    const style = getComputedStyle(element);
    if (style[kind] === "none" || style[kind].startsWith("url")) return null;
    const colour = rgba(style[kind]);
    colour[3] *= Number(style[`${kind}Opacity`]) * Number(style.opacity);
    return colour[3] > 0 ? colour : null;
  };
  const faults = new Set();
  for (const svg of document.querySelectorAll("svg.drawing")) {
    if (!svg.checkVisibility()) continue;
    const where = svg.closest("figure")?.id ?? "";
    const page = groundOf(svg);
    const surfaces = [...svg.querySelectorAll("path, circle, rect")].filter((shape) => painted(shape, "fill"));
    for (const shape of svg.querySelectorAll("path, circle, rect, line")) {
      const name = shape.getAttribute("class") ?? "";
      if (HELPS.test(name)) continue;
      const seen = ["fill", "stroke"].map((kind) => painted(shape, kind)).filter(Boolean).map((colour) => contrast(over(colour, page), page));
      const best = Math.max(0, ...seen);
      if (best < 3) faults.add(`${where}: ${name} has ${best.toFixed(2)} on the page`);
    }
    for (const text of svg.querySelectorAll("text")) {
      const { x, y, width, height } = text.getBBox();
      const middle = new DOMPoint(x + width / 2, y + height / 2);
      let ground = surfaces.filter((shape) => shape.isPointInFill(middle)).reduce((ground, shape) => over(painted(shape, "fill"), ground), page);
      const halo = painted(text, "stroke");
      if (halo) ground = over(halo, ground);
      const found = contrast(over(painted(text, "fill") ?? [0, 0, 0, 0], ground), ground);
      if (found < 4.5) faults.add(`${where}: «${text.textContent}» has ${found.toFixed(2)}`);
    }
  }
  return [...faults];
}
