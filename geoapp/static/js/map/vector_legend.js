// The legend lines of a published vector layer: a dot for each type with its number, and whose data it is.
import { el } from "../page/dom.js";
import { bracketed, labelled, texts } from "../page/texts.js";
import { embedded, view } from "../view/state.js";
import { dot } from "./vector_marks.js";

/** The lines of one layer of a view. */
export function vectorLegend(layer) {
  const kinds = layer.kinds.map((kind) => el("li", "", dot(kind.colour, 12), el("span", "what", kind.title), el("span", "n", String(kind.count))));
  const size = layer.largest ? labelled(texts.sized, layer.unit ? bracketed(layer.amount, layer.unit) : layer.amount) : "";
  const notes = [size, layer.shape === "point" ? texts.clustered : ""].filter(Boolean);
  const link = el("a", "", layer.title);
  link.href = layer.url + (view.lang === "en" ? "?lang=en" : "");
  if (embedded) Object.assign(link, { target: "_blank", rel: "noopener" });
  return [
    el("h2", "vectortitle", link),
    el("ul", "points vectors", ...kinds),
    ...notes.map((words) => el("p", "method", words)),
    el("p", "method", layer.cited),
  ];
}
