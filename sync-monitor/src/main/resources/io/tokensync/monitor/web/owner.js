// One owner: what is listed under a DID now, and what was.
import { el } from "./dom.js";
import { ask, searchAt } from "./ask.js";
import { count } from "./format.js";
import { holdings, sentence, table, when } from "./parts.js";
import { steps } from "./timeline.js";

function overTime(owner) {
  if (!owner.over_time) return [sentence(owner.whole_time ? "This table keeps no history: what was is not known here." : "The history has no answer now; the rest of this page is complete.")];
  if (!owner.over_time.length) return [sentence("No change was seen since the history is kept.")];
  return [steps(owner.over_time), owner.whole_time ? null : sentence(`The first ${count(owner.over_time.length)} changes; there are more.`),
    el("details", {}, el("summary", {}, `${count(owner.over_time.length)} changes as a table`), table("Changes", [["Observed"], ["Tokens", "num"], ["Value", "num"]],
      owner.over_time.map((step) => el("tr", {}, el("th", { scope: "row" }, when(step.at)), el("td", { class: "num" }, count(step.tokens)), el("td", { class: "num" }, step.value)))))];
}

export async function showOwner(did) {
  const owner = await ask(`api/owner?did=${encodeURIComponent(did)}`);
  const head = [el("h2", {}, "Owner"), el("p", { class: "mono id" }, did)];
  if (owner.problem) return [...head, sentence(owner.problem, "bad")];
  const group = (one) => searchAt({ did, kind: one.token_kind, status: one.status_name ?? "unknown" });
  return [...head, el("h3", {}, "Listed now"), ...holdings(owner.now, group), el("p", { class: "files soft" }, el("a", { href: searchAt({ did }) }, "All rows under this DID"), ", of every node that lists one."),
    el("h3", {}, "Held over time"), ...overTime(owner)];
}
