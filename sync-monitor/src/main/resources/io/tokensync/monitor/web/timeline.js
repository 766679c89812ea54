// Pictures of what was: who held a token, and how much an owner held. Each says in words what it shows.
import { el, svg } from "./dom.js";
import { count, short } from "./format.js";

const WIDE = { width: 900, left: 200, name: 24 };
const NARROW = { width: 400, left: 96, name: 13 };
const LANE = 30;
const HEIGHT = 150;
const HALF = 440;
const HALF_LEFT = 50;
const DAY = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "2-digit" });
const HOUR = new Intl.DateTimeFormat("en-GB", { month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit" });
const AWAY = ["transferred", "burnt", "burnt for ft"];
const MOST_LANES = 20;

const day = (time, span) => (span < 259200000 ? HOUR : DAY).format(new Date(time));
const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** From and to in milliseconds, and where a time is. */
function axis(times, width, left) {
  const from = Math.min(...times);
  const to = Math.max(Date.now(), ...times);
  const span = Math.max(1, to - from);
  return { from, to, span, width, left, x: (time) => left + ((time - from) / span) * (width - left - 10) };
}

function ends(scale, y) {
  return [svg("text", { x: scale.left, y, class: "soft" }, day(scale.from, scale.span)), svg("text", { x: scale.width - 10, y, "text-anchor": "end", class: "soft" }, "now")];
}

/** A lane for each node: a bar for each time in which it said the same; as high as full while it holds the token. */
export function lanes(history) {
  const byNode = new Map();
  for (const version of history) {
    const node = `${version.node_name} · ${version.source_ip}`;
    byNode.set(node, [...(byNode.get(node) ?? []), version]);
  }
  const owners = [...new Set(history.map((version) => version.did).filter(Boolean))];
  const room = window.innerWidth < 700 ? NARROW : WIDE;
  const scale = axis(history.map((version) => Date.parse(version.observed_at)), room.width, room.left);
  const shown = [...byNode].slice(0, MOST_LANES);
  const bars = shown.flatMap(([node, versions], lane) => {
    const y = lane * LANE + 4;
    return [svg("text", { x: room.left - 8, y: y + 15, "text-anchor": "end" }, cut(room === WIDE ? node : versions[0].node_name, room.name)), ...versions.map((version, i) => {
      const start = Date.parse(version.observed_at);
      const end = i + 1 < versions.length ? Date.parse(versions[i + 1].observed_at) : scale.to;
      const gone = version.deleted_at !== null;
      const held = !gone && !AWAY.includes(version.status_name);
      const name = gone ? "gone" : held ? `o${owners.indexOf(version.did) % 6}` : "away";
      const bar = svg("rect", { class: name, x: scale.x(start), y: held ? y : y + 8, width: Math.max(2, scale.x(end) - scale.x(start)), height: held ? 20 : 5, rx: 2 });
      bar.append(svg("title", {}, `${node}: ${gone ? "gone from the node" : `${version.status_name ?? "unknown"} under ${version.did ?? "no owner"}`}, ${day(start, scale.span)} to ${i + 1 < versions.length ? day(end, scale.span) : "now"}`));
      return bar;
    })];
  });
  const height = shown.length * LANE + 22;
  return el("figure", { class: "timeline" }, el("figcaption", {}, el("span", {}, "One lane for each node: high while it holds the token, low while it keeps a row of it"),
    el("span", { class: "owners" }, ...owners.slice(0, 6).map((did, i) => el("span", { title: did }, svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { class: `o${i}`, width: 10, height: 10, rx: 2 })), cut(did, 18))))),
  el("div", { class: "wide-picture", tabindex: "0", role: "region", "aria-label": "Holders over time" }, svg("svg", { viewBox: `0 0 ${room.width} ${height}`, role: "img", "aria-label": `${shown.length} nodes and ${owners.length} owners since ${day(scale.from, scale.span)}` }, ...bars, ...ends(scale, height - 4))),
  byNode.size > shown.length ? el("p", { class: "soft" }, `The first ${shown.length} of ${byNode.size} nodes.`) : null);
}

function stairs(all, pick, scale, y) {
  let path = "";
  for (const step of all) {
    const x = scale.x(Date.parse(step.at)).toFixed(1);
    path += path === "" ? `M${x} ${y(pick(step)).toFixed(1)}` : `H${x}V${y(pick(step)).toFixed(1)}`;
  }
  return `${path}H${scale.x(scale.to).toFixed(1)}`;
}

/** How many tokens an owner held, and what they were worth. */
export function steps(all) {
  const scale = axis(all.map((step) => Date.parse(step.at)), HALF, HALF_LEFT);
  const last = all.at(-1);
  const picture = (label, pick, css) => {
    const top = Math.max(1, ...all.map(pick));
    const y = (value) => 8 + (1 - value / top) * (HEIGHT - 36);
    return el("figure", { class: "timeline" }, el("figcaption", {}, el("span", {}, label)), el("div", { class: "wide-picture" }, svg("svg", { viewBox: `0 0 ${HALF} ${HEIGHT}`, role: "img", "aria-label": `${label}: ${pick(last)} now, at most ${top}` },
      ...[0, top].flatMap((value) => [svg("path", { class: "grid", d: `M${HALF_LEFT} ${y(value)}H${HALF - 10}` }), svg("text", { x: HALF_LEFT - 8, y: y(value) + 4, "text-anchor": "end", class: "soft" }, short(value))]),
      svg("path", { class: `stairs ${css}`, d: stairs(all, pick, scale, y) }), ...ends(scale, HEIGHT - 6))));
  };
  return el("div", { class: "pictures" }, picture(`Tokens, ${count(last.tokens)} now`, (step) => step.tokens, "o0"), picture(`Value, ${last.value} now`, (step) => Number(step.value), "o1"));
}
