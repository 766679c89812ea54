// Search in the table: conditions that there is an index for, a page of rows at a time.
import { el } from "./dom.js";
import { ask, nodeAt, queryOf, searchAt } from "./ask.js";
import { count, plural } from "./format.js";
import { contentWord, errorsOf, files, nodeLink, ownerLink, sentence, statusBadge, table, tokenLink, when } from "./parts.js";

const ROWS = 50;
const KINDS = [["", "every kind"], ["whole", "whole RBT"], ["part", "part of an RBT"], ["ft", "fungible token"], ["nft", "NFT"], ["contract", "smart contract"], ["data", "data token"]];
const VALIDITY = [["", "any validity"], ["valid", "without errors"], ["errors", "with errors"], ["content", "content verified"], ["without-content", "without content"], ["mismatch", "content does not match"]];
const PRESENCE = [["", "listed now"], ["gone", "gone from its node"], ["all", "listed or gone"]];
const STATUSES = ["free", "locked", "pledged", "unpledged", "transferred", "committed", "generated", "deployed", "fetched", "burnt", "executed", "orphaned", "chain sync issue", "pledge issue", "double spent", "pinned as service", "burnt for ft", "pending", "quorum pledged", "outside limits", "seed", "unknown"];
const HEADS = [["Token"], ["Kind"], ["Status"], ["Value", "num"], ["Owner"], ["Node"], ["Machine"], ["Content"], ["Errors"], ["Changed on the node"]];

const field = (label, control) => el("label", {}, el("span", {}, label), control);
const text = (name, query, hint, more) => el("input", { name, value: query[name] ?? "", placeholder: hint, autocomplete: "off", spellcheck: "false", ...more });
const select = (name, query, options) => el("select", { name }, ...options.map(([value, label]) => el("option", { value, selected: (query[name] ?? "") === value }, label)));

function form(query) {
  const box = el("form", { class: "search", role: "search", "aria-label": "Search tokens" },
    field("Token id, or its beginning with *", text("token", query, "Qm… or QmYw*")),
    field("Owner (DID)", text("did", query, "bafybmi…")),
    field("Node", text("node", query, "node003")), field("Machine", text("machine", query, "10.20.0.11")),
    field("Status", text("status", query, "every status", { list: "statuses" })),
    field("Kind", select("kind", query, KINDS)),
    field("Value from", text("min", query, "0", { inputmode: "decimal" })), field("Value to", text("max", query, "1", { inputmode: "decimal" })),
    field("Row and content", select("validity", query, VALIDITY)), field("On its node", select("presence", query, PRESENCE)),
    el("label", { class: "check" }, el("input", { type: "checkbox", name: "several", value: "1", checked: query.several === "1" }), el("span", {}, "free on several nodes")),
    el("button", { type: "submit" }, "Search"),
    el("datalist", { id: "statuses" }, ...STATUSES.map((name) => el("option", { value: name }))));
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = searchAt(Object.fromEntries(new FormData(box)));
    if (location.hash === asked) window.dispatchEvent(new HashChangeEvent("hashchange")); else location.hash = asked;
  });
  return box;
}

function row(item) {
  const errors = errorsOf(item);
  return el("tr", {}, el("th", { scope: "row", class: "wide" }, tokenLink(item.token_id)), el("td", {}, item.token_kind ?? "–"), el("td", {}, statusBadge(item)),
    el("td", { class: "num" }, item.token_value ?? "–"), el("td", { class: "wide short" }, ownerLink(item.did)), el("td", {}, nodeLink(item.source_ip, item.node_name)), el("td", {}, item.source_ip),
    el("td", {}, contentWord(item)), el("td", { class: "wide", title: errors.join(", ") }, errors.join(", ")), el("td", {}, when(item.updated_at)));
}

/** Adds pages to the table as they are asked for, each behind the last row of the one before. */
async function results(query) {
  const first = await ask(`api/search?${queryOf({ ...query, limit: ROWS })}`);
  if (first.problem) return [sentence(first.problem.charAt(0).toUpperCase() + first.problem.slice(1) + ".", "bad")];
  const box = table("Rows found", HEADS, []);
  const body = box.querySelector("tbody");
  const state = el("p", { class: "pager", role: "status" });
  const add = (page) => {
    body.append(...page.rows.map(row));
    const shown = body.rows.length;
    const more = page.next ? el("button", { type: "button", onclick: () => next(page.next) }, page.examined ? "Look further" : "More rows") : null;
    const words = page.next && page.examined ? `${plural(shown, "row")} so far, among those looked at; there are more to look at` : page.next ? `the first ${count(shown)} rows` : shown ? plural(shown, "row") : "Nothing fits.";
    state.replaceChildren(...[more, el("span", {}, words), page.note ? el("span", {}, page.note) : null].filter(Boolean));
  };
  const next = async (after) => {
    state.querySelector("button").disabled = true;
    const page = await ask(`api/search?${queryOf({ ...query, after, limit: ROWS })}`);
    if (page.problem) state.replaceChildren(sentence(page.problem, "bad")); else add(page);
    state.querySelector("button")?.focus({ preventScroll: true });
  };
  add(first);
  return [box, state, files("search", query)];
}

export async function showSearch(query) {
  const asked = Object.keys(query).length > 0;
  const found = asked ? await results(query) : [sentence("One of these is enough to begin with: a token id or its beginning, an owner, a node, a status, a kind, rows with errors or rows without content. All conditions hold together.")];
  const machine = query.node && query.machine ? el("p", {}, el("a", { href: nodeAt(query.machine, query.node) }, `Node ${query.node} of ${query.machine}`)) : null;
  return [el("h2", {}, "Search"), form(query), machine, ...found];
}
