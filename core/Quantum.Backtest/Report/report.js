"use strict";
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = document.getElementById("theme");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  function nameTheme() {
    theme.textContent = isDark() ? "Light" : "Dark";
  }

  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  function el(name, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const two = (n) => String(n).padStart(2, "0");
  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  const minute = (ms) => { const d = new Date(ms); return day(ms).slice(5) + " " + two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()); };
  const money = (n) => n.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const price = (n) => n.toLocaleString("en-US", { maximumSignificantDigits: 7 });

  // The account: what a pointer over it stands on.
  const read = document.getElementById("read");
  const plots = [...document.querySelectorAll(".chart > svg")];
  const curve = facts.curve;
  for (const plot of plots) {
    plot.addEventListener("pointermove", (event) => {
      const box = plot.getBoundingClientRect();
      const at = facts.from + (event.clientX - box.left) / box.width * (facts.to - facts.from);
      let low = 0, high = curve.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (curve[middle][0] <= at) low = middle; else high = middle - 1;
      }
      const point = curve[low];
      const x = Math.max(0, (point[0] - facts.from) / (facts.to - facts.from) * 100) + "%";
      for (const other of plots) {
        other.classList.add("cross");
        const line = other.querySelector(".cursor");
        line.setAttribute("x1", x);
        line.setAttribute("x2", x);
      }
      read.textContent = day(point[0]).slice(0, 5) + minute(point[0]) + " UTC: " + money(point[1]) + " USD, "
        + (point[2] * 100).toFixed(2) + " % below the highest";
    });
    plot.addEventListener("pointerleave", () => {
      for (const other of plots) other.classList.remove("cross");
      read.textContent = "";
    });
  }

  // Candles.
  const overview = document.getElementById("overview");
  const detail = document.getElementById("detail");
  const said = document.getElementById("said");
  const tabs = [...document.querySelectorAll("#symbols button")];
  const rows = [...document.querySelectorAll("#trades tr[data-symbol]")];
  let symbol = 0, chosen = null;

  function frame(host, bars, extra, spoken) {
    const width = host.clientWidth, height = host.clientHeight, right = 66, bottom = 20;
    const svg = el("svg", { role: "img", "aria-label": spoken, viewBox: "0 0 " + width + " " + height });
    host.replaceChildren(svg);
    if (!bars.items.length) {
      svg.append(el("text", { x: 8, y: 20 }, "No candles of it were recorded."));
      return null;
    }
    let low = Infinity, high = -Infinity;
    for (const b of bars.items) { low = Math.min(low, b[3]); high = Math.max(high, b[2]); }
    const reach = Math.max(high - low, high * 1e-6);
    for (const p of extra) { low = Math.min(low, Math.max(p, low - reach)); high = Math.max(high, Math.min(p, high + reach)); }
    const air = Math.max(high - low, high * 1e-6) * 0.07;
    low -= air; high += air;
    const count = bars.items[bars.items.length - 1][0] + 1, unit = (width - right) / count;
    const x = (ms) => (ms - bars.at) / bars.step * unit;
    const y = (p) => (high - p) / (high - low) * (height - bottom);
    const raw = (high - low) / 5, power = 10 ** Math.floor(Math.log10(raw));
    const step = power * [1, 2, 5, 10].find((n) => n * power >= raw);
    for (let p = Math.ceil(low / step) * step; p < high; p += step) {
      svg.append(el("line", { class: "grid", x1: 0, x2: width - right, y1: y(p), y2: y(p) }));
      svg.append(el("text", { x: width - right + 6, y: y(p) + 4 }, price(p)));
    }
    const marks = Math.max(2, Math.min(6, Math.floor((width - right) / 120)));
    for (let i = 0; i < marks; i++) {
      const k = (i + 0.5) / marks * count, ms = bars.at + k * bars.step;
      const text = bars.step * count > 6 * 864e5 ? day(ms) : minute(ms);
      svg.append(el("text", { x: k * unit, y: height - 5, "text-anchor": "middle" }, text));
    }
    for (const [k, open, top, under, close] of bars.items) {
      const kind = close >= open ? "c-up" : "c-down", middle = (k + 0.5) * unit;
      svg.append(el("line", { class: "wick " + kind, x1: middle, x2: middle, y1: y(top), y2: y(under) }));
      svg.append(el("rect", {
        class: kind, x: k * unit + unit * 0.18, width: Math.max(unit * 0.64, 0.6), y: y(Math.max(open, close)),
        height: Math.max(Math.abs(y(open) - y(close)), 0.8),
      }));
    }
    return { svg, x, y, width: width - right, height: height - bottom };
  }

  function arrow(px, py, isUp, kind) {
    const d = isUp ? [0, -1, 6, 9, -6, 9] : [0, 1, 6, -9, -6, -9];
    return el("polygon", {
      class: "mark " + kind, points: [0, 2, 4].map((i) => (px + d[i]) + "," + (py + d[i + 1])).join(" "),
    });
  }

  function drawOverview() {
    const of = facts.symbols[symbol];
    if (!of) return;
    const mine = facts.trades.filter((t) => t.symbol === symbol);
    const at = frame(overview, of.bars, [], "Candles of " + of.name + " with " + mine.length + " trades.");
    if (!at) return;
    for (const t of mine) {
      const group = el("g", { class: "hit" });
      group.append(el("title", {}, t.said));
      group.append(el("rect", {
        class: "held", x: at.x(t.in), width: Math.max(at.x(t.out) - at.x(t.in), 1), y: 0, height: at.height,
      }));
      group.append(arrow(at.x(t.in), at.y(t.entry), t.long, "in"));
      group.append(el("circle", { class: "mark " + (t.won ? "won" : "lost"), cx: at.x(t.out), cy: at.y(t.exit), r: 4.5 }));
      group.addEventListener("click", () => choose(t));
      at.svg.append(group);
    }
  }

  function drawDetail() {
    detail.replaceChildren();
    said.textContent = "";
    if (!chosen) return;
    const t = chosen, levels = t.levels;
    said.textContent = t.said;
    const prices = [t.entry, t.exit];
    for (const [, stop, targets] of levels) prices.push(...(stop === null ? [] : [stop]), ...targets);
    const at = frame(detail, t.bars, prices, t.said);
    if (!at) return;
    const first = levels.length ? Math.min(levels[0][0], t.in) : t.in;
    at.svg.append(el("rect", {
      class: "held", x: at.x(t.in), width: Math.max(at.x(t.out) - at.x(t.in), 1), y: 0, height: at.height,
    }));
    let stops = "", aims = "";
    levels.forEach(([ms, stop, targets], i) => {
      const from = at.x(i ? ms : first), to = Math.max(at.x(i + 1 < levels.length ? levels[i + 1][0] : t.out), from + 1);
      if (stop !== null) stops += (i && levels[i - 1][1] !== null ? "L" : "M") + from + " " + at.y(stop) + "H" + to;
      for (const target of targets) aims += "M" + from + " " + at.y(target) + "H" + to;
    });
    if (stops) at.svg.append(el("path", { class: "stop", d: stops }));
    if (aims) at.svg.append(el("path", { class: "target", d: aims }));
    at.svg.append(el("path", { class: "way", d: "M" + at.x(t.in) + " " + at.y(t.entry) + "L" + at.x(t.out) + " " + at.y(t.exit) }));
    at.svg.append(arrow(at.x(t.in), at.y(t.entry), t.long, "in"));
    at.svg.append(el("circle", { class: "mark " + (t.won ? "won" : "lost"), cx: at.x(t.out), cy: at.y(t.exit), r: 5.5 }));
    const last = levels[levels.length - 1], tags = [["out", t.exit]];
    if (last && last[1] !== null) tags.push(["stop", last[1]]);
    if (levels.length) levels[0][2].forEach((p, i) => tags.push(["target " + (i + 1), p]));
    tags.push(["in", t.entry]);
    let taken = [];
    for (const [name, p] of tags) {
      const wanted = at.y(p);
      if (wanted < 0 || wanted > at.height || taken.some((other) => Math.abs(other - wanted) < 12)) continue;
      taken.push(wanted);
      const x = at.x(t.out) > at.width - 130 ? Math.max(4, at.x(t.in) - 135) : at.x(t.out) + 10;
      at.svg.append(el("text", { class: "tag", x, y: wanted + 4 }, name + " " + price(p)));
    }
  }

  function choose(t) {
    chosen = t;
    for (const row of rows) row.setAttribute("aria-selected", String(!!t && row.dataset.trade === String(t.index)));
    drawDetail();
  }

  function show(index) {
    symbol = index;
    tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String(i === index)));
    for (const row of rows) row.hidden = row.dataset.symbol !== String(index);
    drawOverview();
    choose(facts.trades.find((t) => t.symbol === index) || null);
  }

  tabs.forEach((tab, i) => tab.addEventListener("click", () => show(i)));
  for (const row of rows) {
    const button = row.querySelector("button");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      choose(facts.trades.find((t) => String(t.index) === row.dataset.trade));
      detail.scrollIntoView({ block: "nearest" });
    });
  }

  if (overview && facts.symbols.length) {
    const most = facts.symbols.map((_, i) => facts.trades.filter((t) => t.symbol === i).length);
    show(Math.max(0, most.indexOf(Math.max(...most))));
    let width = overview.clientWidth;
    new ResizeObserver(() => {
      if (overview.clientWidth === width) return;
      width = overview.clientWidth;
      drawOverview();
      drawDetail();
    }).observe(overview);
  }
})();
