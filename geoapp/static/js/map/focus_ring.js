// The keyboard's place on the map: a ring above every fill and border, seen on dark and on light.
import { L, map } from "./leaflet.js";

const rings = L.layerGroup().addTo(map);

/** Ring an area that the keyboard has reached. */
export function showRing(path) {
  hideRing();
  if (!path.getElement()?.matches(":focus-visible")) return;
  for (const className of ["ring halo", "ring"]) {
    rings.addLayer(L.polygon(path.getLatLngs(), { pane: "outlines", className, fill: false, interactive: false }));
  }
}

/** Take the ring away. */
export function hideRing() {
  rings.clearLayers();
}
