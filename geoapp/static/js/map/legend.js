// The legend says what is shown now; a line of it, clicked, shows only the areas it stands for.
import { button, el } from "../page/dom.js";
import { bracketed, texts } from "../page/texts.js";
import { embedded } from "../view/state.js";
import { glyph } from "./glyphs.js";
import { sample } from "./patterns.js";
import { isExact, pointsShown, undertakings } from "./points.js";
import { radius } from "./symbols.js";
import { vectorLegend } from "./vector_legend.js";

/** The legend line that is looked at alone, and who wants to know of a change. */
export const only = { key: "", tell: () => {} };

// On a phone the legend begins folded, and so it does in the low second map of a comparison there.
const small = matchMedia("(max-width: 860px)").matches && (document.body.classList.contains("explorer") || innerHeight < 420);
let folded = small && !embedded;

/** Draw the legend of a view. */
export function drawLegend(data) {
  const box = document.getElementById("legend");
  if (!data.legend.classes.some((line) => line.key === only.key)) only.key = "";
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  box.classList.toggle("folded", folded && !document.body.classList.contains("printing"));
  box.replaceChildren(
    heading(data),
    el("ul", data.draw === "symbol" ? "sizes" : "", ...data.legend.classes.map(entry)),
    el("p", "method", data.legend.method),
  );
  if (data.points.length && !pointsShown(data)) box.append(el("p", "method", texts.zoomForPoints));
  // Beside a framed map the legend must not grow with the points: the map would shrink, and hide them again.
  const marks = embedded || pointsShown(data) ? pointMarks(data) : [];
  if (marks.length) box.append(el("ul", "points", ...marks));
  for (const layer of data.vectors || []) box.append(...vectorLegend(layer));
  if (focused) box.querySelector(`[data-key="${focused}"]`)?.focus();
}

// Folded, the legend keeps its samples in one row; on a phone it begins so.
function heading(data) {
  const title = data.unit ? bracketed(texts.legend, data.unit) : texts.legend;
  if (embedded) return el("h2", "", title);
  const made = button("fold", title, () => {
    folded = !folded;
    only.tell();
  });
  made.dataset.key = "fold";
  made.setAttribute("aria-expanded", String(!folded));
  return el("h2", "", made);
}

function entry(line) {
  const parts = [sample(line, line.size ? radius(line.size) : 0), el("span", "what", line.label)];
  if (line.look === "symbol") return el("li", "", el("span", "line", ...parts));
  if (!line.count) return el("li", "", el("span", "line", ...parts, el("span", "n", "0")));
  const made = button("line", "", () => {
    only.key = only.key === line.key ? "" : line.key;
    only.tell();
  });
  made.dataset.key = line.key;
  made.setAttribute("aria-pressed", String(only.key === line.key));
  made.append(...parts, el("span", "n", String(line.count)));
  return el("li", only.key && only.key !== line.key ? "faint" : "", made);
}

function pointMarks(data) {
  const entries = [];
  for (const [layer, kind, title] of [["parks", "park", texts.park], ["projects", "hydropower", texts.project], ["actions", "other", texts.action]]) {
    const points = data.points.filter((point) => point.layer === layer);
    for (const [test, style, what] of [[isExact, "exact", texts.townPrecision], [(p) => !isExact(p), "coarse", texts.countyPrecision]]) {
      const count = undertakings(points.filter(test));
      if (!count) continue;
      const mark = el("i", `mark ${layer} ${style}`);
      mark.append(glyph(kind));
      entries.push(el("li", "", mark, el("span", "what", bracketed(title, what)), el("span", "n", String(count))));
    }
  }
  return entries;
}
