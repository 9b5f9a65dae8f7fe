// Parks and projects: a shape per kind, a solid mark only where the place is really known.
import { button, el } from "../page/dom.js";
import { roving } from "../page/roving.js";
import { bracketed, texts } from "../page/texts.js";
import { change, view } from "../view/state.js";
import { clear } from "./collisions.js";
import { glyph } from "./glyphs.js";
import { L, layers, map } from "./leaflet.js";

const CELL = 24;
const COLUMNS = 4;
const DROP = 32;
const MANY = 12;
const NEAR_ZOOM = 6.5;

/**
 * Draw the view's points; returns the boxes they take, in pixels. Points known only to their
 * county stand side by side below its label; many of them, or far out, become one count. What
 * is known only to the whole region is not put inside one county: `drawAside` lists it.
 */
export function drawPoints(data) {
  layers.points.clearLayers();
  drawAside(data);
  if (!pointsShown(data)) return [];
  const near = map.getZoom() >= NEAR_ZOOM;
  const groups = new Map();
  for (const point of data.points) {
    if (!point.area && !isExact(point)) continue;
    const at = near ? point.at : point.area_at || point.at;
    const key = at.join();
    if (!groups.has(key)) groups.set(key, { at, points: [] });
    groups.get(key).points.push(point);
  }
  const taken = [];
  for (const group of groups.values()) settle(group, near, taken);
  const marks = [...map.getPane("points").querySelectorAll("button")];
  roving("points", marks, { enter: (element) => change({ sel: element.dataset.id }) });
  markPoint(view.sel);
  return taken;
}

function settle({ at, points }, near, taken) {
  const spot = map.latLngToContainerPoint([at[1], at[0]]);
  const width = (Math.min(points.length, COLUMNS) * CELL) / 2;
  const drop = isExact(points[0]) ? -CELL / 2 : DROP - CELL / 2;
  const box = [spot.x - width, spot.y + drop, spot.x + width, spot.y + drop + Math.ceil(points.length / COLUMNS) * CELL];
  if (points.length <= (near ? MANY : 0) && (clear(box, taken) || points.length === 1)) {
    points.forEach((point, number) => layers.points.addLayer(single(point, number, points.length)));
    taken.push(box);
    return;
  }
  for (const down of [33, 58, -58]) {
    const small = [spot.x - 46, spot.y + down - 13, spot.x + 46, spot.y + down + 13];
    if (!clear(small, taken) && down !== -58) continue;
    layers.points.addLayer(pile(points, at, down));
    taken.push(small);
    return;
  }
}

/** Whether the map has room for points: over the whole country, or on a small map, they would hide it. */
export function pointsShown(data) {
  if (map.getSize().y < 420 && map.getZoom() < NEAR_ZOOM) return false;
  return data.region_level !== "nation" || map.getZoom() >= 5.5;
}

/** Whether a point stands where the thing really is, to a town or better. */
export function isExact(point) {
  return point.precision === "site" || point.precision === "town";
}

/** Mark a park or project as selected. */
export function markPoint(id) {
  for (const mark of map.getPane("points").querySelectorAll("button")) {
    mark.classList.toggle("selected", mark.dataset.id === id || (id !== "" && (mark.holds || []).includes(id)));
  }
}

/** How many parks, projects or actions points stand for: one that several regions share is counted once. */
export function undertakings(points) {
  return new Set(points.map((point) => point.undertaking)).size;
}

/** Say a point's name, kind and how well its place is known. */
export function describe(point) {
  const kind = point.layer === "parks" ? texts.park : texts.kinds[point.type];
  return bracketed(point.name, `${kind} · ${texts.precision[point.precision]}`);
}

function drawAside(data) {
  const box = document.getElementById("aside");
  if (!box) return;
  const loose = pointsShown(data) ? data.points.filter((point) => !point.area && !isExact(point)) : [];
  box.hidden = !loose.length;
  if (!loose.length) return;
  box.replaceChildren(texts.wholeOf, button("chip", counted(loose), () => change({ sel: data.region })));
}

function counted(points) {
  return ["parks", "projects", "actions"]
    .map((layer) => [layer, undertakings(points.filter((point) => point.layer === layer))])
    .filter(([, count]) => count)
    .map(([layer, count]) => `${texts[layer]} ${count}`)
    .join(" · ");
}

function single(point, number, count) {
  const rowLength = Math.min(COLUMNS, count - Math.floor(number / COLUMNS) * COLUMNS);
  const x = (number % COLUMNS) - (rowLength - 1) / 2;
  const y = Math.floor(number / COLUMNS);
  const exact = isExact(point);
  const made = el("button", `mark ${point.layer} ${exact ? "exact" : "coarse"} ${point.precision}`);
  made.append(glyph(point.layer === "parks" ? "park" : point.type));
  const down = (exact ? 0 : DROP) + y * CELL;
  return marker(point.at, made, [CELL / 2 - x * CELL, CELL / 2 - down], CELL, point.id, describe(point));
}

function pile(group, at, down) {
  const text = counted(group);
  const code = group[0].area || group[0].adcode;
  const made = el("button", "mark pile", text);
  made.holds = group.map((point) => point.id);
  return marker(at, made, [0, 12 - down], 0, code, text);
}

function marker(at, made, anchor, size, id, name) {
  made.type = "button";
  made.dataset.id = id;
  made.title = name;
  made.setAttribute("aria-label", name);
  const icon = L.divIcon({ className: "markbox", html: made, iconSize: size ? [size, size] : null, iconAnchor: anchor });
  const marked = L.marker([at[1], at[0]], { icon, pane: "points", keyboard: false });
  marked.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    change({ sel: id });
  });
  return marked;
}
