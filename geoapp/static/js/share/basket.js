// Views collected for one briefing, in their order; kept in this browser until they are taken out.
import { at } from "../page/address.js";
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";

const KEPT = "geoapp-basket";
const MOST = 20;
const $ = (id) => document.getElementById(id);
let views = kept();

/** Connect the list; `changed` is told when it has other views or another order. */
export function bindBasket(changed) {
  $("basket").addEventListener("basket", () => {
    keep();
    paint();
    changed();
  });
  paint();
}

/** Add a view, by its query string and what it is called. */
export function collect(query, title) {
  if (views.length >= MOST || views.some((each) => each.query === query)) return;
  views.push({ query, title });
  tell();
}

/** The collected views as parameters of one address; empty where there is none. */
export function collected() {
  return views.map((each) => `views=${encodeURIComponent(each.query)}`).join("&");
}

function tell() {
  $("basket").dispatchEvent(new Event("basket"));
}

function paint() {
  $("basket").replaceChildren(...views.map(row));
  $("basket-count").textContent = views.length ? String(views.length) : "";
  $("basket-files").hidden = !views.length;
}

function row(view, place) {
  const up = button("link", "↑", () => move(place, place - 1));
  const down = button("link", "↓", () => move(place, place + 1));
  const out = button("link", "×", () => {
    views.splice(place, 1);
    tell();
  });
  for (const [each, name] of [[up, texts.moveUp], [down, texts.moveDown], [out, texts.takeOut]]) {
    each.setAttribute("aria-label", `${name} ${view.title}`);
  }
  up.disabled = place === 0;
  down.disabled = place === views.length - 1;
  const open = el("a", "", view.title);
  open.href = at(`/?${view.query}`);
  return el("li", "", open, up, down, out);
}

function move(from, to) {
  const [view] = views.splice(from, 1);
  views.splice(to, 0, view);
  tell();
}

// Private windows may refuse to keep anything: the list then lasts as long as the page.
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each?.query === "string" && typeof each.title === "string") : [];
  } catch {
    return [];
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(views));
  } catch {
    // it stays in the page
  }
}
