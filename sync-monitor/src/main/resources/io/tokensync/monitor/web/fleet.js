// The mosaic of all nodes and the table of some of them.
import { byId, el, setText, svg, sync } from "./dom.js";
import { nodeAt } from "./ask.js";
import { ago, count, minute, plural, status, words } from "./format.js";

const KEYS = [["s", "ACCOUNTED_FOR"], ["r", "RUNNING"], ["e", "ERRORS"], ["p", "PROBLEM"], ["q", "SILENT"], ["i", "INTERRUPTED"], ["x", "STALLED"]];
const CELL = 10;
const ACROSS = 18;

/** One path for each letter: 500 nodes are six elements, not 500. */
function cells(letters) {
  const paths = new Map();
  [...letters].forEach((letter, i) => {
    const x = (i % ACROSS) * CELL;
    const y = Math.floor(i / ACROSS) * CELL;
    paths.set(letter, `${paths.get(letter) ?? ""}M${x} ${y}h8v8h-8z`);
  });
  const rows = Math.max(1, Math.ceil(letters.length / ACROSS));
  return svg("svg", { viewBox: `0 0 ${ACROSS * CELL} ${rows * CELL}`, "aria-hidden": "true" },
    ...[...paths].map(([letter, d]) => svg("path", { class: `m-${letter}`, d })));
}

export function showMosaic(overview, now, choose) {
  const keys = KEYS.map(([letter, name]) => ({ letter, name, nodes: overview.nodes[name] ?? 0 })).filter((key) => key.nodes > 0);
  sync(byId("mosaic-keys"), keys, (key) => key.name, (key) => el("span", {},
    svg("svg", { viewBox: "0 0 8 8", "aria-hidden": "true" }, svg("path", { class: `m-${key.letter}`, d: "M0 0h8v8h-8z" })),
    `${count(key.nodes)} ${status(key.name)[1]}`));
  const agents = overview.agents.map((agent) => ({ ip: agent.source_ip, seen: ago(agent.last_seen, now), mosaic: agent.mosaic }));
  sync(byId("mosaic"), agents, (agent) => agent.ip, (agent) => el("div", { class: "agent" },
    el("button", { class: "agent-name", type: "button", "data-focus": "agent", title: `${agent.ip}: show its nodes`, onclick: () => choose(agent.ip) },
      el("span", {}, agent.ip), el("span", {}, `${agent.mosaic.length} · ${agent.seen}`)),
    cells(agent.mosaic)));
}

const number = (value) => el("td", { class: value ? "num" : "num zero" }, count(value));

/** Whether the table has what the node has, and of when that is. */
function verified(item) {
  const { verification } = item.node;
  if (!verification) return el("td", { class: "zero" }, "not yet");
  return el("td", { class: verification.outcome === "equal" ? null : "warn", title: `as of ${verification.as_of}` }, `${words(verification.outcome)} as of ${item.verified}, ${count(verification.table_rows)} rows`);
}

function buildNode(item) {
  const { node } = item;
  const [level, word] = status(node.state);
  return el("tr", {},
    el("th", { scope: "row", class: "wide", title: node.node_name }, el("a", { class: "go", href: nodeAt(node.source_ip, node.node_name), "data-focus": "node" }, node.node_name)),
    el("td", {}, node.source_ip),
    el("td", {}, el("span", { class: "badge", "data-level": level, title: node.problem ? `${node.problem.kind}: ${node.problem.reason}` : null }, node.problem ? `${word} · ${item.since}` : word)),
    verified(item), number(node.rows), number(node.in_flight.to_enricher + node.in_flight.to_writer),
    el("td", { class: "num", title: node.last_read }, item.read), el("td", { class: "num", title: node.last_change }, item.changed), el("td", { class: "num", title: node.last_seen }, item.seen),
    el("td", { class: "wide mono", title: node.db_path }, node.db_path));
}

export function showNodes(page, now, filtered) {
  const items = page.rows.map((node) => ({ node, read: ago(node.last_read, now), changed: ago(node.last_change, now), since: node.problem ? ago(node.problem.since, now).replace(" ago", "") : "", seen: ago(node.last_seen, now), verified: node.verification ? minute(node.verification.as_of, now) : "" }));
  const body = byId("nodes-table").tBodies[0];
  if (items.length === 0) {
    body.replaceChildren(el("tr", { class: "empty" }, el("td", { colspan: 10 }, filtered ? "No node matches the filter." : "No agent has reported a node yet. Start one with: tokensync scanner --config scanner.yaml")));
  } else {
    if (body.querySelector(".empty")) body.replaceChildren();
    sync(body, items, ({ node }) => `${node.source_ip} ${node.db_path}`, buildNode);
  }
  setText(byId("nodes-count"), plural(page.total, "node"));
  setText(byId("nodes-page"), items.length ? `${count(page.from + 1)}–${count(page.from + items.length)} of ${count(page.total)}` : "");
  byId("nodes-prev").disabled = page.from === 0;
  byId("nodes-next").disabled = page.from + items.length >= page.total;
}

export function fillStatuses(select, names, all) {
  select.append(el("option", { value: "" }, all), ...names.map((name) => el("option", { value: name }, status(name)[1])));
}

export const CONDITIONS = ["STALLED", "INTERRUPTED", "PROBLEM", "SILENT", "ERRORS", "RUNNING", "ACCOUNTED_FOR"];
