// Whether a spot of the screen lies in an area.
import { map } from "./leaflet.js";

/** The rings of a Leaflet polygon, in the map's pixels. */
export function ringsOf(latlngs) {
  if (Array.isArray(latlngs[0])) return latlngs.flatMap(ringsOf);
  return [latlngs.map((each) => map.latLngToContainerPoint(each))];
}

/** Whether a spot [x, y] lies inside rings, holes left out. */
export function inside([x, y], rings) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [a, b] = [ring[i], ring[j]];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
    }
  }
  return odd;
}
