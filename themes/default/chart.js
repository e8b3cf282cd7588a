// Comfort for charts: values under the pointer and by the arrow keys, the figures and a picture to take away. Nothing here is needed to read them.
// Pages load `chart.min.js`, which `npm run minify` in `tests/browser` makes of this file.
(() => {
  const say = document.currentScript.dataset;
  const comma = (1.5).toLocaleString(document.documentElement.lang)[1] === ",";
  const PAINT = "fill fill-opacity stroke stroke-width stroke-dasharray paint-order font-family font-size font-weight".split(" ");
  const look = (element) => getComputedStyle(element);
  const make = (parent, name, text) => {
    const made = document.createElement(name);
    made.append(text ?? "");
    parent?.append(made);
    return made;
  };

  // A cell as CSV has it: numbers plain, texts never a formula.
  const plain = ({ textContent: text }) => {
    if (/^-?\d[\d.,\s]*%?$/.test(text)) return text.replace(comma ? /[^\d,-]/g : /[^\d.-]/g, "").replace(",", ".");
    return `"${text.replace(/^[=+@-]/, "'$&").replace(/"/g, '""')}"`;
  };

  // As CSV for texts, as a table for spreadsheets and letters. Says whether the browser let it.
  const copy = (table) => {
    document.oncopy = (event) => {
      event.clipboardData.setData("text/plain", [...table.rows].map((row) => [...row.cells].map(plain) + "\r\n").join(""));
      event.clipboardData.setData("text/html", table.outerHTML);
      event.preventDefault();
    };
    const copied = document.execCommand("copy");
    document.oncopy = null;
    return copied;
  };

  // The wide drawing under its title, twice as large, in the colours that are seen.
  const picture = async (figure, svg) => {
    const { width, height } = svg.viewBox.baseVal;
    const title = figure.querySelector(".chart-title");
    const twin = svg.cloneNode(true);
    const parts = twin.querySelectorAll("*");
    svg.querySelectorAll("*").forEach((part, index) => PAINT.forEach((name) => parts[index].setAttribute(name, look(part).getPropertyValue(name))));
    twin.setAttribute("width", width + 32);
    twin.setAttribute("height", height);
    twin.setAttribute("viewBox", `-16 0 ${width + 32} ${height}`);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(twin))}`;
    await image.decode();
    const canvas = make(null, "canvas");
    const pen = canvas.getContext("2d");
    const lines = title.textContent.match(/.{1,60}( |$)|\S+/g);
    const top = 24 * lines.length + 24;
    canvas.width = 2 * width + 64;
    canvas.height = 2 * (top + height) + 32;
    pen.scale(2, 2);
    pen.fillStyle = look(document.body).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = look(title).color;
    pen.font = `700 18px ${look(title).fontFamily}`;
    lines.forEach((line, index) => pen.fillText(line, 16, 32 + 24 * index, width));
    pen.drawImage(image, 0, top);
    return new Promise((done) => canvas.toBlob(done));
  };

  const tools = (figure, bar, table, svg) => {
    const tell = (done) => (status.textContent = done ? say.done : say.failed);
    const button = (text, act) => (make(bar, "button", text).onclick = act);
    button(say.copy, () => tell(copy(table)));
    if (svg) {
      const png = () => picture(figure, svg);
      button(say.picture, async () => {
        try {
          await navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]);
          tell(1);
        } catch {
          tell();
        }
      });
      button(say.save, async () => {
        const link = make(null, "a");
        link.href = URL.createObjectURL(await png());
        link.download = `${figure.id}.png`;
        link.click();
      });
    }
    const status = make(bar, "span");
    status.role = "status";
  };

  // `data-x` and `data-y` of a drawing say where each row of the table is, in hundredths of its size; what is no number is nowhere.
  const values = (box, table) => {
    const [heads, ...rows] = table.rows;
    const cross = make(box, "div");
    const tip = make(box, "div");
    let at = -1;
    let svg, x, y;
    const hide = () => (cross.hidden = tip.hidden = true);
    const measure = () => {
      svg = [...box.querySelectorAll("svg")].find((svg) => svg.getClientRects()[0]);
      [x, y] = [svg.dataset.x, svg.dataset.y].map((all) => all?.split(" "));
    };
    const show = (index) => {
      const [left, top] = [x ? x[index] : 50, y ? y[index] : 0];
      at = index;
      tip.textContent = "";
      [...rows[index].cells].forEach((cell, column) => {
        const line = make(tip, "div", column ? `${heads.cells[column].textContent} ` : "");
        make(line, "b", cell.textContent || "–");
      });
      cross.className = `chart-cross ${x ? "x" : ""}${y ? "y" : ""}`;
      tip.className = `chart-tip ${left > 50 ? "before" : ""} ${top > 50 ? "above" : ""}`;
      cross.style.left = tip.style.left = `${left}%`;
      cross.style.top = tip.style.top = `${top}%`;
      svg.after(cross, tip);
      cross.hidden = tip.hidden = false;
    };
    const near = (event) => {
      if (tip.contains(event.target)) return;
      measure();
      const seen = svg.getBoundingClientRect();
      let best = 1e9;
      let found = -1;
      rows.forEach((row, index) => {
        const far = Math.hypot(x ? seen.x + (x[index] * seen.width) / 100 - event.x : 0, y ? seen.y + (y[index] * seen.height) / 100 - event.y : 0);
        if (far < best) [best, found] = [far, index];
      });
      if (rows[found]) show(found);
    };
    hide();
    tip.role = "status";
    box.tabIndex = 0;
    box.role = "group";
    box.ariaLabel = `${table.caption.textContent}. ${say.keys}`;
    box.onpointermove = box.onpointerdown = near;
    box.onpointerleave = (event) => event.pointerType === "touch" || hide();
    // A touch stays until the next one elsewhere.
    box.onblur = hide;
    box.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, Home: 1, ArrowLeft: -1, ArrowUp: -1, End: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      measure();
      if (event.key === "Home") at = -1;
      if (event.key === "End" || at + step < -1) at = rows.length;
      let index = at + step;
      while (rows[index] && isNaN((x || y)[index])) index += step;
      if (rows[index]) show(index);
    };
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
  };

  document.querySelectorAll(".chart").forEach((figure) => {
    const [table, bar, box] = ["table", ".chart-source", ".chart-box"].map((name) => figure.querySelector(name));
    if (!table) return;
    const svg = box?.querySelector("svg");
    if (svg && (svg.dataset.x || svg.dataset.y)) values(box, table);
    if (bar) tools(figure, bar, table, svg);
  });
})();
