// The verdict in a sentence, and what somebody should look at.
import { byId, el, setAttribute, setText, sync } from "./dom.js";
import { ago, clock, count, plural, words } from "./format.js";

/** Receipts on their way to the monitor in ordinary work are fewer. */
const BEHIND = 1000;

/** At most what a number holds exactly, as everywhere. */
const total = (counts) => Math.min(2 ** 53, Object.values(counts).reduce((sum, value) => sum + value, 0));

function instanceMatters(overview, now) {
  return overview.stages.flatMap((stage) => stage.instances)
    .filter((instance) => ["WAITING", "FAILED", "UNREACHABLE"].includes(instance.state))
    .map((instance) => ({
      key: `i ${instance.stage} ${instance.address}`, level: "bad",
      what: `${instance.stage} ${instance.state === "WAITING" ? "waits" : instance.state === "FAILED" ? "has failed" : "no answer"}`,
      why: `${instance.address}: ${instance.kind ? `${instance.kind.toLowerCase()}, ` : ""}${instance.cause ?? "no cause given"}`,
      when: instance.since ? `since ${ago(instance.since, now).replace(" ago", "")}` : "",
    }));
}

function matters(overview, now) {
  const { nodes, sessions } = overview;
  const list = instanceMatters(overview, now);
  const add = (level, what, amount, why) => amount > 0 && list.push({ key: what, level, what, why, when: "" });
  add("bad", "Stalled", sessions.STALLED ?? 0, `${plural(sessions.STALLED, "session")} with records on their way that have stopped moving`);
  add("warn", "Interrupted", nodes.INTERRUPTED ?? 0, `${plural(nodes.INTERRUPTED, "node")} whose scan was not ended by the agent`);
  const { standing, problems } = overview;
  if (standing > 0) list.push({ key: "Problems", level: "bad", what: "Problems",
    why: `${standing === 1 ? "1 place needs" : `${count(standing)} places need`} a look: ${problems.slice(0, 3).map((problem) => `${problem.source_ip} ${problem.path}: ${problem.reason}`).join(" · ")}${standing > 3 ? ` and ${count(standing - 3)} more` : ""}`,
    when: `since ${ago(problems[0].since, now).replace(" ago", "")}` });
  add("warn", "Reconciliation is behind", overview.unreconciled > BEHIND ? 1 : 0, `${plural(overview.unreconciled, "receipt")} of the stages not added up yet, so all of this is older than it seems`);
  const silent = overview.agents.filter((agent) => agent.silent);
  add("warn", "Silent agents", silent.length, `nothing heard of ${silent.slice(0, 6).map((agent) => agent.source_ip).join(", ")}${silent.length > 6 ? ` and ${silent.length - 6} more` : ""}`);
  const deadLetters = Object.entries(overview.dead_letters).sort((a, b) => b[1] - a[1]);
  add("warn", "Dead letters", total(overview.dead_letters), `${count(total(overview.dead_letters))} dead-lettered, most of them ${deadLetters.length ? words(deadLetters[0][0]) : ""}`);
  const found = Object.entries(overview.audit.found).filter(([, rows]) => rows > 0);
  add("bad", "Audit", found.length, `${plural(found.length, "kind")} of contradiction in the table: ${found.map(([code, rows]) => `${words(code)} ${count(rows)}`).join(", ")}`);
  add("warn", "Audit", overview.audit.state === "FAILED" ? 1 : 0, `the findings could not be asked for: ${overview.audit.problem}`);
  const { unanswered } = overview.audit;
  add("warn", "Audit", unanswered.length, `${plural(unanswered.length, "kind")} of finding without an answer: ${unanswered.map(words).join(", ")}`);
  return list.map((item, i) => ({ ...item, key: item.key + (item.key === "Audit" ? i : "") }));
}

function sentence(overview, list, now) {
  if (!overview.fresh.known) return [overview.ready ? "bad" : "wait", `Not known ${overview.fresh.as_of ? `since ${clock(overview.fresh.as_of, now)}` : "yet"}: ${overview.fresh.cause}`];
  if (!overview.ready) return ["wait", "Reading earlier results …"];
  if (list.some((item) => item.level === "bad")) return ["bad", `${plural(list.length, "matter needs", "matters need")} attention`];
  if (total(overview.nodes) === 0) return ["wait", "No agent has reported a node yet"];
  const inFlight = overview.in_flight.to_enricher + overview.in_flight.to_writer;
  return ["good", inFlight === 0 ? "Everything read is accounted for" : `${plural(inFlight, "record")} in flight, all moving`];
}

export function showAttention(overview, now) {
  const list = matters(overview, now);
  const [level, text] = sentence(overview, list, now);
  setText(byId("verdict"), text);
  setAttribute(byId("verdict").parentElement, "data-level", level);
  setText(byId("verdict-detail"), `${plural(total(overview.nodes), "node")} on ${plural(overview.agents.length, "machine")} · ${count(overview.rows)} rows · ${plural(total(overview.sessions), "session")} kept`);
  byId("attention").hidden = list.length === 0;
  sync(byId("attention-list"), list, (item) => item.key, (item) => el("li", { "data-level": item.level },
    el("b", {}, item.what), el("span", {}, item.why), el("span", { class: "when" }, item.when)));
}
