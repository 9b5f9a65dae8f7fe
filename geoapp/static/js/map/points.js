// Parks and projects: a shape per kind, a solid mark only where the place is really known.
import { button, el } from "../page/dom.js";
import { roving } from "../page/roving.js";
import { texts } from "../page/texts.js";
import { change, view } from "../view/state.js";
import { closer, gathered } from "./clusters.js";
import { clear } from "./collisions.js";
import { glyph } from "./glyphs.js";
import { inside, ringsOf } from "./inside.js";
import { L, layers, map } from "./leaflet.js";
import { polygonOf } from "./regions.js";
import { counted, describe, undertakings } from "./undertakings.js";

const CELL = 24;
const COLUMNS = 4;
const DROP = 32;
const MANY = 12;
const PILES = [33, 58, -33, -58, 0];
const NEAR_ZOOM = 6.5;
const GATHERED_BELOW = 7.5;
const HEAP = 24;
/** What stands on the map now: points with a mark of their own, points only counted, by area or by nearness, points no area holds. */
export const drawn = { single: [], piled: [], gathered: [], loose: [] };

/**
 * Draw the view's points; returns the boxes they take, in pixels. Points known only to their
 * county stand side by side inside it; many of them, or far out, become one count. What
 * is known only to the whole region is not put inside one county: `drawAside` lists it.
 */
export function drawPoints(data) {
  layers.points.clearLayers();
  Object.assign(drawn, { single: [], piled: [], gathered: [], loose: pointsShown(data) ? data.points.filter(isLoose) : [] });
  drawAside(data);
  if (!pointsShown(data)) return [];
  if (isGathered(data)) return drawGathered(data);
  const near = map.getZoom() >= NEAR_ZOOM;
  const groups = new Map();
  for (const point of data.points) {
    if (isLoose(point)) continue;
    const at = near ? point.at : point.area_at || point.at;
    const key = at.join();
    if (!groups.has(key)) groups.set(key, { at, points: [] });
    groups.get(key).points.push(point);
  }
  const taken = [];
  for (const group of groups.values()) settle(group, near, taken);
  finish();
  return taken;
}

function finish() {
  const marks = [...map.getPane("points").querySelectorAll("button")];
  roving("points", marks, { enter: (element) => (element.dataset.gathered ? element.click() : change({ sel: element.dataset.id })) });
  markPoint(view.sel);
}

// Over the country: a count for what lies together, a mark of its own for what stands alone.
function drawGathered(data) {
  const taken = [];
  for (const { at, points } of gathered(data.points.filter((point) => !isLoose(point)))) {
    const spot = map.latLngToContainerPoint([at[1], at[0]]);
    const count = undertakings(points);
    const wide = count === 1 ? sizeOf(points[0]) : HEAP + 4 * String(count).length;
    const box = [spot.x - wide / 2, spot.y - wide / 2, spot.x + wide / 2, spot.y + wide / 2];
    drawn[count === 1 ? "single" : "gathered"].push(...points);
    layers.points.addLayer(count === 1 ? single(points[0], at, spot, box) : heap(points, at, String(count), wide));
    taken.push(box);
  }
  finish();
  return taken;
}

function heap(points, at, text, wide) {
  const made = el("button", "mark heap", text);
  made.holds = points.map((point) => point.id);
  made.dataset.gathered = "true";
  made.style.setProperty("--size", `${wide}px`);
  return marker(at, made, [wide / 2, wide / 2], wide, `${at}`, `${counted(points)}${texts.comma}${texts.closer}`, () => closer(points, GATHERED_BELOW + 0.5));
}

// Marks known only to their area stand inside it, below its label or above; where they have no room there they become one
// count, and where that has none either, a number at the area's own point. Never in the neighbour.
function settle({ at, points }, near, taken) {
  const spot = map.latLngToContainerPoint([at[1], at[0]]);
  const exact = isExact(points[0]);
  const home = exact ? null : polygonOf(points[0].area || points[0].adcode);
  const rings = home && ringsOf(home.getLatLngs());
  const room = (boxes) => boxes.every((box) => !rings || inside(middle(box), rings)) && clear(around(boxes), taken);
  const wide = Math.max(...points.map(sizeOf));
  for (const [columns, down] of points.length <= (near ? MANY : 0) ? ways(points.length, exact, wide) : []) {
    const boxes = points.map((_, number) => cell(spot, number, points.length, columns, down, wide));
    if (!room(boxes) && !(exact && points.length === 1)) continue;
    points.forEach((point, number) => layers.points.addLayer(single(point, point.at, spot, boxes[number])));
    drawn.single.push(...points);
    taken.push(around(boxes));
    return;
  }
  drawn.piled.push(...points);
  const text = counted(points);
  const long = 20 + [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 12 : 7), 0);
  const down = PILES.find((each) => room([chip(spot, long, each)]));
  const [words, box] = down === undefined ? [String(points.length), chip(spot, CELL, 0)] : [text, chip(spot, long, down)];
  layers.points.addLayer(pile(points, at, words, box[1] + CELL / 2 - spot.y));
  taken.push(box);
}

// How many stand in a row, and how far below the area's point the first row is: beside the label, which is laid later.
function* ways(count, exact, wide) {
  if (exact) {
    yield [COLUMNS, 0];
    return;
  }
  for (let columns = Math.min(COLUMNS, count); columns > 0; columns -= 1) {
    const high = (Math.ceil(count / columns) - 1) * wide;
    const drop = DROP + (wide - CELL) / 2;
    yield [columns, drop];
    yield [columns, -drop - high];
    yield [columns, -high / 2];
  }
}

// The box of one mark of several.
function cell(spot, number, count, columns, down, wide) {
  const row = Math.floor(number / columns);
  const inRow = Math.min(columns, count - row * columns);
  const [x, y] = [spot.x + ((number % columns) - (inRow - 1) / 2) * wide, spot.y + down + row * wide];
  return [x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2];
}

function chip(spot, wide, down) {
  return [spot.x - wide / 2, spot.y + down - CELL / 2, spot.x + wide / 2, spot.y + down + CELL / 2];
}

function middle([left, top, right, bottom]) {
  return [(left + right) / 2, (top + bottom) / 2];
}

function around(boxes) {
  return [0, 1, 2, 3].map((side) => Math[side < 2 ? "min" : "max"](...boxes.map((box) => box[side])));
}

/** Whether the map has room for points: on a small one they would hide it. */
export function pointsShown(data) {
  return map.getSize().y >= 420 || map.getZoom() >= NEAR_ZOOM || !data.points.length;
}

// Over the whole country points are gathered by nearness, until its areas have room for them.
function isGathered(data) {
  return data.region_level === "nation" && map.getZoom() < GATHERED_BELOW;
}

// How wide a mark is: a work with a printed power by its size, any other as small as can be.
function sizeOf(point) {
  return CELL * (texts.sizes[point.size || 0]?.scale || 1);
}

/** Whether a point stands where the thing really is, to a town or better. */
export function isExact(point) {
  return point.precision === "site" || point.precision === "town";
}

/** Whether a point is known only to a wider division than any area of the map: it stands nowhere. */
export function isLoose(point) {
  return !point.area && !isExact(point);
}

/** Mark a park or project as selected. */
export function markPoint(id) {
  for (const mark of map.getPane("points").querySelectorAll("button")) {
    mark.classList.toggle("selected", mark.dataset.id === id || (id !== "" && (mark.holds || []).includes(id)));
  }
}

function drawAside(data) {
  const box = document.getElementById("aside");
  if (!box) return;
  const { loose } = drawn;
  box.hidden = !loose.length;
  if (!loose.length) return;
  box.replaceChildren(texts.wholeOf, button("chip", counted(loose), () => change({ sel: data.region })));
}

function single(point, at, spot, [left, top, right, bottom]) {
  const size = sizeOf(point);
  const made = el("button", `mark ${point.layer} ${isExact(point) ? "exact" : "coarse"} ${point.precision}`);
  made.append(glyph(point.layer === "parks" ? "park" : point.type));
  made.style.setProperty("--size", `${size}px`);
  const middle = [(left + right) / 2, (top + bottom) / 2];
  return marker(at, made, [spot.x - middle[0] + size / 2, spot.y - middle[1] + size / 2], size, point.id, describe(point));
}

function pile(group, at, text, down) {
  const code = group[0].area || group[0].adcode;
  const made = el("button", "mark pile", text);
  made.holds = group.map((point) => point.id);
  return marker(at, made, [0, 12 - down], 0, code, counted(group));
}

function marker(at, made, anchor, size, id, name, act = () => change({ sel: id })) {
  made.type = "button";
  made.dataset.id = id;
  made.title = name;
  made.setAttribute("aria-label", name);
  const icon = L.divIcon({ className: "markbox", html: made, iconSize: size ? [size, size] : null, iconAnchor: anchor });
  const marked = L.marker([at[1], at[0]], { icon, pane: "points", keyboard: false });
  marked.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    act();
  });
  return marked;
}
