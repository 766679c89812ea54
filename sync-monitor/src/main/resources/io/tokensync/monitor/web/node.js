// One node: its databases, sessions, freshness, verification, problems and what to do about them.
import { el } from "./dom.js";
import { ask, deadLettersAt, searchAt } from "./ask.js";
import { count, status, words } from "./format.js";
import { fact, holdings, number, sentence, table, when } from "./parts.js";

const badge = (name) => el("span", { class: "badge", "data-level": status(name)[0] }, status(name)[1]);

function databases(page) {
  if (!page.databases.length) return sentence("No agent reports it now; these are its rows in the table.");
  return table("Databases", [["Database"], ["Condition"], ["Rows", "num"], ["In flight", "num"], ["Last read"], ["Last change"], ["Looked at"]],
    page.databases.map((one) => el("tr", {}, el("th", { scope: "row", class: "mono" }, one.db_path), el("td", {}, badge(one.state)), number(one.rows), number(one.in_flight.to_enricher + one.in_flight.to_writer),
      el("td", {}, when(one.last_read)), el("td", {}, when(one.last_change)), el("td", {}, when(one.last_seen)))));
}

function verification(one) {
  if (!one) return sentence("It has not been verified yet.");
  const digests = one.node_digest === one.table_digest ? [["Digest of both: ", one.node_digest]] : [["Digest of the node: ", one.node_digest], ["Digest of the table: ", one.table_digest]];
  return el("div", {}, el("dl", { class: "facts" }, fact("outcome", words(one.outcome)), fact("as of", when(one.as_of)), fact("rows on the node", count(one.node_rows)), fact("rows in the table", count(one.table_rows)),
    fact("buckets that differ", `${count(one.buckets_differing)} of ${count(one.buckets)}`), fact("published again · deleted · deferred", `${count(one.rows_republished)} · ${count(one.rows_deleted)} · ${count(one.rows_deferred)}`)),
    ...digests.map(([name, digest]) => el("p", { class: "soft" }, name, el("span", { class: "mono digest" }, digest))));
}

function sessions(page) {
  if (!page.sessions.length) return sentence("No session is kept in which rows of it moved.");
  return table("Sessions", [["Started"], ["Status"], ["Read", "num"], ["Published", "num"], ["Rejected", "num"], ["Dead-lettered", "num"], ["Session"]],
    page.sessions.map((one) => el("tr", {}, el("th", { scope: "row" }, when(one.started_at)), el("td", {}, badge(one.status)), number(one.balance.read), number(one.balance.published),
      number(one.balance.rejected), el("td", { class: "num" }, el("a", { href: deadLettersAt({ session: one.session_id, node: page.node_name }) }, count(one.balance.dead_lettered))), el("td", { class: "mono" }, one.session_id))));
}

export async function showNode(machine, node) {
  const page = await ask(`api/node?machine=${encodeURIComponent(machine)}&node=${encodeURIComponent(node)}`);
  const head = [el("h2", {}, `Node ${node}`), el("p", { class: "soft" }, `of machine ${machine}`)];
  if (!page.databases) return [...head, sentence(page.problem, "bad")];
  const group = (one) => searchAt({ machine, node, kind: one.token_kind, status: one.status_name ?? "unknown" });
  return [...head, ...page.advice.map((text) => sentence(text, "bad")),
    el("p", { class: "files" }, el("a", { href: searchAt({ machine, node }) }, "All rows"), " · ", el("a", { href: searchAt({ machine, node, validity: "errors" }) }, "rows with errors"), " · ",
      el("a", { href: searchAt({ machine, node, validity: "without-content" }) }, "rows without content"), " · ", el("a", { href: deadLettersAt({ machine, node }) }, "dead letters")),
    el("h3", {}, "Databases"), databases(page), el("h3", {}, "Verification"), verification(page.verification),
    el("h3", {}, "Listed now"), ...(page.holdings ? holdings(page.holdings, group) : [sentence(page.problem, "bad")]),
    el("h3", {}, "Sessions"), sessions(page)];
}
