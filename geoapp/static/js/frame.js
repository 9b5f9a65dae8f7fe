// Where the map looks: the view's frame, kept clear of title, legend and sources.
import { boot } from "./state.js";

const { map } = window.geoapp;
let moved = false;
let fitting = false;

map.on("dragstart zoomstart", () => {
  if (!fitting) moved = true;
});

/** Fit the map to the view's frame, beside the legend where there is room for both. */
export function fit({ animate = false } = {}) {
  const size = map.getSize();
  const legend = document.getElementById("legend");
  const beside = size.x > 560 && boot.current.region_level !== "nation";
  const left = beside && legend ? legend.offsetWidth + 28 : 16;
  const [west, south, east, north] = boot.current.frame;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  fitting = true;
  map.fitBounds([[south, west], [north, east]], {
    paddingTopLeft: [left, size.y > 420 ? 66 : 40],
    paddingBottomRight: [beside ? 52 : 16, size.y > 420 ? 50 : 40],
    animate: animate && !calm,
    duration: 0.4,
  });
  fitting = false;
  moved = false;
}

/** Follow a change of the map's size, unless the reader has chosen a place to look at. */
export function follow() {
  map.invalidateSize({ pan: false });
  if (!moved) fit();
}
