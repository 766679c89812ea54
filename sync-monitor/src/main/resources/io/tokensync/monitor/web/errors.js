// Errors by category, dead letters by cause, and what the processes say.
import { byId, el, sync } from "./dom.js";
import { drawBars } from "./charts.js";
import { ago, count, processStatus, words } from "./format.js";

export function showErrors(overview, now) {
  sync(byId("categories"), overview.errors, (category) => category.category, (category) => {
    const causes = Object.entries(category.causes).sort((a, b) => b[1] - a[1]).slice(0, 5);
    return el("div", { class: "card" }, category.category, el("b", { class: category.count ? "" : "zero" }, count(category.count)),
      el("ul", {}, ...causes.map(([cause, amount]) => el("li", {}, el("span", {}, words(cause)), el("span", {}, count(amount))))));
  });
  drawBars("letters", Object.entries(overview.dead_letters).sort((a, b) => b[1] - a[1]).map(([code, amount]) => [words(code), amount]), "none");
  const instances = overview.stages.flatMap((stage) => stage.instances).map((instance) => ({
    ...instance, since: instance.since ? ago(instance.since, now).replace(" ago", "") : "",
  }));
  const shown = instances.length ? instances : [{ stage: "", address: "none" }];
  sync(byId("instances"), shown, (instance) => `${instance.stage} ${instance.address}`, (instance) => {
    if (!instance.stage) return el("li", { class: "soft" }, el("span", { class: "why" }, "The monitor has no processes configured: name their admin endpoints in monitor.stages to see here which of them wait, and for what."));
    const [level, word] = processStatus(instance.state);
    return el("li", {}, el("span", {}, instance.stage), el("span", { class: "mono" }, instance.address),
      el("span", { class: "badge", "data-level": level }, `${word}${instance.since ? ` · ${instance.since}` : ""}`),
      el("span", { class: "why" }, [instance.kind?.toLowerCase(), instance.cause].filter(Boolean).join(": ")));
  });
}
