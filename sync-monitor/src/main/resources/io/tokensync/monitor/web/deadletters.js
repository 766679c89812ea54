// Dead letters: what was rejected, why, and the command that sends it back.
import { el } from "./dom.js";
import { ask, deadLettersAt, queryOf } from "./ask.js";
import { count, plural, words } from "./format.js";
import { fact, files, nodeLink, sentence, tokenLink, when } from "./parts.js";

const ROWS = 25;
const NAMES = { session: "session", machine: "machine", node: "node", token: "token", stage: "stage", reason: "cause" };

/** One, closed; what was rejected is written when it is opened. */
export function deadLetter(one) {
  const box = el("details", { class: "letter" }, el("summary", {}, el("span", {}, when(one.time)), el("b", {}, words(one.reason)), el("span", { class: "soft" }, one.stage), el("span", { class: "cut" }, one.node_name ?? ""), el("span", { class: "mono cut" }, one.token_id ?? "")));
  box.addEventListener("toggle", () => {
    if (!box.open || box.childElementCount > 1) return;
    box.append(el("p", {}, one.detail || "No detail is given."),
      el("dl", { class: "facts" }, fact("at", one.place), fact("from", one.origin), one.node_name && one.source_ip ? fact("node", nodeLink(one.source_ip, one.node_name)) : null, one.token_id ? fact("token", tokenLink(one.token_id)) : null,
        one.session_id ? fact("session", el("a", { class: "mono", href: deadLettersAt({ session: one.session_id }) }, one.session_id)) : null),
      one.advice ? sentence(one.advice) : "", one.command ? el("div", {}, el("p", { class: "soft" }, "Once the cause is repaired, this sends it back:"), el("pre", { class: "code command", tabindex: "0" }, one.command)) : "",
      one.rejected === null ? "" : el("div", {}, el("p", { class: "soft" }, "What was rejected, without secrets:"), el("pre", { class: "code", tabindex: "0" }, typeof one.rejected === "string" ? one.rejected : JSON.stringify(one.rejected, null, 2))));
  });
  return box;
}

function filter(page, query) {
  const chosen = Object.entries(query).filter(([name, value]) => NAMES[name] && value);
  const causes = Object.entries(page.reasons).sort((a, b) => b[1] - a[1]);
  return el("p", { class: "causes" }, ...chosen.map(([name, value]) => el("a", { class: "chip on", href: deadLettersAt({ ...query, [name]: "" }), title: "take this condition away" }, `${NAMES[name]}: ${name === "reason" ? words(value) : value} ×`)),
    ...(query.reason ? [] : causes.map(([code, amount]) => el("a", { class: "chip", href: deadLettersAt({ ...query, reason: code }) }, `${words(code)} ${count(amount)}`))));
}

export async function showDeadLetters(query) {
  const { from, ...conditions } = query;
  const at = Number(from) > 0 ? Number(from) : 0;
  const page = await ask(`api/dead-letters?${queryOf({ ...conditions, from: at, limit: ROWS })}`);
  if (page.problem && !page.rows) return [el("h2", {}, "Dead letters"), sentence(page.problem, "bad")];
  const to = (start) => (start < 0 ? null : deadLettersAt({ ...conditions, from: start }));
  return [el("h2", {}, "Dead letters"), el("p", { class: "soft" }, `The newest ${count(page.kept)} of the topic, the latest first; older ones: `, el("code", {}, "tokensync dlq list"), "."),
    page.problem ? sentence(page.problem, "bad") : null, filter(page, conditions),
    page.rows.length ? el("div", { class: "letters" }, ...page.rows.map(deadLetter)) : sentence(page.problem ? "None is known." : "None."),
    el("p", { class: "pager" }, at > 0 ? el("a", { href: to(Math.max(0, at - ROWS)) }, "Newer") : null, page.rows.length ? el("span", {}, `${count(at + 1)}–${count(at + page.rows.length)} of ${plural(page.total, "dead letter")}`) : null,
      at + page.rows.length < page.total ? el("a", { href: to(at + ROWS) }, "Older") : null), files("dead-letters", conditions)];
}
