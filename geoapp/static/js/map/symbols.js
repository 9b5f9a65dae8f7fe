// Proportional symbols: amounts as circles whose area is the value.
import { L, layers } from "./leaflet.js";

const LARGEST_RADIUS = 34;

/** Draw the view's amounts, the whole region's too, the largest first so that none hides another. */
export function drawSymbols(data) {
  layers.symbols.clearLayers();
  if (data.draw !== "symbol") return;
  const whole = data.own && data.own.circle !== false ? [{ ...data.own, status: "own" }] : [];
  const areas = [...whole, ...data.areas].filter((area) => area.status === "own" && area.value > 0);
  for (const area of areas.sort((a, b) => b.value - a.value)) {
    const circle = L.circleMarker([area.at[1], area.at[0]], { radius: radius(Math.sqrt(area.value / data.largest)), pane: "symbols", className: "amount", interactive: false });
    layers.symbols.addLayer(circle);
  }
}

/** The radius in pixels of a symbol, from its share of the largest radius. */
export function radius(share) {
  return Math.max(2.5, LARGEST_RADIUS * share);
}
