// Which view an address shows: #/search, #/token/ID, #/owner/DID, #/node/MACHINE/NODE, #/dead-letters; every other one is the status.
import { byId, el } from "./dom.js";
import { sentence } from "./parts.js";
import { showSearch } from "./search.js";
import { showToken } from "./token.js";
import { showOwner } from "./owner.js";
import { showNode } from "./node.js";
import { showDeadLetters } from "./deadletters.js";

const TITLE = document.title;
const VIEWS = {
  search: [0, "Search", showSearch], token: [1, "Token", showToken], owner: [1, "Owner", showOwner],
  node: [2, "Node", showNode], "dead-letters": [0, "Dead letters", showDeadLetters],
};
let shown = 0;

function parse(hash) {
  const at = hash.indexOf("?");
  const path = at < 0 ? hash : hash.slice(0, at);
  const [name, ...parts] = path.slice(2).split("/").map(decodeURIComponent);
  const view = VIEWS[name];
  if (!view || parts.length !== view[0]) throw new Error("unknown");
  return { name, parts, title: view[1], show: view[2], query: Object.fromEntries(new URLSearchParams(at < 0 ? "" : hash.slice(at + 1))) };
}

async function fill(box, mine) {
  try {
    const { name, parts, title, show, query } = parse(location.hash);
    document.title = `${parts.length ? `${title} ${parts.at(-1)}` : title} – ${TITLE}`;
    byId("view").dataset.view = name;
    const content = await show(...parts, query);
    if (mine !== shown) return;
    box.replaceChildren(...content.filter(Boolean));
  } catch {
    if (mine === shown) box.replaceChildren(el("h2", {}, "Not found"), sentence("This is no address of this page. Start at the search, or at the status.", "bad"));
  }
}

/** Shows what the address says. */
export function route() {
  const inView = location.hash.startsWith("#/");
  const mine = ++shown;
  const box = byId("view");
  document.body.classList.toggle("in-view", inView);
  box.hidden = !inView;
  for (const link of document.querySelectorAll(".top nav a")) {
    const here = inView && location.hash.startsWith(link.getAttribute("href"));
    if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  if (!inView) {
    document.title = TITLE;
    if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    return;
  }
  window.scrollTo(0, 0);
  if (!box.firstElementChild || !location.hash.startsWith(`#/${box.dataset.view}?`)) box.replaceChildren(el("p", { class: "soft" }, "Asking …"));
  fill(box, mine).then(() => { if (mine === shown && !box.contains(document.activeElement)) box.focus({ preventScroll: true }); });
}
