// One search box over everything (WAI-ARIA combobox with a list): type, arrow, Enter, there.
import { at } from "../page/address.js";
import { el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { boot, change, getJson, view } from "../view/state.js";
import { show } from "./table.js";

const input = document.getElementById("q");
const list = document.getElementById("found");
const MOST = 10;
let results = [];
let active = -1;
let running = null;
let waiting = 0;

/** Connect the search box. */
export function bindSearch() {
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  input.addEventListener("keydown", keys);
  input.addEventListener("focus", () => results.length && input.value && open(true));
  input.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (active < 0) await look();
    if (results.length) choose(results[Math.max(active, 0)]);
  });
  document.addEventListener("click", (event) => {
    if (!input.form.contains(event.target)) open(false);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.focus();
    }
  });
}

async function look() {
  const text = input.value.trim();
  running?.abort();
  if (!text) return draw([], "");
  running = new AbortController();
  try {
    const language = view.lang === "en" ? "&lang=en" : "";
    const found = await getJson(at(`/search.json?q=${encodeURIComponent(text)}&limit=${MOST}${language}`), running.signal);
    draw(found.results, found.results.length ? `${found.results.length} ${texts.found}` : texts.nothingFound, found.said);
  } catch (error) {
    if (error.name !== "AbortError") draw([], texts.searchFailed);
  }
}

function draw(found, message, said = "") {
  results = found;
  active = -1;
  list.replaceChildren(...found.map(option));
  const note = said || (found.length ? "" : message);
  if (note) {
    const told = el("li", "empty", note);
    told.setAttribute("role", "option");
    told.setAttribute("aria-disabled", "true");
    list.append(told);
  }
  document.getElementById("foundsay").textContent = said ? `${message} ${said}` : message;
  input.removeAttribute("aria-activedescendant");
  open(Boolean(message));
  if (found.length) move(0);
}

function option(result, number) {
  const made = el("li", "", el("span", "kind", texts.found_kinds[result.kind] || result.kind), el("b", "", result.name), el("span", "where", result.where || ""));
  made.id = `found-${number}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => choose(result));
  return made;
}

function open(on) {
  list.hidden = !on;
  input.setAttribute("aria-expanded", String(on));
}

function move(to) {
  if (!results.length) return;
  active = (to + results.length) % results.length;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
  input.setAttribute("aria-activedescendant", `found-${active}`);
  list.children[active].scrollIntoView({ block: "nearest" });
}

function keys(event) {
  const steps = { ArrowDown: active + 1, ArrowUp: active - 1 };
  if (event.key in steps) {
    event.preventDefault();
    if (list.hidden) open(results.length > 0);
    else move(steps[event.key]);
  } else if (event.key === "Escape" && (!list.hidden || input.value)) {
    event.preventDefault();
    event.stopPropagation();
    if (list.hidden) input.value = "";
    open(false);
  }
}

/** Go to what was found. Regions and points open around their selection, with their card. */
export async function choose(result) {
  open(false);
  input.value = result.name;
  input.blur();
  if (result.kind === "indicator") {
    if (boot.current.choices[result.id]) await change({ indicator: result.id });
    else location.assign(result.map || result.url);
  } else if (result.kind === "plan") {
    const plan = boot.current.plans.find((each) => each.id === result.id);
    if (plan) await change({ region: plan.region, year: String(plan.year), sel: plan.region });
    else location.assign(result.url);
  } else {
    const { layer } = result;
    const patch = { region: "", sel: result.id || result.adcode, type: "", programme: "" };
    if (layer && !view.layers.split(",").includes(layer)) patch.layers = [...view.layers.split(","), layer].filter((each) => each !== "none").join(",");
    await change(patch);
    if (layer) show(layer);
  }
}
