// A view is drawn on the map: title, areas, legend, marks and sources, in this order.
import { setText } from "../page/dom.js";
import { bracketed, texts } from "../page/texts.js";
import { pause } from "../page/tasks.js";
import { boot, embedded, view } from "../view/state.js";
import { syncBasemap } from "./basemap.js";
import { fit, lookThere } from "./extent.js";
import { drawLabels } from "./labels.js";
import { drawLegend, explainPoints, only } from "./legend.js";
import { drawPoints } from "./points.js";
import { drawRasterKey } from "./raster.js";
import { drawContext, drawOutlines, drawRegions, select } from "./regions.js";
import { drawSymbols } from "./symbols.js";
import { drawVectors } from "./vectors.js";

let drawing = false;

/** Draw a view; `before` is the one before it, null at first. */
export async function drawView(data, before) {
  drawing = true;
  drawTitle(data);
  drawSources(data);
  const moved = !before || before.region !== data.region || before.level !== data.level;
  await drawRegions(data, moved);
  await pause(before);
  drawLegend(data);
  // With a selection a card follows, and the map is moved clear of it: not in the middle of an animation.
  if (moved && !lookThere()) fit({ animate: Boolean(before) && !view.sel });
  await pause(before);
  drawing = false;
  drawMarks(data);
  select(view.sel);
  syncBasemap();
  if (!moved) return;
  drawContext(data);
  drawOutlines(data).catch(() => {});
}

/** Draw what depends on the zoom again, unless a view is on its way that will do so. */
export function redrawMarks() {
  if (!drawing) drawMarks(boot.current);
}

/** Draw what depends on the zoom. Labels keep clear of the points, so the points come first. */
export function drawMarks(data) {
  drawLegend(data);
  drawRasterKey();
  drawSymbols(data);
  drawVectors(data);
  const taken = drawPoints(data);
  explainPoints(data);
  drawLabels(data, taken, only.key);
}

function drawTitle(data) {
  setText(document.getElementById("title"), data.title);
  setText(document.getElementById("subtitle"), data.subtitle);
  document.getElementById("mapwrap").dataset.what = data.title;
  document.getElementById("mapwrap").dataset.tier = data.tier ? ` · ${texts[data.tier]}` : "";
  document.title = `${data.title} · ${texts.brand}`;
}

// Documents cited one by one below the map, as on a sheet; more are counted.
const MOST_CITED = 8;

function drawSources(data) {
  const line = document.getElementById("sources");
  const plans = data.sources.map((s) => bracketed(embedded ? s.short_title : s.title, s.document_no || s.published));
  const all = plans.join(view.lang === "en" ? "; " : "；");
  const cited = plans.length ? texts.sources + (plans.length > MOST_CITED ? texts.counted.replace("{n}", plans.length) : all) : "";
  const parts = embedded ? [cited, data.attribution, data.notice] : [data.attribution, cited, data.notice];
  setText(line, parts.filter(Boolean).join("  ·  "));
  line.title = plans.length > MOST_CITED ? all : line.textContent;
}
