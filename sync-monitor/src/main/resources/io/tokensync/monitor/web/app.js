// Asks the monitor every second, shows what it says, and says so when it does not answer.
import { byId, setAttribute, setText } from "./dom.js";
import { fetchJson, queryOf } from "./ask.js";
import { showAttention } from "./attention.js";
import { showAudit } from "./audit.js";
import { showErrors } from "./errors.js";
import { CONDITIONS, fillStatuses, showMosaic, showNodes } from "./fleet.js";
import { duration } from "./format.js";
import { files } from "./parts.js";
import { showPipeline } from "./pipeline.js";
import { STATUSES, showDetail, showSessions } from "./sessions.js";
import { route } from "./view.js";

const EVERY = 1000;
const PATIENCE = 5000;
const LOST_AFTER = 5000;
const ROWS = 15;

const asked = { sessions: { from: 0 }, nodes: { from: 0 }, session: null };
let lastAnswer = 0;
let auditAt;
let timer;
let turns = 0;

async function ask(path) {
  const response = await fetchJson(path, PATIENCE);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

function table(name) {
  const sort = byId(`${name}-sort`)?.value ?? "";
  const query = new URLSearchParams({ q: byId(`${name}-q`).value, status: byId(`${name}-status`).value, sort, from: asked[name].from, limit: ROWS });
  return ask(`api/${name}?${query}`);
}

/** Links to the whole list, as it is filtered. */
function showFiles(name) {
  const conditions = { q: byId(`${name}-q`).value, status: byId(`${name}-status`).value, sort: byId(`${name}-sort`)?.value ?? "" };
  const box = byId(`${name}-files`);
  if (box.dataset.query === queryOf(conditions)) return;
  box.dataset.query = queryOf(conditions);
  box.replaceChildren(files(name, conditions));
}

const filtered = (name) => byId(`${name}-q`).value !== "" || byId(`${name}-status`).value !== "";

/** Shows the answers, unless somebody has asked again in the meantime. */
async function refresh(isLatest) {
  const [overview, sessions, nodes, detail] = await Promise.all([
    ask("api/overview"), table("sessions"), table("nodes"),
    asked.session ? ask(`api/session?id=${encodeURIComponent(asked.session)}`) : null,
  ]);
  if (!isLatest()) return;
  const now = Date.parse(overview.as_of);
  showAttention(overview, now);
  showPipeline(overview, now);
  showSessions(sessions, now, filtered("sessions"), asked.session, openSession);
  showMosaic(overview, now, chooseAgent);
  showNodes(nodes, now, filtered("nodes"));
  showErrors(overview, now);
  showFiles("sessions");
  showFiles("nodes");
  if (detail) showDetail(detail, closeSession);
  const audit = `${overview.audit.state} ${overview.audit.at}`;
  if (audit !== auditAt) {
    showAudit(await ask("api/audit"), now);
    auditAt = audit;
  }
  lastAnswer = performance.now();
}

function showLink() {
  const silent = performance.now() - lastAnswer;
  const state = lastAnswer === 0 ? (silent > LOST_AFTER ? "lost" : "wait") : silent > LOST_AFTER ? "lost" : silent > 2500 ? "late" : "live";
  setAttribute(byId("link"), "data-state", state);
  const texts = { wait: "connecting", live: "live", late: "late", lost: lastAnswer === 0 ? "no answer" : `no answer for ${duration(Math.floor(silent / 10000) * 10 || 5)}` };
  setText(byId("link-text"), texts[state]);
  document.body.classList.toggle("lost", state === "lost");
}

async function turn() {
  clearTimeout(timer);
  const mine = ++turns;
  const started = performance.now();
  try {
    await refresh(() => mine === turns);
  } catch {
    // the connection's state says it; the next turn tries again
  }
  showLink();
  if (mine === turns && !document.hidden) timer = setTimeout(turn, Math.max(100, EVERY - (performance.now() - started)));
}

function openSession(id) {
  asked.session = asked.session === id ? null : id;
  if (!asked.session) closeSession();
  turn().then(() => { if (asked.session) byId("session-detail").scrollIntoView({ block: "nearest" }); });
}

function closeSession() {
  asked.session = null;
  byId("session-detail").hidden = true;
  turn();
}

function chooseAgent(ip) {
  byId("nodes-q").value = byId("nodes-q").value === ip ? "" : ip;
  asked.nodes.from = 0;
  turn();
}

function listen(name) {
  const restart = () => { asked[name].from = 0; turn(); };
  byId(`${name}-q`).addEventListener("input", restart);
  byId(`${name}-status`).addEventListener("change", restart);
  byId(`${name}-sort`)?.addEventListener("change", restart);
  byId(`${name}-q`).form.addEventListener("submit", (event) => event.preventDefault());
  byId(`${name}-prev`).addEventListener("click", () => { asked[name].from = Math.max(0, asked[name].from - ROWS); turn(); });
  byId(`${name}-next`).addEventListener("click", () => { asked[name].from += ROWS; turn(); });
}

fillStatuses(byId("sessions-status"), STATUSES, "every status");
fillStatuses(byId("nodes-status"), CONDITIONS, "every condition");
listen("sessions");
listen("nodes");
document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
window.addEventListener("hashchange", route);
setInterval(showLink, 1000);
route();
turn();
