// The stages with what lies between them, and the charts.
import { byId, el, sync } from "./dom.js";
import { drawBars, drawLines } from "./charts.js";
import { ago, count, plural, processStatus, rate, short } from "./format.js";

const DONE = { scanner: "published", enricher: "enriched", writer: "written" };
const AGES = { a_minute: "under a minute", b_ten_minutes: "under ten", c_hour: "under an hour", d_longer: "longer" };

/** What its processes say together: the loudest of them. */
function condition(stage) {
  const order = ["FAILED", "WAITING", "UNREACHABLE", "STARTING", "STOPPING", "STOPPED", "RUNNING"];
  const states = stage.instances.map((instance) => instance.state);
  return order.find((state) => states.includes(state));
}

function stageItem(stage, now) {
  const state = condition(stage);
  return {
    key: stage.stage, name: stage.stage, state, rate: rate(stage.rows_per_second),
    facts: `${short(stage.rows)} ${DONE[stage.stage] ?? "handled"}` + (stage.dead_lettered ? ` · ${count(stage.dead_lettered)} dead-lettered` : ""),
    heard: `heard ${ago(stage.last_receipt, now)}` + (stage.instances.length > 1 ? ` · ${plural(stage.instances.length, "process", "processes")}` : ""),
  };
}

function buildStage(item) {
  const [level, word] = item.state ? processStatus(item.state) : [];
  return el("li", { class: "stage" },
    el("div", { class: "stage-name" }, item.name, item.state ? el("span", { class: "badge", "data-level": level }, word) : null),
    el("div", { class: "stage-rate" }, item.rate, el("small", {}, "rows/s")),
    el("div", { class: "stage-facts" }, item.facts),
    el("div", { class: "stage-facts" }, item.heard));
}

const buildFlow = (item) => el("li", { class: "flow", "data-moving": item.moving ? "yes" : "no" },
  el("span", {}, el("b", {}, item.amount), item.label));

export function showPipeline(overview, now) {
  const [scanner, enricher, writer] = overview.stages;
  const known = (stage, counted) => stage.behind ?? (overview.fresh.known ? counted : null);
  const between = (key, records, to) => ({ key, amount: records === null ? "?" : short(records), label: ` wait for the ${to.stage}`, moving: to.rows_per_second > 0 });
  const items = [
    stageItem(scanner, now), between("flow-1", known(enricher, overview.in_flight.to_enricher), enricher),
    stageItem(enricher, now), between("flow-2", known(writer, overview.in_flight.to_writer), writer),
    stageItem(writer, now), { key: "flow-3", amount: short(overview.rows), label: " rows of the nodes", moving: writer.rows_per_second > 0 },
  ];
  sync(byId("stages"), items, (item) => item.key, (item) => (item.amount === undefined ? buildStage(item) : buildFlow(item)));
  drawLines("rates", overview.history, ["scanner", "enricher", "writer"], (sample, i) => sample.rates[i]);
  drawLines("behind", overview.history, ["enricher", "writer"], (sample, i) => sample.behind[i]);
  drawBars("ages", Object.entries(overview.ages).map(([age, records]) => [AGES[age], records]), "nothing");
}
