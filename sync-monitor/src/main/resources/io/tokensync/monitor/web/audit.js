// Findings with the rows behind them.
import { byId, el, setText, sync } from "./dom.js";
import { ago, clock, count, plural } from "./format.js";
import { files, nodeLink, ownerLink, tokenLink } from "./parts.js";

const PAGE = 25;
const opened = new Map();

/** What has a page of its own is a link to it. */
function cell(finding, row, i) {
  const name = finding.columns[i];
  const machine = row[finding.columns.indexOf("source_ip")];
  if (!row[i]) return "–";
  if (/(^|_)token_id$/.test(name)) return tokenLink(row[i]);
  if (/(^|_)did$/.test(name)) return ownerLink(row[i]);
  return name === "node_name" && machine ? nodeLink(machine, row[i]) : row[i];
}

function rows(finding, shown) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": finding.title }, el("table", {},
    el("thead", {}, el("tr", {}, ...finding.columns.map((name) => el("th", { scope: "col" }, name.replaceAll("_", " "))))),
    el("tbody", {}, ...finding.sample.slice(0, shown).map((row) => el("tr", {}, ...row.map((value, i) => el("td", { class: value && value.length > 30 ? "wide" : null }, cell(finding, row, i))))))));
}

/** Of a kind without an answer: why, and of when the rows are that are shown all the same. */
function unanswered(finding, now) {
  const earlier = finding.answered_at ? ` What is shown was found ${clock(finding.answered_at, now)}.` : "";
  return el("p", { class: "no-answer" }, `No answer: ${finding.no_answer}.${earlier}`);
}

function build(finding, now) {
  const never = finding.rows === null;
  const box = el("details", { class: "finding", "data-found": finding.rows > 0 ? "yes" : "no", "data-answered": finding.no_answer ? "no" : "yes" },
    el("summary", {}, el("b", {}, never ? "?" : count(finding.rows)), el("span", {}, finding.title, finding.no_answer ? el("em", {}, never ? "no answer" : "no answer this time") : null)),
    el("p", {}, finding.explanation), finding.no_answer ? unanswered(finding, now) : null);
  const fill = () => {
    box.querySelectorAll(".scroll, .pager, .files").forEach((old) => old.remove());
    if (!box.open || finding.sample.length === 0) return;
    const shown = opened.get(finding.code) ?? PAGE;
    const rest = finding.sample.length - shown;
    box.append(rows(finding, shown), el("p", { class: "pager" },
      rest > 0 ? el("button", { type: "button", onclick: () => { opened.set(finding.code, shown + PAGE); fill(); } }, "More rows") : null,
      finding.rows > finding.sample.length ? `the first ${count(finding.sample.length)} of ${count(finding.rows)}; all of them: tokensync audit --kind ${finding.code}` : ""), files("findings", { kind: finding.code }));
  };
  box.addEventListener("toggle", () => { if (box.open) opened.set(finding.code, opened.get(finding.code) ?? PAGE); else opened.delete(finding.code); fill(); });
  if (opened.has(finding.code)) box.open = true;
  return box;
}

export function showAudit(audit, now) {
  const missing = audit.findings.filter((finding) => finding.no_answer).length;
  const states = {
    OFF: "The monitor has no database configured: name it in monitor.sql to see here what contradicts itself in the table, and to search it.",
    RUNNING: "Asking the database …", DONE: `asked ${ago(audit.at, now)}${missing ? `; ${plural(missing, "kind")} without an answer` : ""}`,
    FAILED: `could not be asked: ${audit.problem}${audit.at ? `; the findings are of ${ago(audit.at, now)}` : ""}`,
  };
  setText(byId("audit-state"), states[audit.state]);
  sync(byId("findings"), audit.findings, (finding) => finding.code, (finding) => build(finding, now));
}
