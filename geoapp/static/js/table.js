// The table is the accessible route to everything on the map, linked with it both ways.
import { change } from "./state.js";
import { hover } from "./regions.js";
import { el, words } from "./words.js";

const MOST = 400;
const ORDER = { own: 0, parent: 1, not_published: 2, none: 3 };

/** List the areas: steepest first, then lent, withheld and missing values. */
export function drawTable(data) {
  const body = document.querySelector("#table tbody");
  if (!body) return;
  const sorted = [...data.areas].sort((a, b) => ORDER[a.status] - ORDER[b.status] || (b.value ?? -1) - (a.value ?? -1));
  const most = Math.max(...sorted.map((area) => Math.abs(area.value ?? 0)), 1e-9);
  body.replaceChildren(...sorted.slice(0, MOST).map((area) => row(area, most)));
}

function row(area, most) {
  const open = el("button", "link", area.name);
  open.type = "button";
  open.addEventListener("click", () => change({ sel: area.adcode }));
  const value = el("td", `n ${area.status}`, el("span", "", area.status === "own" ? area.label : area.words || words.none));
  if (area.status === "own" && area.value !== null && area.value !== undefined) {
    const bar = el("i", "bar");
    bar.style.width = `${(100 * Math.abs(area.value)) / most}%`;
    if (area.colour) bar.style.background = area.colour;
    value.append(bar);
  }
  const name = el("th", "", open);
  name.scope = "row";
  const made = el("tr", "", name, value);
  made.dataset.adcode = area.adcode;
  made.addEventListener("mouseenter", () => hover(area.adcode));
  made.addEventListener("mouseleave", () => hover(""));
  return made;
}
