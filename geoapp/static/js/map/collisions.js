// Rectangles in the map's pixels, so that labels, marks and furniture do not lie on each other.
import { map } from "./leaflet.js";

/** Whether a box [left, top, right, bottom] is clear of all others. */
export function clear(box, taken) {
  return !taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1]);
}

/** The boxes of title, legend and buttons, in the map's pixels. */
export function furniture() {
  const origin = map.getContainer().getBoundingClientRect();
  return [".maptitle", "#legend", ".leaflet-control-zoom", ".leaflet-control-scale", "#sources"].flatMap((name) => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    return box?.width ? [[box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top]] : [];
  });
}
