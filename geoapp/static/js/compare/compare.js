// Two maps side by side: the second is the bare map in a frame, with its own legend; both move as one.
import { map } from "../map/leaflet.js";
import { hover, mark } from "../map/regions.js";
import { at } from "../page/address.js";
import { el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { options } from "../panel/controls.js";
import { boot, change, changePage, page, query, view } from "../view/state.js";
import { yearsOf } from "../view/choices.js";

const $ = (id) => document.getElementById(id);
const MINUS = "minus";
let other = null;
let second = null;

/** Connect the button and the second map's choices. */
export function bindCompare() {
  $("compare").addEventListener("click", () => set(page.compare ? "" : suggestion()));
  $("second-close").addEventListener("click", () => set(""));
  for (const [place, name] of ["indicator", "year", "tier"].entries()) {
    $(`second-${name}`).addEventListener("change", (event) => {
      const parts = page.compare.split(".");
      parts[place] = event.target.value;
      set([fitting(...parts), ...parts.slice(3)].join("."));
    });
  }
  $("second-minus").addEventListener("change", (event) => {
    const parts = page.compare.split(".").slice(0, 3);
    set([...parts, ...(event.target.checked ? [MINUS] : [])].join("."));
  });
  document.addEventListener("atlas:hover", (event) => other?.mark(event.detail));
}

/** Make the second map say what the page's address says. */
export async function syncCompare(data) {
  const on = Boolean(page.compare);
  $("compare").setAttribute("aria-pressed", String(on));
  $("second").hidden = !on;
  document.body.classList.toggle("compared", on);
  if (!on) {
    close();
    if (second) await drawOnScale("");
    second = null;
    return;
  }
  const last = page.compare.split(".")[3];
  const region = last === MINUS ? "" : last;
  const [indicator, year = "", tier = ""] = (region ? page.compare : fitting(...page.compare.split("."))).split(".");
  choices(data, indicator, year, tier);
  const apart = differs(indicator, year, tier) && !region;
  const minus = apart && last === MINUS;
  if (last === MINUS && !apart) changePage({ compare: page.compare.replace(`.${MINUS}`, "") });
  $("second-minus").hidden = !apart;
  $("second-minus").querySelector("input").checked = minus;
  $("second-table").hidden = Boolean(region);
  $("second-table").href = tableAddress("");
  const scale = minus ? "" : sharedScale(indicator, year, tier);
  if ((view.scale || "") !== scale) return drawOnScale(scale);
  second = { ...(region ? { region } : { region: data.region, level: data.level }), indicator, year, tier, scale: scale && `${view.year}.${view.tier}`, against: minus ? `${view.year}.${view.tier}` : "", layers: view.layers, type: view.type, programme: view.programme, raster: view.raster, opacity: view.opacity, lang: view.lang };
  if (!other) return open(second);
  await other.change(second, { push: false });
  map.fire("move");
}

// The first map is drawn again on its new scale, and this module hears of it as of any change.
function drawOnScale(scale) {
  return change({ scale }, { push: false });
}

/** The address of the table of both maps; empty where they show two regions. */
export function tableAddress(suffix) {
  const parts = page.compare.split(".");
  return parts[3] && parts[3] !== MINUS ? "" : at(`/compare/views${suffix}?${query({ ...view, scale: "", sel: "" })}&compare=${parts.slice(0, 3).join(".")}`);
}

// A difference is of one indicator in two years or tiers; of goals, not of their gaps.
function differs(indicator, year, tier) {
  const same = indicator === view.indicator && year && !view.measure;
  return same && (year !== String(view.year) || tier !== view.tier);
}

/** The view of the second map; null where there is none. */
export function secondView() {
  return page.compare ? second : null;
}

// Maps of one indicator have one scale; values of different things have none in common.
function sharedScale(indicator, year, tier) {
  return indicator === view.indicator && year ? `${year}.${tier}` : "";
}

function set(text) {
  changePage({ compare: text });
  syncCompare(boot.current);
}

function suggestion() {
  const years = boot.current.choices[view.indicator] || {};
  if (!view.year) return fitting(Object.keys(boot.current.choices)[0], "", "basic");
  const tiers = years[view.year] || [];
  const tier = tiers.find((each) => each !== view.tier);
  if (tier) return `${view.indicator}.${view.year}.${tier}`;
  const year = Object.keys(years).find((each) => each !== String(view.year));
  if (year) return fitting(view.indicator, year, view.tier);
  return fitting(Object.keys(boot.current.choices).find((each) => each !== view.indicator) || view.indicator, view.year, view.tier);
}

// The nearest choice that has data in this region.
function fitting(indicator, year, tier) {
  const years = yearsOf(boot.current, indicator);
  if (!years) return `${indicator}.${year}.${tier}`;
  if (!Object.keys(years).length) return indicator;
  const found = years[year] ? year : Object.keys(years).at(-1);
  return `${indicator}.${found}.${years[found].includes(tier) ? tier : years[found][0]}`;
}

function choices(data, indicator, year, tier) {
  $("second-indicator").replaceChildren(...options(data));
  $("second-indicator").value = indicator;
  const years = yearsOf(data, indicator) || { [year]: [tier] };
  for (const name of ["year", "tier"]) $(`second-${name}`).hidden = !year;
  fillSelect($("second-year"), Object.keys(years).map((each) => [each, each]), year);
  fillSelect($("second-tier"), (years[year] || [tier]).map((each) => [each, texts[each]]), tier);
}

function fillSelect(select, pairs, value) {
  select.replaceChildren(...pairs.map(([id, text]) => {
    const option = el("option", "", text);
    option.value = id;
    return option;
  }));
  select.value = value;
}

function open(patch) {
  const frame = $("second-map");
  frame.onload = async () => {
    const made = frame.contentWindow;
    if (!made.atlas) await new Promise((ready) => made.addEventListener("atlas:ready", ready, { once: true }));
    other = made.atlas;
    link(map, other.map);
    frame.contentDocument.addEventListener("atlas:hover", (event) => mark(event.detail));
    other.onSelect((sel) => change({ sel }));
    map.fire("move");
    document.body.dataset.compared = "ready";
  };
  frame.src = at(`/view.html?${query(patch)}`);
}

function close() {
  if (other) hover("");
  other = null;
  $("second-map").removeAttribute("src");
  delete document.body.dataset.compared;
}

function link(one, two) {
  let copying = false;
  const follow = (from, to) => () => {
    if (copying || !other) return;
    copying = true;
    to.setView(from.getCenter(), from.getZoom(), { animate: false });
    copying = false;
  };
  one.on("move", follow(one, two));
  two.on("move", follow(two, one));
}
