// The view: read from the page, written to the URL, refreshed from /view.json.
import { at } from "../page/address.js";
import { failed, say } from "../page/messages.js";
import { pause } from "../page/tasks.js";
import { texts } from "../page/texts.js";
import { insidePeriod, yearsOf } from "./choices.js";

const first = JSON.parse(document.getElementById("boot").textContent);
export const boot = { current: first };
export const view = fromQuery(first.view);
/** What belongs to the page and not to the view: embed, compare, fade. */
export const page = { ...first.page };
export const basemapReady = first.basemap;
/** The published vector layers there are, shown or not. */
export const vectorLayers = first.vector_layers || [];
/** Whether this is the map in somebody else's page: its address is seen by nobody and may not be written. */
export const embedded = page.embed === "1";
const listeners = [];
const framed = window !== window.parent;
let running = null;

function fromQuery(query) {
  const given = Object.fromEntries(new URLSearchParams(query));
  return { sel: "", type: "", programme: "", layers: "parks,projects", lang: "zh", basemap: "", raster: "", opacity: "", ...given };
}

const ORDER = ["region", "indicator", "year", "period", "tier", "scale", "against", "level", "fill", "measure", "results", "layers", "type", "programme", "kind", "status", "precision", "plan", "sel", "bbox", "basemap", "raster", "opacity", "lang"];

/** Parts of a view that no value depends on: changing them fetches nothing. */
const WITHOUT_VALUES = ["sel", "raster", "opacity"];

/** The query string of a view, in the server's order; empty parts and the first language are left out. */
export function query(of = view) {
  const known = (name) => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1);
  const parts = Object.entries(of)
    .filter(([name, text]) => text !== "" && text !== undefined && text !== null && !(name === "lang" && text === "zh"))
    .sort(([a], [b]) => known(a) - known(b));
  return new URLSearchParams(parts).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
}

export function onChange(listener) {
  listeners.push(listener);
}

/** Change parts of the view: new URL, new values, no page load. */
export async function change(patch, { push = true } = {}) {
  const before = { ...view };
  Object.assign(view, patch);
  if ("region" in patch && patch.region !== before.region) {
    for (const name of ["level", "year", "bbox", "tier", "scale"]) if (!(name in patch)) delete view[name];
    page.at = "";
  } else {
    settle(patch);
  }
  if (query(before) === query(view)) return;
  record(push && !framed ? "pushState" : "replaceState");
  if (Object.keys(patch).every((name) => WITHOUT_VALUES.includes(name))) return notify(boot.current, before);
  await refresh(before);
}

// A new indicator or year keeps the other choices where they have data, else takes what has.
function settle(patch) {
  if (!("indicator" in patch || "year" in patch)) return;
  if (view.results && !("results" in patch)) Object.assign(view, { results: "", measure: "" });
  const years = yearsOf(boot.current, view.indicator);
  if (!years) return;
  // What is not from a plan has no year and no tier.
  if (!Object.keys(years).length) {
    for (const name of ["year", "tier", "measure"]) delete view[name];
    return;
  }
  if (!years[view.year]) {
    delete view.year; // the server knows which year has most here
    return;
  }
  if (!insidePeriod(view.period, view.year)) view.period = "";
  if (!years[view.year].includes(view.tier)) view.tier = years[view.year][0];
}

/** Change what belongs to the page: it is in the URL, but no data depend on it. */
export function changePage(patch) {
  Object.assign(page, patch);
  record("replaceState");
}

function record(how) {
  if (!embedded) history[how](null, "", address());
}

/** The address of this page and view. */
export function address() {
  const extra = query(page);
  return `${location.pathname}?${query()}${extra ? `&${extra}` : ""}`;
}

async function refresh(before) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const slow = setTimeout(() => say(texts.loading), 400);
  let elsewhere = "";
  try {
    let data = await getJson(at(`/view.json?${query()}`), signal);
    const tiers = data.choices[data.indicator]?.[data.year];
    if (view.period && data.year && !(data.choices[data.indicator] || {})[data.year]) {
      data = await getJson(at(`/view.json?${query({ ...view, period: "", year: "", tier: "" })}`), signal);
      elsewhere = texts.periodElsewhere;
    } else if (data.reported && before?.indicator && before.indicator !== data.indicator) {
      data = await getJson(at(`/view.json?${query({ ...fromQuery(data.view), level: "" })}`), signal);
    } else if (data.tier && tiers && !tiers.includes(data.tier)) {
      data = await getJson(at(`/view.json?${query({ ...fromQuery(data.view), tier: tiers[0] })}`), signal);
    }
    boot.current = data;
    for (const name of Object.keys(view)) delete view[name];
    Object.assign(view, fromQuery(data.view));
    record("replaceState");
    clearTimeout(slow);
    say(elsewhere);
    await notify(data, before);
  } catch (error) {
    if (error.name !== "AbortError") failed(() => refresh(before));
  } finally {
    clearTimeout(slow);
  }
}

async function notify(data, before) {
  for (const listener of listeners) {
    await listener(data, before);
    await pause(before);
  }
}

/** Draw the first view, and follow the back and forward buttons. */
export async function start() {
  addEventListener("popstate", async () => {
    const before = { ...view };
    const given = fromQuery(location.search.slice(1));
    for (const name of Object.keys(page)) {
      page[name] = given[name] || "";
      delete given[name];
    }
    for (const name of Object.keys(view)) delete view[name];
    Object.assign(view, given);
    await refresh(before);
  });
  if (location.search) record("replaceState");
  await notify(boot.current, null);
}

/** Fetch JSON, or throw with the sentence the server gives. */
export async function getJson(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || String(answer.status));
  return answer.json();
}
