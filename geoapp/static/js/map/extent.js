// Where the map looks: the view's frame, kept clear of title, legend and sources.
import { roomy } from "../page/room.js";
import { boot, changePage, page } from "../view/state.js";
import { map } from "./leaflet.js";

const MARGINS = 0.6;
let moved = false;
let remembering = 0;
let fitting = false;
// Leaflet hears of a new size by itself, so its own cannot tell whether the frame has been fitted to it.
let followed = `${map.getSize().x},${map.getSize().y}`;

map.on("dragstart zoomstart", (event) => {
  if (!fitting || event.type === "dragstart") moved = true;
});

/** Look where the page's address says, if it does. */
export function lookThere() {
  if (!page.at) return false;
  const [lon, lat, zoom] = page.at.split(",").map(Number);
  fitting = true;
  map.setView([lat, lon], zoom, { animate: false });
  fitting = false;
  moved = true;
  return true;
}

// Where the reader looks is in the address, so that a link keeps it; the view's own frame needs no words.
function remember() {
  const { lng, lat } = map.getCenter();
  const at = moved ? [lng.toFixed(3), lat.toFixed(3), map.getZoom().toFixed(2)].map(Number).join() : "";
  if (at !== page.at) changePage({ at });
}

map.on("moveend", () => {
  clearTimeout(remembering);
  remembering = setTimeout(remember, 150);
});

/** Fit the map to the view's frame, beside the legend where there is room for both. */
export function fit({ animate = false } = {}) {
  const size = map.getSize();
  const legend = document.getElementById("legend");
  const title = document.querySelector(".maptitle");
  const paper = document.body.classList.contains("printing");
  const room = size.x - (legend?.offsetWidth || 0);
  const beside = (room > 500 || paper) && over(legend) && boot.current.region_level !== "nation";
  const left = beside ? legend.offsetWidth + 28 : 16;
  const top = !over(title) ? 14 : size.y > 420 ? Math.min((title?.offsetHeight || 40) + 22, size.y / 4) : 40;
  const bottom = !over(document.getElementById("sources")) ? 30 : size.y > 420 ? 50 : 40;
  const right = beside ? 52 : 16;
  const below = bottom + hiddenBelow();
  // In a low or narrow map the frame's margins may not take the map itself.
  const [across, down] = [shrink(left + right, size.x), shrink(top + below, size.y)];
  const [west, south, east, north] = boot.current.frame;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  fitting = true;
  map.fitBounds([[south, west], [north, east]], {
    paddingTopLeft: [left * across, top * down],
    paddingBottomRight: [right * across, below * down],
    animate: animate && !calm,
    duration: 0.4,
  });
  // An animated fit begins to zoom a moment later: that is not the reader's doing.
  if (animate && !calm) setTimeout(() => { fitting = false; }, 700);
  else fitting = false;
  moved = false;
}

function shrink(margins, room) {
  return Math.min(1, (room * MARGINS) / margins);
}

// Whether something lies over the map; in a narrow frame title, legend and sources stand beside it.
function over(element) {
  if (!element) return false;
  const [one, other] = [element.getBoundingClientRect(), map.getContainer().getBoundingClientRect()];
  return one.bottom > other.top + 1 && one.top < other.bottom - 1;
}

// On a phone the sheet covers the map's lower part.
function hiddenBelow() {
  const panel = document.getElementById("panel");
  return panel && getComputedStyle(panel).position === "fixed" ? 88 : 0;
}

/** Follow a change of the map's size, unless the reader has chosen a place to look at. */
export function follow() {
  const box = map.getContainer();
  const now = [box.clientWidth, box.clientHeight].join();
  if (!roomy(box) || now === followed) return;
  followed = now;
  map.invalidateSize({ pan: false });
  if (!moved) fit();
}

/** Bring a place into the part of the map that the card does not cover. */
export function reveal([lon, lat]) {
  const size = map.getSize();
  const card = document.getElementById("card").getBoundingClientRect();
  const box = map.getContainer().getBoundingClientRect();
  const sheet = card.width > size.x * 0.8;
  const bottom = sheet ? Math.min(size.y, card.top - box.top) : size.y;
  const right = !sheet && card.left > box.left ? Math.min(size.x, card.left - box.left) : size.x;
  const spot = map.latLngToContainerPoint([lat, lon]);
  const [low, high] = [bottom * 0.3, bottom - 30];
  if (spot.y > low && spot.y < high && spot.x > 40 && spot.x < right - 40) return;
  map.panBy([spot.x - right / 2, spot.y - (low + high) / 2], { animate: false });
}

/** Paper has its own size: the map is fitted to it before printing and back after. */
export function bindPrint(redraw) {
  addEventListener("beforeprint", () => {
    document.body.classList.add("printing");
    map.invalidateSize({ pan: false, animate: false });
    redraw(); // the legend, unfolded on paper, takes its room before the map is fitted beside it
    fit();
    followed = "";
  });
  addEventListener("afterprint", () => {
    document.body.classList.remove("printing");
    follow();
  });
}
