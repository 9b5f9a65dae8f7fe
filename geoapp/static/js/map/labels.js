// Names and values on the map: none over another; one that had to leave its area points at it.
import { el } from "../page/dom.js";
import { clear, furniture } from "./collisions.js";
import { visiblePoint } from "./label_point.js";
import { L, layers, map } from "./leaflet.js";
import { polygonOf } from "./regions.js";

const HIGH = 36;
const NEAR = 30;
const FEW = 30;
// Of more areas than these, one without a target gets no line to a label outside it.
const HANDFUL = 12;
const ROOMY = 500;
// What is not from a plan has a value everywhere: of many areas, only those with room inside are labelled.
const ROOMY_ZONAL = 160;
// Of more plans than these, a region is named only where its name fits inside, after all that has a value.
const FEW_PLANS = 12;

/** Draw the labels that fit at this zoom, clear of the boxes taken; `only` names one legend line. */
export function drawLabels(data, boxes, only) {
  layers.labels.clearLayers();
  leaders.length = 0;
  const taken = [...boxes, ...furniture()];
  const few = data.areas.length <= FEW;
  const roomy = data.areas.length <= (data.origin ? ROOMY_ZONAL : ROOMY);
  const bounds = map.getBounds();
  const shown = data.areas.filter((area) => (area.label || few) && (!only || area.key === only)).sort((a, b) => rank(b) - rank(a));
  const plans = planNames(data);
  const sparse = plans.length <= FEW_PLANS;
  for (const area of sparse ? [...plans, ...shown] : [...shown, ...plans]) {
    const at = [area.at[1], area.at[0]];
    const wanted = few ? !["none", "not_collected", undefined].includes(area.status) || data.areas.length <= HANDFUL : roomy && area.label;
    if (bounds.contains(at)) place(area, at, taken, area.plan ? sparse : wanted);
    else if (wanted && !area.plan) placeInSight(area, taken);
  }
}

// The lines drawn so far, from an area's point to its label: none crosses another.
const leaders = [];

// Over the country every planning region has its name once, with or without a value; the state's is the map's.
function planNames(data) {
  if (data.region_level !== "nation" || !data.layers.targets) return [];
  const valued = new Set(data.areas.filter((area) => area.label).map((area) => area.adcode));
  const latest = new Map(data.plans.filter((plan) => plan.level !== "nation").map((plan) => [plan.region, plan]));
  return [...latest.values()]
    .filter((plan) => !valued.has(plan.region))
    .map((plan) => ({ name: plan.name, label: plan.words, at: plan.at, plan: true }));
}

function* offsets(wide, far) {
  yield [0, 0];
  for (const step of [[0, -14], [0, 14], [-18, 0], [18, 0]]) yield step;
  if (!far) return;
  for (const reach of [1, 1.7]) {
    for (const [right, down] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]]) {
      yield [right * (wide / 2 + 24) * reach, down * (HIGH / 2 + 22) * reach];
    }
  }
}

// An area whose label point is off screen keeps its label in the part that is seen.
function placeInSight(area, taken) {
  const path = polygonOf(area.adcode);
  const at = path && visiblePoint(path);
  if (at) place(area, [at.lat, at.lng], taken, false);
}

function place(area, at, taken, far) {
  const spot = map.latLngToContainerPoint(at);
  const wide = Math.max(width(area.name, 13), width(area.label || "", area.plan ? 11.5 : 14)) + 6;
  const size = map.getSize();
  for (const [right, down] of offsets(wide, far)) {
    const [x, y] = [spot.x + right, spot.y + down];
    const box = [x - wide / 2, y - HIGH / 2, x + wide / 2, y + HIGH / 2];
    if (box[0] < 0 || box[2] > size.x || !clear(box, taken)) continue;
    const line = Math.hypot(right, down) > NEAR ? [spot.x, spot.y, ...lineEnd(spot, [right, down], wide)] : null;
    if (line && leaders.some((each) => crosses(line, each))) continue;
    taken.push(box);
    if (line) leaders.push(line);
    write(area, at, [right, down], wide, line);
    return;
  }
}

function width(text, em) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? em : em * 0.6), 0);
}

// A line ends at the label's edge, on the side that looks at the area.
function lineEnd(from, [right, down], wide) {
  const share = 1 - Math.min(wide / 2 / Math.max(Math.abs(right), 1), HIGH / 2 / Math.max(Math.abs(down), 1), 1);
  return [from.x + right * share, from.y + down * share];
}

function crosses([ax, ay, bx, by], [cx, cy, dx, dy]) {
  const side = (px, py, qx, qy, x, y) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0;
}

function write(area, at, [right, down], wide, line) {
  const tone = !line && dark(area.colour) && area.status === "own" ? "light" : "";
  const text = el("span", `label ${tone} ${area.plan ? "plan" : ""}`, el("span", "", area.name));
  if (area.label) text.append(el("b", "", area.label));
  const icon = L.divIcon({ className: "labelbox", html: text, iconSize: [wide, HIGH], iconAnchor: [wide / 2 - right, HIGH / 2 - down] });
  layers.labels.addLayer(L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }));
  if (!line) return;
  const to = map.containerPointToLatLng([line[2], line[3]]);
  layers.labels.addLayer(L.polyline([at, to], { pane: "labels", className: "leader", interactive: false }));
  layers.labels.addLayer(L.circleMarker(at, { radius: 2, pane: "labels", className: "leaderdot", interactive: false }));
}

function rank(area) {
  return (area.status === "own" ? 1e9 : 0) + area.km2;
}

function dark(colour) {
  if (!colour) return false;
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
}
