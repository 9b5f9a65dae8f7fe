// How parks, projects and actions are counted and told: one that several regions share counts once.
import { bracketed, texts } from "../page/texts.js";
import { boot } from "../view/state.js";

const LAYERS = ["parks", "projects", "actions"];

/** How many parks, projects or actions points stand for. */
export function undertakings(points) {
  return new Set(points.map((point) => point.undertaking)).size;
}

/** Say how many of each layer there are among points; empty without any. */
export function counted(points) {
  return LAYERS.map((layer) => [layer, undertakings(points.filter((point) => point.layer === layer))])
    .filter(([, count]) => count)
    .map(([layer, count]) => `${texts[layer]} ${count}`)
    .join(" · ");
}

/** The points of the view that lie in an area. */
export function pointsIn(adcode) {
  return boot.current.points.filter((point) => point.area === adcode);
}

/** Say how many parks, projects and actions lie in an area; empty where none does. */
export function countedIn(adcode) {
  return counted(pointsIn(adcode));
}

/** Say a point's name, kind and how well its place is known. */
export function describe(point) {
  const kind = point.layer === "parks" ? texts.park : texts.kinds[point.type];
  return bracketed(point.name, `${kind} · ${texts.precision[point.precision]}`);
}
