// Where a label stands when an area's own label point is off screen: well inside the part that is seen.
import { inside, ringsOf } from "./inside.js";
import { map } from "./leaflet.js";

const CELLS = 9;
const EDGE = 24;

/** A point of the map inside the visible part of a Leaflet polygon, far from its edges; null if none is seen. */
export function visiblePoint(path) {
  if (!map.getBounds().intersects(path.getBounds())) return null;
  const rings = ringsOf(path.getLatLngs());
  const box = seenBox(rings);
  if (!box) return null;
  const grid = Array.from({ length: CELLS * CELLS }, (_, number) => cell(box, number));
  const depth = depths(grid.map((spot) => inside(spot, rings)));
  const best = depth.indexOf(Math.max(...depth));
  return depth[best] > 0 ? map.containerPointToLatLng(grid[best]) : null;
}

// The bounds of the rings, as far as they lie on the screen and not at its very edge.
function seenBox(rings) {
  const all = rings.flat();
  const size = map.getSize();
  const left = Math.max(EDGE, Math.min(...all.map((p) => p.x)));
  const right = Math.min(size.x - EDGE, Math.max(...all.map((p) => p.x)));
  const top = Math.max(EDGE, Math.min(...all.map((p) => p.y)));
  const bottom = Math.min(size.y - EDGE, Math.max(...all.map((p) => p.y)));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
}

function cell({ left, top, width, height }, number) {
  const [column, row] = [number % CELLS, Math.floor(number / CELLS)];
  return [left + ((column + 0.5) / CELLS) * width, top + ((row + 0.5) / CELLS) * height];
}

// How many cells deep each cell lies: 0 outside, 1 at the edge, more further in.
function depths(mask) {
  const depth = mask.map(Number);
  for (let level = 1; depth.includes(level); level += 1) {
    depth.forEach((own, number) => {
      if (own === level && around(number).every((each) => depth[each] >= level)) depth[number] = level + 1;
    });
  }
  return depth;
}

function around(number) {
  const [column, row] = [number % CELLS, Math.floor(number / CELLS)];
  return [[-1, 0], [1, 0], [0, -1], [0, 1]].map(([right, down]) => {
    const [x, y] = [column + right, row + down];
    return x < 0 || y < 0 || x >= CELLS || y >= CELLS ? -1 : y * CELLS + x;
  });
}
