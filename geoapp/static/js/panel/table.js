// The tables are the accessible route to everything on the map, linked with it both ways.
import { glyph } from "../map/glyphs.js";
import { only } from "../map/legend.js";
import { hover } from "../map/regions.js";
import { counted, pointsIn, undertakings } from "../map/undertakings.js";
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { boot, change, view } from "../view/state.js";
import { drawFacets } from "./facets.js";

const $ = (id) => document.getElementById(id);
const PAGE = 300;
const ORDER = { own: 0, parent: 1, not_published: 2, none: 3, not_collected: 4 };
const TABS = ["areas", "parks", "projects", "actions"];
const sorting = { areas: ["value", -1], parks: ["place", 1], projects: ["place", 1], actions: ["place", 1] };
const collator = new Intl.Collator("zh-CN", { numeric: true });
let tab = "areas";
let most = PAGE;

/** Connect tabs and keys. */
export function bindTable() {
  for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => show(name));
  $("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]);
    $(`tab-${tab}`).focus();
  });
  $("listq").addEventListener("input", () => {
    most = PAGE;
    drawTable(boot.current);
  });
  $("valued").addEventListener("change", () => drawTable(boot.current));
  document.addEventListener("atlas:hover", (event) => {
    for (const row of $("table").querySelectorAll("tr.hover")) row.classList.remove("hover");
    if (event.detail) $("table").querySelector(`tr[data-adcode="${event.detail}"]`)?.classList.add("hover");
  });
}

/** Open one of the tables. */
export function show(name) {
  tab = name;
  most = PAGE;
  drawTable(boot.current);
}

/** Draw the open table of a view. */
export function drawTable(data) {
  const counts = { ...data.layers, areas: data.areas.length };
  for (const name of TABS) {
    const head = $(`tab-${name}`);
    head.querySelector(".n").textContent = counts[name];
    head.setAttribute("aria-selected", String(name === tab));
    head.tabIndex = name === tab ? 0 : -1;
  }
  $("list").setAttribute("aria-labelledby", `tab-${tab}`);
  $("narrowing").hidden = tab === "areas";
  drawFacets($("facets"), tab, data);
  drawOnly(data);
  drawValued(data);
  drawHead();
  const rows = tab === "areas" ? areaRows(data) : pointRows(data);
  const body = $("table").querySelector("tbody");
  body.replaceChildren(...rows.slice(0, most).map((make) => make()));
  if (!rows.length) body.append(note(el("span", "empty", tab !== "areas" && $("listq").value ? texts.notInList : texts.emptyList)));
  if (rows.length > most) {
    body.append(note(button("link", `+ ${rows.length - most}`, () => {
      most += PAGE;
      drawTable(data);
    })));
  }
  markRow(view.sel);
}

/** Mark the row of what is selected. */
export function markRow(id) {
  for (const row of document.querySelectorAll("#table tr[data-adcode], #table tr[data-id]")) {
    row.classList.toggle("selected", Boolean(id) && (row.dataset.id || row.dataset.adcode) === id);
  }
}

function drawOnly(data) {
  const line = tab === "areas" && data.legend.classes.find((each) => each.key === only.key);
  $("only").hidden = !line;
  if (!line) return;
  const back = button("link", texts.showAll, () => {
    only.key = "";
    only.tell();
  });
  $("only").replaceChildren(texts.filtered, el("b", "", line.label), " ", back);
}

// Over the country hundreds of regions have no value: the list can leave them out.
function drawValued(data) {
  const count = data.areas.filter((area) => area.status === "own").length;
  $("valued").hidden = tab !== "areas" || !count || count === data.areas.length;
  $("valued").querySelector(".n").textContent = count;
}

function drawHead() {
  const measured = boot.current.columns;
  const value = view.fill === "none" ? texts.howMany : measured ? measured.at(-1) : boot.current.words.value;
  const columns = tab === "areas" ? [["name", texts.region], ["value", value]] : [["name", texts.name], ["place", texts.place]];
  const [sorted, way] = sorting[tab];
  $("table").className = `${tab}${tab === "areas" && measured ? " measured" : ""}`;
  $("table").querySelector("thead tr").replaceChildren(...columns.map(([name, title]) => {
    const head = el("th", name === "value" ? "n" : "", button("", title, () => {
      sorting[tab] = [name, sorted === name ? -way : name === "value" ? -1 : 1];
      drawTable(boot.current);
      $("table").querySelector(`th[data-name="${name}"] button`).focus();
    }));
    head.scope = "col";
    head.dataset.name = name;
    head.setAttribute("aria-sort", sorted === name ? (way > 0 ? "ascending" : "descending") : "none");
    return head;
  }));
}

function areaRows(data) {
  const [by, way] = sorting.areas;
  const valued = !$("valued").hidden && $("valued").querySelector("input").checked;
  const told = view.fill === "none" ? data.areas.map(withPoints) : data.areas;
  const areas = told.filter((area) => (!only.key || area.key === only.key) && (!valued || area.status === "own"));
  // The region's own goal stands among its parts, so that one sees who is steeper.
  if (data.own && !only.key && typeof data.own.value === "number") areas.push({ ...data.own, status: "own", whole: true });
  const value = (area) => (typeof area.value === "number" ? area.value : -Infinity);
  areas.sort((a, b) => (by === "name"
    ? way * collator.compare(a.name, b.name)
    : ORDER[a.status] - ORDER[b.status] || way * (value(a) - value(b)) || Number(b.whole || 0) - Number(a.whole || 0)));
  const top = Math.max(...areas.map((area) => Math.abs(area.value ?? 0)), 1e-9);
  const widest = Math.max(...areas.map((area) => (area.status === "own" ? wide(area.label || "") : 0)), 0);
  $("table").style.setProperty("--label", `${Math.max(48, Math.min(widest, 130))}px`);
  return areas.map((area) => () => areaRow(area, top));
}

// Without goals an area tells how many parks and projects lie in it.
function withPoints(area) {
  const points = pointsIn(area.adcode);
  return points.length ? { ...area, status: "own", value: undertakings(points), label: counted(points) } : { ...area, status: "none" };
}

// About as wide as the label will be, in pixels: a Chinese character takes the room of two figures.
function wide(text) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 14 : 8.5), 0);
}

function areaRow(area, top) {
  const name = el("th", "", button("link", area.name, () => change({ sel: area.adcode })));
  if (area.whole) name.append(el("small", "", texts.whole));
  name.scope = "row";
  const own = area.status === "own";
  const drawn = own && view.fill !== "none";
  if (boot.current.columns) return row(area, name, ...measuredCells(area));
  const cell = el("td", `n ${area.status}`, el("span", "", own ? area.label : area.words || boot.current.words[area.status]));
  if (drawn && typeof area.value === "number") {
    const bar = el("i", "bar");
    bar.style.setProperty("--share", Math.abs(area.value) / top);
    bar.style.background = boot.current.draw === "symbol" ? "#5b97c5" : area.colour || "";
    cell.prepend(bar);
  }
  return row(area, name, cell);
}

// The status, and under it target, achieved and gap; a region without a goal of its own says why.
function measuredCells(area) {
  if (!area.cells) return [el("td", `n ${area.status}`, el("span", "", area.words || boot.current.words[area.status]))];
  const heads = boot.current.columns;
  const parts = area.cells.slice(0, 3).map((text, at) => `${heads[at]} ${text}`).join(" · ");
  return [el("td", "", el("b", `status ${area.progress}`, area.cells[3]), el("small", "", parts))];
}

function row(area, name, ...cells) {
  const made = el("tr", area.whole ? "whole" : "", name, ...cells);
  made.dataset.adcode = area.adcode;
  made.addEventListener("mouseenter", () => hover(area.adcode));
  made.addEventListener("mouseleave", () => hover(""));
  return made;
}

function pointRows(data) {
  const [by, way] = sorting[tab];
  const key = { name: (point) => point.name, place: (point) => `${point.adcode}${point.type || ""}` }[by];
  return data.points
    .filter((point) => point.layer === tab && point.id === point.undertaking && holds(point))
    .sort((a, b) => way * collator.compare(key(a), key(b)))
    .map((point) => () => pointRow(point));
}

// Every word typed above the list stands in the name, the kind or the region.
function holds(point) {
  const words = $("listq").value.trim().toLowerCase().split(/\s+/);
  const text = `${point.name} ${texts.kinds[point.type] || ""} ${point.region_name} ${point.region_name_en}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function pointRow(point) {
  const icon = el("i", "kind");
  icon.append(glyph(point.layer === "parks" ? "park" : point.type));
  const kinds = point.layer === "parks" ? point.programmes.map((each) => texts.programmes[each] || each).join(texts.comma) : texts.kinds[point.type];
  const size = point.capacity ? ` · ${point.capacity} ${point.capacity_unit}` : "";
  const name = el("th", "", icon, button("link", point.name, () => change({ sel: point.id })), el("small", "", `${kinds}${size}`), el("small", "known", [texts.statuses[point.status], texts.precision[point.precision]].filter(Boolean).join(" · ")));
  name.scope = "row";
  const made = el("tr", "", name, el("td", "", point.region_name, ...(point.spread ? [el("small", "", point.spread)] : [])));
  made.dataset.id = point.id;
  made.addEventListener("mouseenter", () => hover(point.area || ""));
  made.addEventListener("mouseleave", () => hover(""));
  return made;
}

function note(child) {
  const cell = el("td", "", child);
  cell.colSpan = 2;
  return el("tr", "", cell);
}
