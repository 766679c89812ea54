// One token: who holds it and did, parents and parts, content, errors, verification.
import { el } from "./dom.js";
import { ask, deadLettersAt } from "./ask.js";
import { count, words } from "./format.js";
import { contentWord, errorsOf, fact, files, nodeLink, ownerLink, pretty, sentence, statusBadge, table, tokenLink, when } from "./parts.js";
import { lanes } from "./timeline.js";

const SOURCES = { "python tool": "Taken over from the earlier tool; nobody has compared it with the token's id.", derived: "Of a whole token of v1 the id says level and number; there is no content behind it." };

function now(rows) {
  return table("On these nodes", [["Node"], ["Machine"], ["Status"], ["Owner"], ["Value", "num"], ["Content"], ["Errors"], ["Changed on the node"], ["Written here"]],
    rows.map((row) => el("tr", {}, el("th", { scope: "row" }, nodeLink(row.source_ip, row.node_name)), el("td", {}, row.source_ip), el("td", {}, statusBadge(row)),
      el("td", { class: "wide" }, ownerLink(row.did)), el("td", { class: "num" }, row.token_value ?? "–"), el("td", { title: row.ipfs_error ?? "" }, contentWord(row)),
      el("td", { class: "wide", title: errorsOf(row).join(", ") }, errorsOf(row).join(", ")), el("td", {}, when(row.updated_at)), el("td", {}, when(row.synced_at)))));
}

/** One row for each version that was seen. */
function versions(token) {
  return el("details", {}, el("summary", {}, `${count(token.history.length)} versions as a table`),
    table("Versions", [["Observed"], ["Node"], ["Machine"], ["Owner"], ["Status"], ["Value", "num"], ["Version", "num"]],
      token.history.map((row) => el("tr", {}, el("th", { scope: "row" }, when(row.observed_at)), el("td", {}, nodeLink(row.source_ip, row.node_name)), el("td", {}, row.source_ip),
        el("td", { class: "wide" }, ownerLink(row.did)), el("td", {}, statusBadge(row)), el("td", { class: "num" }, row.token_value ?? "–"), el("td", { class: "num" }, String(row.record_version))))),
    token.more_history ? sentence(`The first ${count(token.history.length)} versions; there are more.`) : null, files("history", { id: token.token_id }));
}

function history(token) {
  if (!token.history) return sentence("This table keeps no history: what was is not known here.");
  if (!token.history.length) return sentence("No version of it was seen since the history is kept.");
  return el("div", {}, lanes(token.history), versions(token));
}

const leaf = (row, css) => el("li", { class: css ?? null }, el("span", { class: "leaf" }, tokenLink(row.token_id), row.known === false ? el("span", { class: "soft" }, "listed by no node") : statusBadge(row), row.token_value ? el("span", { class: "soft" }, row.token_value) : null));

/** Parents above, parts below; a part that several nodes list stands once. */
function family(token) {
  const parts = [...new Map(token.parts.map((row) => [row.token_id, row])).values()];
  if (!token.parents.length && !parts.length) return sentence("It has neither a parent nor parts.");
  const self = leaf(token.rows[0] ?? { token_id: token.token_id, known: false }, "here");
  if (parts.length) self.append(el("ul", {}, ...parts.map((row) => leaf(row))));
  const tree = token.parents.reduce((child, parent) => {
    const item = leaf(parent);
    item.append(el("ul", {}, child));
    return item;
  }, self);
  return el("div", {}, el("ul", { class: "tree" }, tree), token.more_parts ? sentence(`The first ${count(parts.length)} parts; there are more.`) : null, parts.length ? files("parts", { id: token.token_id }) : null);
}

function content(rows) {
  const known = rows.find((row) => row.ipfs_fetched) ?? rows.find((row) => row.ipfs_error);
  if (!known) return sentence("Nothing is known of its content.");
  if (!known.ipfs_fetched) return sentence(`No content: ${known.ipfs_error}`, known.ipfs_error.includes("mismatch") ? "bad" : "");
  const said = known.ipfs_info ? Object.entries(JSON.parse(pretty(known.ipfs_info).startsWith("{") ? known.ipfs_info : "{}")) : [];
  return el("div", {}, said.length ? el("dl", { class: "facts" }, ...said.map(([name, value]) => fact(words(name), typeof value === "string" ? value : JSON.stringify(value)))) : null,
    el("p", { class: "soft" }, SOURCES[known.ipfs_source] ?? `From ${known.ipfs_source ?? "a source that is not named"}; its hash is the token's id.`), known.ipfs_data ? el("pre", { class: "code", tabindex: "0" }, pretty(known.ipfs_data)) : null);
}

function verified(token) {
  if (!token.verifications.length) return sentence("No node that lists it has been verified yet.");
  return el("ul", { class: "plain" }, ...token.verifications.map((one) => el("li", {}, nodeLink(one.source_ip, one.node_name), ` of ${one.source_ip}: ${one.outcome} as of `, when(one.as_of), `, ${count(one.table_rows)} rows`)));
}

export async function showToken(id) {
  const token = await ask(`api/token?id=${encodeURIComponent(id)}`);
  if (token.problem) return [el("h2", {}, "Token"), el("p", { class: "mono id" }, id), sentence(token.problem, "bad")];
  const free = token.rows.filter((row) => row.status_name === "free" && !row.deleted_at);
  const row = token.rows[0] ?? {};
  return [el("h2", {}, "Token"), el("p", { class: "mono id" }, id),
    free.length > 1 ? sentence(`${free.length} nodes list it as free. Only one of them can own it: the others have not learned of a transfer, or it was spent twice.`, "bad") : null,
    el("dl", { class: "facts" }, fact("kind", row.token_kind ?? "–"), fact("value", row.token_value ?? "–"),
      row.token_number === null || row.token_number === undefined ? null : fact("level · number", `${row.token_level} · ${count(row.token_number)}`),
      fact("nodes that list it", count(token.rows.filter((one) => !one.deleted_at).length)), fact("dead letters", el("a", { href: deadLettersAt({ token: id }) }, "look"))),
    el("h3", {}, "Now"), token.rows.length ? now(token.rows) : sentence("No node lists it."),
    el("h3", {}, "Holders over time"), history(token), el("h3", {}, "Parents and parts"), family(token),
    el("h3", {}, "Content"), content(token.rows), el("h3", {}, "Verification of its nodes"), verified(token)];
}
