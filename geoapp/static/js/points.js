// Parks and projects: a shape per kind, a solid mark only where the place is really known.
import { change } from "./state.js";
import { el, words } from "./words.js";

const { map, layers } = window.geoapp;
const GLYPHS = {
  park: "M8 2.5 14 13.5H2Z",
  hydropower: "M8 2c2.6 3.4 4.2 5.6 4.2 7.8a4.2 4.2 0 0 1-8.4 0C3.8 7.6 5.4 5.4 8 2Z",
  wind_solar_base: "M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4M3.4 3.4l2.8 2.8M9.8 9.8l2.8 2.8M12.6 3.4 9.8 6.2M6.2 9.8l-2.8 2.8",
  hydrogen: "M4 3v10M12 3v10M4 8h8",
  storage: "M3 5h10v7H3ZM6 3h4v2H6Z",
  waste_to_energy: "M3 13V7l4 2V7l4 2V3h2v10Z",
  gas: "M8 2c1 3 4 4 4 7.5a4 4 0 0 1-8 0C4 7.5 6 7 8 2Z",
  heating: "M5 3c-2 3 2 4 0 8M8 3c-2 3 2 4 0 8M11 3c-2 3 2 4 0 8M3 13.5h10",
  circular_economy: "M8 3a5 5 0 1 1-4.6 3M3 3v3.2h3.2",
  coal_retrofit: "M3 13V6h4v7M9 13V3h3v10M2 13.5h12",
  rooftop_pv_pilot: "M2.5 8 8 3.5 13.5 8M4 8v5.5h8V8M6 10h4",
  water: "M2 6c2-2 4 2 6 0s4 2 6 0M2 10.5c2-2 4 2 6 0s4 2 6 0",
  logistics: "M2 4.5h7v6H2ZM9 6.5h3l2 2v2H9ZM4.5 12.5h.01M11.5 12.5h.01",
  other: "M8 3.5a4.5 4.5 0 1 0 .01 0Z",
};
const CELL = 22;
const COLUMNS = 4;
const DROP = 32;
const FEW = 12;

/**
 * Draw the view's points; returns the boxes they take, in pixels. Points known only to their
 * region stand side by side below its label; far out, an area's points become one count.
 */
export function drawPoints(data) {
  layers.points.clearLayers();
  if (!layers.points._map) layers.points.addTo(map);
  if (!pointsShown(data)) return [];
  const near = map.getZoom() >= 6.5;
  const groups = new Map();
  for (const point of data.points) {
    const at = near ? point.at : point.area_at || point.at;
    const key = at.join();
    if (!groups.has(key)) groups.set(key, { at, points: [] });
    groups.get(key).points.push(point);
  }
  const boxes = [];
  for (const { at, points } of groups.values()) {
    const spot = map.latLngToContainerPoint([at[1], at[0]]);
    if (points.length > (near ? FEW : 0)) {
      layers.points.addLayer(pile(points, at));
      boxes.push([spot.x - 46, spot.y + 20, spot.x + 46, spot.y + 46]);
    } else {
      points.forEach((point, number) => layers.points.addLayer(single(point, number, points.length)));
      const width = (Math.min(points.length, COLUMNS) * CELL) / 2;
      const drop = isExact(points[0]) ? -CELL / 2 : DROP - CELL / 2;
      const high = Math.ceil(points.length / COLUMNS) * CELL;
      boxes.push([spot.x - width, spot.y + drop, spot.x + width, spot.y + drop + high]);
    }
  }
  return boxes;
}

/** Whether the map is close enough for points: over the whole country they would hide it. */
export function pointsShown(data) {
  return data.region_level !== "nation" || map.getZoom() >= 5.5;
}

/** Whether a point stands where the thing really is, to a town or better. */
export function isExact(point) {
  return point.precision === "site" || point.precision === "town";
}

function single(point, number, count) {
  const columns = Math.min(count, COLUMNS);
  const x = (number % columns) - (columns - 1) / 2;
  const y = Math.floor(number / columns);
  const exact = isExact(point);
  const drop = exact ? 0 : DROP;
  const button = el("button", `mark ${point.layer} ${exact ? "exact" : "coarse"} ${point.precision}`);
  button.type = "button";
  button.append(glyph(point.layer === "parks" ? "park" : point.type));
  const name = `${point.name}（${words.kinds[point.type] || words.park}，${words.precision[point.precision]}）`;
  button.setAttribute("aria-label", name);
  button.title = name;
  button.tabIndex = -1;
  return marker(point, button, [CELL / 2 - x * CELL, CELL / 2 - y * CELL - drop], CELL, () => change({ sel: point.adcode }));
}

function pile(group, at) {
  const parks = group.filter((point) => point.layer === "parks").length;
  const text = [parks ? `${parks} ${words.parks}` : "", group.length - parks ? `${group.length - parks} ${words.projects}` : ""];
  const label = text.filter(Boolean).join(" · ");
  const button = el("button", "mark pile", label);
  button.type = "button";
  button.tabIndex = -1;
  const code = group[0].area || group[0].adcode;
  button.title = label;
  return marker({ at }, button, [0, -20], 0, () => change({ sel: code }));
}

function marker(point, button, anchor, size, open) {
  const icon = L.divIcon({ className: "markbox", html: button, iconSize: size ? [size, size] : null, iconAnchor: anchor });
  const made = L.marker([point.at[1], point.at[0]], { icon, pane: "points", keyboard: false });
  made.on("click", (event) => {
    L.DomEvent.stopPropagation(event);
    open();
  });
  return made;
}

/** An SVG glyph for a project type or a park. */
export function glyph(kind) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", GLYPHS[kind] || GLYPHS.other);
  svg.append(path);
  return svg;
}
