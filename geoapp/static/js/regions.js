// Polygons: fetched once per boundary edition, restyled from values. Patterns tell the states apart.
import { boot, change, getJson } from "./state.js";
import { say, words } from "./words.js";

const { map, layers } = window.geoapp;
const cache = new Map();
const byCode = new Map();
let areas = new Map();
let shown = "";

/** Draw the provinces, the country's lines and, inside a province, its prefectures: quiet ground. */
export async function drawContext() {
  const edition = boot.current.boundary_edition;
  const [provinces, lines] = await Promise.all([
    polygons("province", edition, "100000", "lo"),
    getJson(`/geo/lines/${edition}.json`),
  ]);
  layers.context.options.style = { className: "ground", interactive: false };
  layers.context.options.interactive = false;
  layers.context.addData(provinces);
  const plans = new Set(boot.current.plan_regions);
  layers.context.eachLayer((path) => path.getElement()?.classList.toggle("planned", plans.has(path.feature.id)));
  layers.lines.options.style = (feature) => ({ className: `line ${feature.properties.kind}`, fill: false, interactive: false });
  layers.lines.addData({ ...lines, features: lines.features.filter((f) => f.properties.kind !== "coast_province") });
}

/** Draw the view's areas. Geometry changes only with region and level; values restyle in place. */
export async function drawRegions(data, moved) {
  areas = new Map(data.areas.map((area) => [area.adcode, area]));
  const wide = data.region_level === "nation" || data.region_level === "province";
  const wanted = [data.level, data.region, wide ? "lo" : "full"].join();
  if (moved && wanted !== shown) {
    const collection = await fetchPolygons(data, wide);
    if (!collection) return;
    layers.regions.clearLayers();
    byCode.clear();
    layers.regions.options.onEachFeature = bind;
    layers.regions.addData(collection);
    shown = wanted;
  }
  for (const [code, path] of byCode) dress(path, areas.get(code));
  roving();
}

async function fetchPolygons(data, wide) {
  try {
    return await polygons(data.level, data.boundary_edition, data.region, wide ? "lo" : "full");
  } catch {
    say(words.failed, () => drawRegions(data, true));
    return null;
  }
}

async function polygons(level, edition, within, detail) {
  const url = `/geo/${level}/${edition}.json?within=${within}&detail=${detail}`;
  if (!cache.has(url)) {
    const topology = await getJson(url);
    cache.set(url, topojson.feature(topology, topology.objects.regions));
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
  const hidden = !area;
  element.style.display = hidden ? "none" : "";
  if (hidden) return;
  const tinted = area.colour || "";
  const planned = boot.current.plan_regions.includes(area.adcode) ? " planned" : "";
  element.setAttribute("class", `leaflet-interactive area ${area.status}${planned}`);
  if (planned) path.bringToFront();
  element.dataset.adcode = area.adcode;
  element.dataset.status = area.status;
  element.style.fill = fill(area, tinted);
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", `${area.name}：${area.words || words.none}`);
}

function fill(area, tinted) {
  if (boot.current.draw === "symbol" || boot.current.draw === "none") {
    return area.status === "not_published" ? `url(#${pattern("dots", "")})` : "var(--none)";
  }
  if (area.status === "own") return tinted || "var(--worded)";
  if (area.status === "parent") return `url(#${pattern("hatch", tinted || "#9a9a90")})`;
  if (area.status === "not_published") return `url(#${pattern("dots", "")})`;
  return "var(--none)";
}

/** Return the id of an SVG pattern, made on first use inside the map's own drawing. */
export function pattern(look, colour) {
  const id = `pattern-${look}${colour.replace("#", "-")}`;
  if (!document.getElementById(id)) {
    let defs = document.getElementById("patterns");
    if (!defs) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "patterns");
      svg.setAttribute("aria-hidden", "true");
      defs = document.createElementNS(svg.namespaceURI, "defs");
      defs.id = "patterns";
      svg.append(defs);
      document.body.append(svg);
    }
    defs.append(makePattern(id, look, colour));
  }
  return id;
}

function makePattern(id, look, colour) {
  const ns = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(ns, "pattern");
  const set = (node, given) => Object.entries(given).forEach(([name, text]) => node.setAttribute(name, text));
  set(made, { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
  if (look === "hatch") set(made, { patternTransform: "rotate(45)" });
  const ground = document.createElementNS(ns, "rect");
  set(ground, { width: 8, height: 8, fill: look === "hatch" ? "#ffffff" : "#e7e2ee" });
  const mark = document.createElementNS(ns, look === "hatch" ? "rect" : "circle");
  if (look === "hatch") set(mark, { width: 3, height: 8, fill: colour });
  else set(mark, { cx: 4, cy: 4, r: 1.3, fill: "#6f5f8c" });
  made.append(ground, mark);
  return made;
}

/** Mark a region as selected on the map. */
export function select(code) {
  for (const [each, path] of byCode) {
    const chosen = each === code;
    path.getElement()?.classList.toggle("selected", chosen);
    if (chosen) path.bringToFront();
  }
}

/** Mark a region under the pointer, on the map and in the table alike. */
export function hover(code) {
  for (const [each, path] of byCode) path.getElement()?.classList.toggle("hover", each === code);
  for (const row of document.querySelectorAll("#table tr[data-adcode]")) {
    row.classList.toggle("hover", row.dataset.adcode === code);
  }
}

/** The map is one tab stop; arrow keys walk its areas, Enter opens the card. */
function roving() {
  const elements = [...byCode.values()].map((path) => path.getElement()).filter((e) => e && e.style.display !== "none");
  elements.forEach((element, number) => {
    element.setAttribute("tabindex", number === 0 ? "0" : "-1");
    element.onkeydown = (event) => walk(event, elements, number);
    element.onfocus = () => hover(element.dataset.adcode);
  });
}

function walk(event, elements, number) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    event.stopPropagation();
    const next = elements[(number + step + elements.length) % elements.length];
    elements[number].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    change({ sel: elements[number].dataset.adcode });
  } else if (event.key === "Escape") {
    change({ sel: "" });
  }
}

/** Return the focusable path of a region, for focus to come back to. */
export function elementOf(code) {
  return byCode.get(code)?.getElement();
}

