// The legend says what is shown now; a line of it, clicked, shows only the areas it stands for.
import { button, el } from "../page/dom.js";
import { bracketed, texts } from "../page/texts.js";
import { embedded } from "../view/state.js";
import { glyph } from "./glyphs.js";
import { sample } from "./patterns.js";
import { drawn, isExact, isLoose, pointsShown } from "./points.js";
import { outlined } from "./regions.js";
import { radius } from "./symbols.js";
import { undertakings } from "./undertakings.js";
import { vectorLegend } from "./vector_legend.js";

const ORDER = ["parks", "projects", "actions"];
const SAMPLE = 20;

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
  if (outlined(data)) {
    const bound = new Set(data.plans.filter((plan) => plan.level !== "nation").map((plan) => plan.region)).size;
    box.append(el("ul", "bounds", el("li", "", el("span", "line", el("i", "bound"), el("span", "what", texts.bound), el("span", "n", String(bound))))));
  }
  if (data.points.length && !pointsShown(data)) box.append(el("p", "method", texts.zoomForPoints));
  const points = el("ul", "points");
  points.hidden = true;
  box.append(points);
  explainPoints(data);
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

/** Say what every mark on the map is, once they are drawn: a line for each kind, none for what is not there. */
export function explainPoints(data) {
  const list = document.querySelector("#legend .points:not(.vectors)");
  if (!list) return;
  // Beside a framed map the legend must not grow with the points: the map would shrink, and hide them again.
  const there = pointsShown(data) ? data.points : [];
  const shown = embedded && !drawn.gathered.length ? { single: there.filter((point) => !isLoose(point)), piled: [], loose: there.filter(isLoose) } : drawn;
  const coarse = shown.single.filter((point) => !isExact(point));
  const exact = shown.single.filter(isExact);
  const lines = [
    ...kinds(shown.single),
    ...(exact.length ? [line(sampleMark("", "exact"), texts.townPrecision, exact)] : []),
    ...(coarse.length ? [line(sampleMark("", "coarse"), texts.countyPrecision, coarse)] : []),
    ...sizes(shown.single),
    ...(shown.gathered?.length ? [line(el("i", "mark heap", "n"), texts.gathered, shown.gathered)] : []),
    ...(shown.piled.length ? [line(el("i", "mark pile", texts.pileSample), texts.piled, shown.piled)] : []),
    ...(shown.loose.length ? [line(el("i", "nomark"), texts.loose, shown.loose)] : []),
  ];
  list.hidden = !lines.length;
  list.replaceChildren(...lines);
}

// The sizes of marks, where some are larger than the smallest: the three make a scale, the smallest is told where it occurs.
function sizes(points) {
  const works = points.filter((point) => point.layer !== "parks");
  const of = (size) => works.filter((point) => (point.size || 0) === size);
  if (!works.some((point) => point.size)) return [];
  const made = texts.sizes.map(({ scale, label }, size) => {
    const mark = sampleMark("sized", "coarse");
    mark.style.setProperty("--size", `${SAMPLE * scale}px`);
    return { size, line: line(mark, label, of(size)) };
  });
  return [el("li", "head", texts.sizeHead), ...made.reverse().filter(({ size }) => size || of(0).length).map((each) => each.line)];
}

function kinds(points) {
  const found = new Map();
  for (const point of points) {
    const key = `${point.layer} ${point.layer === "parks" ? "park" : point.type}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(point);
  }
  return [...found].sort(([a], [b]) => ORDER.indexOf(a.split(" ")[0]) - ORDER.indexOf(b.split(" ")[0])).map(([key, held]) => {
    const [layer, kind] = key.split(" ");
    const mark = sampleMark(layer, held.every(isExact) ? "exact" : "coarse");
    mark.append(glyph(kind));
    const title = layer === "parks" ? texts.park : layer === "actions" ? bracketed(texts.kinds[kind], texts.action) : texts.kinds[kind];
    const { spread } = held[0];
    return line(mark, spread && undertakings(held) === 1 ? bracketed(title, spread) : title, held);
  });
}

function sampleMark(layer, style) {
  return el("i", `mark ${layer} ${style}`);
}

function line(mark, words, points) {
  return el("li", "", mark, el("span", "what", words), el("span", "n", String(undertakings(points))));
}
