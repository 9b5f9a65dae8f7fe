// Over the country parks and projects near each other are one count; pressed, the map goes closer until they part.
import Supercluster from "supercluster";
import { map } from "./leaflet.js";

const PIXELS = 34;
const DEEPEST = 9;
let known = null;
let index = null;

/** Gather points that lie near each other at the zoom of the map: each group with its middle and its points. */
export function gathered(points) {
  if (known !== points.at(0) || index.points.length !== points.length) {
    known = points.at(0);
    index = new Supercluster({ radius: PIXELS, extent: 256, maxZoom: DEEPEST });
    index.load(points.map((point) => ({ type: "Feature", geometry: { type: "Point", coordinates: point.at }, properties: { point } })));
  }
  return index.getClusters([-180, -85, 180, 85], Math.floor(map.getZoom())).map(({ geometry, properties }) => ({
    at: geometry.coordinates,
    points: properties.cluster ? index.getLeaves(properties.cluster_id, Infinity).map((leaf) => leaf.properties.point) : [properties.point],
  }));
}

/** Look at points from so near that they part, or stand in their own areas. */
export function closer(points, nearest) {
  const box = window.L.latLngBounds(points.map(({ at: [lon, lat] }) => [lat, lon]));
  const wanted = Math.max(map.getZoom() + 1.5, map.getBoundsZoom(box.pad(0.3)));
  map.setView(box.getCenter(), Math.min(wanted, nearest));
}
