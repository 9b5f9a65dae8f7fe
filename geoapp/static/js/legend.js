// The legend says what is shown now: classes by their method, the states by their pattern.
import { glyph, isExact, pointsShown } from "./points.js";
import { el, words } from "./words.js";

/** Draw the legend of a view. */
export function drawLegend(data) {
  const box = document.getElementById("legend");
  const unit = data.unit ? ` (${data.unit})` : "";
  const lines = data.legend.classes.map((line) =>
    el("li", "", swatch(line), el("span", "what", line.label), el("span", "n", String(line.count))));
  box.replaceChildren(
    el("h2", "", `${words.legend}${unit}`),
    el("ul", "", ...lines),
    el("p", "method", data.legend.method),
  );
  if (data.points.length && !pointsShown(data)) box.append(el("p", "method", words.zoomForPoints));
  const looks = pointsShown(data) ? pointLooks(data) : [];
  if (looks.length) box.append(el("ul", "points", ...looks));
}

function swatch(line) {
  const made = el("i", `swatch look-${line.look}`);
  if (line.look === "fill" || line.look === "empty") made.style.background = line.colour;
  if (line.look === "symbol") made.style.borderColor = line.colour;
  return made;
}

function pointLooks(data) {
  const looks = [];
  for (const [layer, kind, title] of [["parks", "park", words.park], ["projects", "hydropower", words.project]]) {
    const points = data.points.filter((point) => point.layer === layer);
    for (const [test, look, what] of [[isExact, "exact", words.townPrecision], [(p) => !isExact(p), "coarse", words.countyPrecision]]) {
      const count = points.filter(test).length;
      if (!count) continue;
      const mark = el("i", `mark ${layer} ${look}`);
      mark.append(glyph(kind));
      looks.push(el("li", "", mark, el("span", "what", `${title}（${what}）`), el("span", "n", String(count))));
    }
  }
  return looks;
}
