// Names and values on the map: largest areas first, none over another.
import { el } from "./words.js";

const { map, layers } = window.geoapp;

/** Draw the labels that fit at this zoom; proportional symbols too, where the indicator is an amount. */
export function drawLabels(data) {
  layers.labels.clearLayers();
  layers.symbols.clearLayers();
  for (const layer of [layers.symbols, layers.labels]) if (!layer._map) layer.addTo(map);
  if (data.draw === "symbol") drawSymbols(data);
  const taken = [];
  const few = data.areas.length <= 30;
  const candidates = data.areas.filter((area) => area.label || few).sort((a, b) => rank(b) - rank(a));
  const bounds = map.getBounds();
  for (const area of candidates) {
    const at = [area.at[1], area.at[0]];
    if (!bounds.contains(at)) continue;
    const p = map.latLngToContainerPoint(at);
    const width = Math.max(area.name.length * 13, area.label.length * 8) + 6;
    const box = [p.x - width / 2, p.y - 18, p.x + width / 2, p.y + 18];
    if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
    taken.push(box);
    const text = el("span", `label ${dark(area.colour) ? "light" : ""}`, el("span", "", area.name));
    if (area.label) text.append(el("b", "", area.label));
    const icon = L.divIcon({ className: "labelbox", html: text, iconSize: [width, 36], iconAnchor: [width / 2, 18] });
    layers.labels.addLayer(L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }));
  }
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
