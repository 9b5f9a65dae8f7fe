// Polygons: fetched once per boundary edition, restyled from values.
import { at } from "../page/address.js";
import { feature } from "topojson-client";
import { failed } from "../page/messages.js";
import { roving } from "../page/roving.js";
import { idle, pause } from "../page/tasks.js";
import { labelled, texts } from "../page/texts.js";
import { boot, change, getJson, view } from "../view/state.js";
import { hideRing, showRing } from "./focus_ring.js";
import { L, layers } from "./leaflet.js";
import { fill } from "./patterns.js";
import { countedIn } from "./undertakings.js";

const cache = new Map();
const byCode = new Map();
let areas = new Map();
let drawn = "";
let surrounded = false;
let only = "";

/** Draw the country's lines. */
export async function drawLines() {
  const lines = await getJson(at(`/geo/lines/${boot.current.boundary_edition}.json`));
  layers.lines.options.style = (feature) => ({ className: `line ${feature.properties.kind}`, fill: false, interactive: false });
  await pause(null);
  layers.lines.addData({ ...lines, features: lines.features.filter((f) => f.properties.kind !== "coast_province") });
}

/**
 * Draw the provinces around a region, quietly; over the country the areas themselves are all there is.
 * They are large and nobody waits for them: one at a time, when the browser has nothing better to do.
 */
export async function drawContext(data) {
  if (data.region_level === "nation" || surrounded) return;
  surrounded = true;
  layers.context.options.style = { className: "context", interactive: false };
  layers.context.options.interactive = false;
  try {
    await idle();
    const { objects, ...topology } = await getJson(areasUrl("province", "100000", "lo"));
    for (const province of objects.regions.geometries) {
      await idle();
      layers.context.addData(feature(topology, province));
    }
  } catch {
    surrounded = false;
  }
}

/** Draw the view's areas. Geometry changes only with region and level; values restyle in place. */
export async function drawRegions(data, moved) {
  areas = new Map(data.areas.map((area) => [area.adcode, area]));
  const wide = data.region_level === "nation" || data.region_level === "province";
  const wanted = [data.level, data.region, wide ? "lo" : "full"];
  if (moved && wanted.join() !== drawn) {
    try {
      const collection = await polygons(...wanted);
      layers.regions.clearLayers();
      byCode.clear();
      layers.regions.options.onEachFeature = bind;
      layers.regions.addData(collection);
      drawn = wanted.join();
    } catch {
      failed(() => location.reload());
      return;
    }
  }
  for (const [code, path] of byCode) dress(path, areas.get(code));
  roving("areas", [...byCode.values()].map((path) => path.getElement()).filter((e) => e && e.style.display !== "none"), {
    enter: (element) => change({ sel: element.dataset.adcode }),
    arrive: (element) => {
      hover(element.dataset.adcode);
      showRing(byCode.get(element.dataset.adcode));
    },
    leave: hideRing,
  });
}

/** Whether the map draws the outlines of the regions that plans bind: over the country, where goals are shown. */
export function outlined(data) {
  return data.region_level === "nation" && data.layers.targets > 0;
}

/** Draw the planning regions' own outlines over the country or a province. */
export async function drawOutlines(data) {
  layers.outlines.clearLayers();
  if (!outlined(data)) return;
  // One request for all regions of a level, however many plans there are; counties are too many for that.
  const below = data.plans.filter((plan) => plan.level !== "nation"); // the state's outline is the map's
  const wholes = new Set(below.map((plan) => [plan.level, plan.level === "county" ? plan.region : "100000"].join()));
  await idle();
  const found = await Promise.all([...wholes].map((each) => polygons(...each.split(","), "lo")));
  const wanted = new Set(data.plan_regions);
  const features = found.flatMap((collection) => collection.features.filter((feature) => wanted.delete(feature.id)));
  if (boot.current !== data) return;
  layers.outlines.options.style = { className: data.plan_regions.length > 12 ? "outline many" : "outline", fill: false, interactive: false };
  layers.outlines.addData({ type: "FeatureCollection", features });
}

function areasUrl(level, within, detail) {
  return at(`/geo/${level}/${boot.current.boundary_edition}.json?within=${within}&detail=${detail}`);
}

function polygons(level, within, detail) {
  const url = areasUrl(level, within, detail);
  if (!cache.has(url)) {
    const read = getJson(url).then((topology) => feature(topology, topology.objects.regions));
    read.catch(() => cache.delete(url));
    cache.set(url, read);
  }
  return cache.get(url);
}

function bind(feature, path) {
  byCode.set(feature.id, path);
  path.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    change({ sel: feature.id });
  });
  path.on("dblclick", (event) => {
    L.DomEvent.stop(event);
    change({ region: feature.id, sel: "" });
  });
  path.on("mouseover", () => hover(feature.id));
  path.on("mouseout", () => hover(""));
}

function dress(path, area) {
  const element = path.getElement();
  if (!element) return;
  element.style.display = area ? "" : "none";
  if (!area) return;
  element.setAttribute("class", `leaflet-interactive area ${area.status || "plain"}`);
  element.dataset.adcode = area.adcode;
  element.dataset.status = area.status || "";
  element.style.fill = fill(area, boot.current.draw !== "fill");
  element.setAttribute("role", "button");
  const words = area.words || boot.current.words[area.status] || countedIn(area.adcode);
  element.setAttribute("aria-label", words ? labelled(area.name, words) : area.name);
  element.classList.toggle("dim", Boolean(only) && area.key !== only);
  element.classList.toggle("selected", area.adcode === view.sel);
}

/** Show the areas of one legend line strongly and the others faintly; empty shows all. */
export function spotlight(key) {
  only = key;
  for (const [code, path] of byCode) {
    path.getElement()?.classList.toggle("dim", Boolean(key) && areas.get(code)?.key !== key);
  }
}

/** Mark a region as selected on the map. */
export function select(code) {
  for (const [each, path] of byCode) {
    const chosen = each === code;
    path.getElement()?.classList.toggle("selected", chosen);
    if (chosen) path.bringToFront();
  }
}

/** Mark a region under the pointer; tells the table and a map beside it. */
export function hover(code) {
  mark(code);
  document.dispatchEvent(new CustomEvent("atlas:hover", { detail: code }));
}

/** Mark a region, without telling anyone. */
export function mark(code) {
  for (const [each, path] of byCode) path.getElement()?.classList.toggle("hover", each === code);
}

/** Return the polygon of a region, if it is drawn. */
export function polygonOf(code) {
  return byCode.get(code);
}

/** Return the focusable path of a region, for focus to come back to. */
export function elementOf(code) {
  return byCode.get(code)?.getElement();
}
