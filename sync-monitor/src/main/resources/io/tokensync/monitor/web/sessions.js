// The table of sessions, and one of them in full.
import { byId, el, setText, sync } from "./dom.js";
import { deadLettersAt, nodeAt, searchAt } from "./ask.js";
import { bar } from "./charts.js";
import { deadLetter } from "./deadletters.js";
import { clock, count, duration, plural, status, words } from "./format.js";

const number = (value) => el("td", { class: value ? "num" : "num zero" }, count(value));
const aside = (balance) => balance.rejected + balance.dead_lettered;
const away = (balance) => balance.in_flight.to_enricher + balance.in_flight.to_writer;
const balanceBar = (balance) => bar([["w", balance.written], ["d", balance.dead_lettered], ["o", away(balance)]], balance.published);
const badge = (name) => el("span", { class: "badge", "data-level": status(name)[0] }, status(name)[1]);

function buildRow(item, open) {
  const { session, balance } = item;
  return el("tr", { class: item.open ? "open" : null },
    el("th", { scope: "row", title: session.started_at }, el("button", { type: "button", class: "rowlink", "data-focus": "open", "aria-expanded": item.open ? "true" : "false", onclick: () => open(session.session_id) }, item.started)),
    el("td", {}, session.source_ip), el("td", {}, badge(session.status)),
    number(balance.read), number(balance.published), el("td", { class: "barcell" }, balanceBar(balance)),
    number(balance.written), number(aside(balance)), number(away(balance)),
    el("td", { class: "num" }, item.took));
}

export function showSessions(page, now, filtered, openId, open) {
  const items = page.rows.map((session) => ({
    session: { session_id: session.session_id, started_at: session.started_at, source_ip: session.source_ip, status: session.status },
    balance: session.balance, started: clock(session.started_at, now), open: session.session_id === openId,
    took: session.seconds === null ? "" : duration(session.seconds),
  }));
  const body = byId("sessions-table").tBodies[0];
  if (items.length === 0) {
    body.replaceChildren(el("tr", { class: "empty" }, el("td", { colspan: 10 }, filtered ? "No session matches the filter." : "No session is known. Every scan cycle of an agent that finds something is one.")));
  } else {
    if (body.querySelector(".empty")) body.replaceChildren();
    sync(body, items, (item) => item.session.session_id, (item) => buildRow(item, open));
  }
  setText(byId("sessions-count"), plural(page.total, "session"));
  setText(byId("sessions-page"), items.length ? `${count(page.from + 1)}–${count(page.from + items.length)} of ${count(page.total)}` : "");
  byId("sessions-prev").disabled = page.from === 0;
  byId("sessions-next").disabled = page.from + items.length >= page.total;
}

const fact = (name, value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));

/** What is not in the table, or not whole, and why; with examples, and where the rows are. */
function causes(detail) {
  const { rejected, without_content, dead_lettered } = detail.causes;
  const line = (what, counts) => Object.entries(counts).map(([code, amount]) => el("li", {}, `${count(amount)} ${what}: ${words(code)}`));
  const lines = [...line("rejected by the scanner", rejected), ...line("without content", without_content), ...line("dead-lettered", dead_lettered)];
  if (!lines.length) return [];
  const id = detail.session.session_id;
  return [el("h4", {}, "What was rejected, and why"), el("ul", { class: "plain" }, ...lines),
    el("p", { class: "files" }, el("a", { href: deadLettersAt({ session: id }) }, "All dead letters of this session"), ...detail.databases.rows.filter((one) => aside(one.balance) + one.balance.without_content + one.balance.flawed > 0).slice(0, 10)
      .flatMap((one) => [" · ", el("a", { href: searchAt({ machine: detail.session.source_ip, node: one.node_name, validity: "errors" }) }, `rows with errors of ${one.node_name}`)])),
    ...detail.examples.map(deadLetter)];
}

function databases(detail) {
  const rows = detail.databases.rows.map((database) => el("tr", {},
    el("th", { scope: "row", class: "wide", title: database.db_path }, el("a", { class: "go", href: nodeAt(detail.session.source_ip, database.node_name) }, database.node_name)), el("td", {}, badge(database.status)),
    number(database.balance.read), number(database.balance.published), el("td", { class: "barcell" }, balanceBar(database.balance)),
    number(database.balance.written), number(aside(database.balance)), number(away(database.balance)),
    el("td", { class: "wide", title: database.problem ?? "" }, database.problem ?? "")));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Databases of the session" }, el("table", {},
    el("thead", {}, el("tr", {}, ...["Node", "Status"].map((name) => el("th", { scope: "col" }, name)),
      ...["Read", "Published"].map((name) => el("th", { scope: "col", class: "num" }, name)), el("th", { scope: "col" }, "Where they are"),
      ...["In the table", "Dead-lettered", "In flight"].map((name) => el("th", { scope: "col", class: "num" }, name)), el("th", { scope: "col" }, "Problem"))),
    el("tbody", {}, ...rows)));
}

/** One session; built anew only when something of it has changed. */
export function showDetail(detail, close) {
  const box = byId("session-detail");
  const content = JSON.stringify(detail);
  if (!box.hidden && box.syncedContent === content) return;
  box.syncedContent = content;
  const { session } = detail;
  const { balance } = session;
  box.hidden = false;
  box.replaceChildren(
    el("div", { class: "head" }, el("h3", {}, "Session ", el("span", { class: "mono" }, session.session_id), " of ", session.source_ip), badge(session.status), el("button", { type: "button", onclick: close }, "Close")),
    el("dl", { class: "facts" }, fact("databases found", count(session.databases.found)), fact("read · unchanged · failed", `${count(session.databases.read)} · ${count(session.databases.unchanged)} · ${count(session.databases.failed)}`),
      fact("rows read", count(balance.read)), fact("unchanged", count(balance.unchanged)), fact("rejected", count(balance.rejected)), fact("published", count(balance.published)),
      fact("inserted", count(balance.inserted)), fact("updated", count(balance.updated)), fact("with content", count(balance.with_content)), fact("without content", count(balance.without_content)),
      fact("dead-lettered", count(balance.dead_lettered)), fact("in flight", count(away(balance)))),
    ...(detail.problems.length ? [el("ul", {}, ...detail.problems.slice(0, 20).map((problem) => el("li", {}, `${words(problem.kind)}: ${problem.path}: ${problem.reason}`)))] : []),
    ...causes(detail),
    databases(detail),
    el("p", { class: "soft" }, detail.databases.total > detail.databases.rows.length ? `the first ${detail.databases.rows.length} of ${count(detail.databases.total)} databases` : ""));
}

export const STATUSES = ["RUNNING", "STALLED", "INTERRUPTED", "COMPLETED_WITH_ERRORS", "COMPLETED"];
