// What several views show alike: links, badges, tables, files and sentences.
import { el } from "./dom.js";
import { nodeAt, ownerAt, queryOf, tokenAt } from "./ask.js";
import { count, words } from "./format.js";

const HELD = ["free", "locked", "committed", "pledged", "pinned as service", "deployed", "executed", "generated", "fetched"];
const WRONG = ["double spent", "outside limits", "chain sync issue", "pledge issue", "orphaned"];
const TIME = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit" });

export const number = (value) => el("td", { class: value ? "num" : "num zero" }, count(value));
export const fact = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, ...value));
export const sentence = (text, level) => el("p", { class: "say", "data-level": level ?? "", role: level === "bad" ? "alert" : null }, text);

/** A time of this browser, with UTC behind it. */
export const when = (instant) => (instant ? el("time", { datetime: instant, title: instant }, isNaN(Date.parse(instant)) ? instant : TIME.format(new Date(instant))) : "–");

const link = (href, text, css) => el("a", { href, class: `go ${css ?? ""}`, title: text }, text);
export const tokenLink = (id) => (id ? link(tokenAt(id), id, "mono") : "–");
export const ownerLink = (did) => (did ? link(ownerAt(did), did, "mono") : "–");
export const nodeLink = (machine, node) => link(nodeAt(machine, node), node);

export function statusBadge(row) {
  const name = row.status_name ?? "unknown";
  const level = row.deleted_at ? "idle" : WRONG.includes(name) ? "bad" : HELD.includes(name) ? "good" : "idle";
  return el("span", { class: "badge", "data-level": level }, row.deleted_at ? `${name}, gone from its node` : name);
}

export function contentWord(row) {
  if (row.ipfs_fetched) return "verified";
  const error = row.ipfs_error ?? "";
  if (error.includes("mismatch")) return "does not match";
  return error.startsWith("pending") ? "is fetched" : "none";
}

/** The codes of validation_errors, which is a JSON array. */
export function errorsOf(row) {
  if (!row.validation_errors) return [];
  try {
    const codes = JSON.parse(row.validation_errors);
    return Array.isArray(codes) ? codes.map((code) => (typeof code === "string" ? words(code) : JSON.stringify(code))) : [row.validation_errors];
  } catch {
    return [row.validation_errors];
  }
}

/** A table that scrolls on its own; heads are [name, class]. */
export function table(label, heads, rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map(([name, css]) => el("th", { scope: "col", class: css ?? null }, name)))),
    el("tbody", {}, ...rows)));
}

/** Links to a list as files. */
export function files(list, parameters) {
  const query = queryOf(parameters);
  const file = (ending, name) => el("a", { href: `export/${list}.${ending}${query ? `?${query}` : ""}`, download: `${list}.${ending}` }, name);
  return el("p", { class: "files soft" }, "As a file: ", file("csv", "CSV"), " · ", file("jsonl", "JSON lines"));
}

/** Text as JSON on several lines, when it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function holdings(counted, linkOf) {
  const rows = counted.groups.map((group) => el("tr", {},
    el("th", { scope: "row" }, group.token_kind ?? "unknown"), el("td", {}, statusBadge(group)),
    el("td", { class: "num" }, el("a", { href: linkOf(group) }, count(group.tokens))), el("td", { class: "num" }, group.value)));
  return [table("Holdings", [["Kind"], ["Status"], ["Rows", "num"], ["Value", "num"]], rows.length ? rows : [el("tr", { class: "empty" }, el("td", { colspan: 4 }, "Nothing is listed."))]),
    counted.whole ? null : sentence(`The first ${count(counted.counted)} rows; there are more, and the sums are of these.`)];
}
