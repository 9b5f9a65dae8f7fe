// Names and values on the map: none over another; one that had to move points at its area.
import { el } from "./words.js";

const { map, layers } = window.geoapp;
const HIGH = 36;
const STEPS = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]];

/**
 * Draw the labels that fit at this zoom, clear of the boxes already taken; and proportional
 * symbols where the indicator is an amount.
 */
export function drawLabels(data, boxes) {
  layers.labels.clearLayers();
  layers.symbols.clearLayers();
  for (const layer of [layers.symbols, layers.labels]) if (!layer._map) layer.addTo(map);
  if (data.draw === "symbol") drawSymbols(data);
  const taken = [...boxes, ...furniture()];
  const few = data.areas.length <= 30;
  const plans = new Set(data.plan_regions);
  const candidates = data.areas.filter((area) => area.label || few || plans.has(area.adcode)).sort((a, b) => rank(b) - rank(a));
  const bounds = map.getBounds();
  for (const area of candidates) {
    const at = [area.at[1], area.at[0]];
    if (bounds.contains(at)) place(area, at, taken, few);
  }
}

/** The boxes of title, legend and zoom buttons, in the map's pixels. */
function furniture() {
  const origin = map.getContainer().getBoundingClientRect();
  return [".maptitle", "#legend", ".leaflet-control-zoom"].flatMap((name) => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    return box ? [[box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top]] : [];
  });
}

function place(area, at, taken, few) {
  const spot = map.latLngToContainerPoint(at);
  const wide = Math.max(area.name.length * 13, (area.label || "").length * 8) + 6;
  const steps = few || area.label ? STEPS : STEPS.slice(0, 1);
  for (const [right, down] of steps) {
    const x = spot.x + right * (wide / 2 + 26);
    const y = spot.y + down * (HIGH / 2 + 24);
    const box = [x - wide / 2, y - HIGH / 2, x + wide / 2, y + HIGH / 2];
    if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
    taken.push(box);
    write(area, at, [spot.x - x, spot.y - y], wide);
    return;
  }
}

function write(area, at, [left, up], wide) {
  const moved = left !== 0 || up !== 0;
  const text = el("span", `label ${!moved && dark(area.colour) ? "light" : ""}`, el("span", "", area.name));
  if (area.label) text.append(el("b", "", area.label));
  const icon = L.divIcon({ className: "labelbox", html: text, iconSize: [wide, HIGH], iconAnchor: [wide / 2 + left, HIGH / 2 + up] });
  layers.labels.addLayer(L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }));
  if (!moved) return;
  const from = map.latLngToContainerPoint(at);
  const reach = 1 - Math.min(1, 20 / Math.hypot(left, up));
  const to = map.containerPointToLatLng([from.x - left * reach * 0.8, from.y - up * reach * 0.8]);
  layers.labels.addLayer(L.polyline([at, to], { pane: "labels", className: "leader", interactive: false }));
}

function rank(area) {
  return (area.status === "own" ? 1e9 : 0) + area.km2;
}

function dark(colour) {
  if (!colour) return false;
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
}

function drawSymbols(data) {
  const values = data.areas.filter((area) => area.status === "own" && area.value > 0);
  const most = Math.max(...values.map((area) => area.value), 0);
  for (const area of values) {
    const radius = 6 + 26 * Math.sqrt(area.value / most);
    const circle = L.circleMarker([area.at[1], area.at[0]], { radius, pane: "symbols", className: "amount", interactive: false });
    layers.symbols.addLayer(circle);
  }
}
