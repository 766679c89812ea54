// Two line charts and the bars, drawn as SVG.
import { byId, el, setAttribute, svg, sync } from "./dom.js";
import { count, duration, short } from "./format.js";

const WIDTH = 600;
const HEIGHT = 136;
const LEFT = 44;
const BOTTOM = 18;
const TOP = 6;

/** A round number at or above the value: 1, 2 or 5 times a power of ten. */
function ceiling(value) {
  if (value <= 0) return 10;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

function line(samples, pick, x, y) {
  let path = "";
  let pen = "M";
  for (const sample of samples) {
    const value = pick(sample);
    if (value === undefined || value < 0) {
      pen = "M";
    } else {
      path += `${pen}${x(sample).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
    }
  }
  return path;
}

export function drawLines(id, samples, names, pick) {
  const chart = byId(id);
  const box = chart.getBoundingClientRect();
  const width = Math.max(240, Math.round(box.width) || WIDTH);
  setAttribute(chart, "viewBox", `0 0 ${width} ${HEIGHT}`);
  const legend = byId(`${id}-legend`);
  if (legend.childElementCount === 0) {
    legend.append(...names.map((name, i) => el("span", {}, el("i", { class: `l${i}` }), name)));
  }
  if (samples.length < 2) {
    chart.replaceChildren(svg("text", { x: LEFT, y: HEIGHT / 2 }, "collecting …"));
    return;
  }
  const times = samples.map((sample) => Date.parse(sample.at));
  const from = times[0];
  const span = Math.max(1, times.at(-1) - from);
  let highest = 0;
  for (const sample of samples) names.forEach((_, i) => { highest = Math.max(highest, pick(sample, i) ?? 0); });
  const top = ceiling(highest);
  const x = (sample) => LEFT + ((Date.parse(sample.at) - from) / span) * (width - LEFT - 4);
  const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const parts = [0, 0.5, 1].flatMap((share) => [
    svg("path", { class: "grid", d: `M${LEFT} ${y(share * top)}H${width}` }),
    svg("text", { x: LEFT - 6, y: y(share * top) + 4, "text-anchor": "end" }, short(share * top)),
  ]);
  parts.push(svg("text", { x: LEFT, y: HEIGHT - 3 }, `${duration(span / 1000)} ago`));
  parts.push(svg("text", { x: width - 4, y: HEIGHT - 3, "text-anchor": "end" }, "now"));
  names.forEach((_, i) => parts.push(svg("path", { class: `l${i}`, d: line(samples, (s) => pick(s, i), x, y) })));
  chart.replaceChildren(...parts);
  const last = samples.at(-1);
  setAttribute(chart, "aria-label", names.map((name, i) => {
    const value = pick(last, i) ?? -1;
    return `${name}: ${value < 0 ? "not known" : count(Math.round(value))}`;
  }).join(", "));
}

/** Bars in a list of terms. */
export function drawBars(id, entries, emptyText) {
  const list = byId(id);
  const most = Math.max(1, ...entries.map(([, value]) => value));
  const items = entries.length ? entries : [[emptyText, null]];
  const flat = items.flatMap(([name, value]) => [["t", name, value], ["d", name, value, most]]);
  sync(list, flat, (item) => item[0] + item[1], ([kind, name, value]) => {
    if (kind === "t") return el("dt", {}, name);
    if (value === null) return el("dd");
    return el("dd", {}, el("span", { class: "n" }, count(value)), el("span", { class: "track" }, bar([["a", value]], most)));
  });
}

/** A bar of several parts; what has no share is not drawn. */
export function bar(parts, whole) {
  let at = 0;
  const rects = parts.filter(([, value]) => value > 0).map(([name, value]) => {
    const width = Math.max(1.5, (value / Math.max(1, whole)) * 100);
    const rect = svg("rect", { class: name, x: at, y: 0, width, height: 10 });
    at += width;
    return rect;
  });
  return svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects);
}
