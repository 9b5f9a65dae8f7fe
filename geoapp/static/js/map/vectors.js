// Published vector layers: fetched once a region, drawn as rings with counts far out and as dots near by.
import { el } from "../page/dom.js";
import { failed } from "../page/messages.js";
import { roving } from "../page/roving.js";
import { bracketed } from "../page/texts.js";
import { boot, change, getJson, view } from "../view/state.js";
import { L, layers, map } from "./leaflet.js";
import { dot, ring } from "./vector_marks.js";

const CELL = 62;
const APART_ZOOM = 9;
const FEW = 60;
const LEAST = 7;
const LARGEST = 20;
const BESIDE = 15;
const fetched = new Map();

/** Draw the vector layers of a view; what is not here yet is fetched and drawn when it comes. */
export function drawVectors(data) {
  layers.vectors.clearLayers();
  for (const layer of data.vectors || []) {
    const features = read(layer);
    if (features) draw(layer, features);
  }
  const marks = [...map.getPane("vectors").querySelectorAll("button")];
  roving("vectors", marks, { enter: (mark) => mark.click() });
  markFeature(view.sel);
}

/** Mark a feature as selected. */
export function markFeature(id) {
  for (const mark of map.getPane("vectors").querySelectorAll("button")) mark.classList.toggle("selected", mark.dataset.id === id);
}

/** Where a feature stands that has been fetched, as longitude and latitude; undefined for any other. */
export function placeOf(id) {
  for (const features of fetched.values()) {
    const number = features.ids?.indexOf(id) ?? -1;
    if (number >= 0) return features.at[number];
  }
  return undefined;
}

function read(layer) {
  const known = fetched.get(layer.features);
  if (known) return known.ids ? known : null;
  fetched.set(layer.features, {});
  getJson(layer.features)
    .then((features) => {
      fetched.set(layer.features, features);
      drawVectors(boot.current);
    })
    .catch(() => {
      fetched.delete(layer.features);
      failed(() => drawVectors(boot.current));
    });
  return null;
}

function draw(layer, all) {
  const kinds = all.kind_ids.map((id) => layer.kinds.find((kind) => kind.id === id));
  const features = ofKinds(all, kinds);
  if (features.shapes) drawShapes(features, kinds);
  else for (const cell of cells(features)) place(layer, features, kinds, cell);
}

// The features whose types the view shows.
function ofKinds(features, kinds) {
  if (kinds.every(Boolean)) return features;
  const shown = features.kinds.map((kind) => Boolean(kinds[kind]));
  const kept = ["ids", "names", "kinds", "amounts", "at", "shapes"].filter((name) => features[name]);
  return { ...features, ...Object.fromEntries(kept.map((name) => [name, features[name].filter((_, number) => shown[number])])) };
}

// Things near each other on the screen share a cell; a cell depends on the zoom alone, so that panning moves nothing.
function cells(features) {
  const zoom = map.getZoom();
  const apart = zoom >= APART_ZOOM || features.ids.length <= FEW;
  const size = apart ? 2 : CELL;
  const found = new Map();
  const seen = map.getBounds().pad(0.15);
  features.at.forEach(([lon, lat], number) => {
    if (!seen.contains([lat, lon])) return;
    const spot = map.project([lat, lon], zoom);
    const key = `${Math.floor(spot.x / size)} ${Math.floor(spot.y / size)}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(number);
  });
  return [...found.values()].map((numbers) => ({ numbers, apart }));
}

function place(layer, features, kinds, { numbers, apart }) {
  if (numbers.length > 1 && !apart) return placeRing(features, kinds, numbers);
  numbers.forEach((number, order) => {
    const kind = kinds[features.kinds[number]];
    const size = sizeOf(features.amounts[number], layer.largest);
    const made = el("button", "feature");
    made.type = "button";
    made.append(dot(kind.colour, size));
    const amount = features.amounts[number];
    const words = [kind.title, amount === null ? "" : `${amount} ${layer.unit}`.trim()].filter(Boolean).join(" · ");
    const name = bracketed(features.names[number], words);
    const shift = (order - (numbers.length - 1) / 2) * BESIDE;
    add(made, features.at[number], [12 - shift, 12], 24, name, features.ids[number], () => change({ sel: features.ids[number] }));
  });
  return undefined;
}

function placeRing(features, kinds, numbers) {
  const counts = new Map();
  let [lon, lat] = [0, 0];
  for (const number of numbers) {
    counts.set(features.kinds[number], (counts.get(features.kinds[number]) || 0) + 1);
    lon += features.at[number][0] / numbers.length;
    lat += features.at[number][1] / numbers.length;
  }
  const { made, size } = ring(counts, kinds.map((kind) => kind?.colour), numbers.length);
  const name = [...counts].map(([kind, count]) => `${kinds[kind].title} ${count}`).join(" · ");
  const box = L.latLngBounds(numbers.map((number) => [features.at[number][1], features.at[number][0]]));
  const closer = () => map.setView(box.getCenter(), Math.min(Math.max(map.getZoom() + 1.5, map.getBoundsZoom(box.pad(0.2))), APART_ZOOM + 1));
  add(made, [lon, lat], [size / 2, size / 2], size, name, `${lon},${lat}`, closer);
}

function add(made, [lon, lat], anchor, size, name, id, act) {
  made.dataset.id = id;
  made.title = name;
  made.setAttribute("aria-label", name);
  const icon = L.divIcon({ className: "markbox", html: made, iconSize: [size, size], iconAnchor: anchor });
  const marker = L.marker([lat, lon], { icon, pane: "vectors", keyboard: false });
  marker.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    act();
  });
  layers.vectors.addLayer(marker);
}

function sizeOf(amount, largest) {
  if (!amount || !largest) return LEAST + 3;
  return Math.max(LEAST, LARGEST * Math.sqrt(amount / largest));
}

function drawShapes(features, kinds) {
  features.shapes.forEach((shape, number) => {
    const { colour } = kinds[features.kinds[number]];
    const id = features.ids[number];
    const drawn = L.geoJSON(shape, { pane: "vectors", style: { color: colour, weight: 2, fillColor: colour, fillOpacity: 0.22 } });
    drawn.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      change({ sel: id });
    });
    layers.vectors.addLayer(drawn);
  });
}
