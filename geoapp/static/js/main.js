// Wires the modules together. The view in the URL is the single source of truth.
import { boot, view, change, onChange, start } from "./state.js";
import { drawRegions, drawContext, select } from "./regions.js";
import { drawPoints } from "./points.js";
import { drawLabels } from "./labels.js";
import { drawLegend } from "./legend.js";
import { drawTable } from "./table.js";
import { bindControls, syncControls } from "./controls.js";
import { openCard, closeCard, bindCard } from "./card.js";
import { fit, follow } from "./frame.js";
import { say, words } from "./words.js";

const { map } = window.geoapp;
const page = document.body;

async function draw(data, before) {
  document.getElementById("title").textContent = data.title;
  document.getElementById("subtitle").textContent = data.subtitle;
  document.title = `${data.title} · ${words.brand}`;
  const moved = !before || before.region !== data.region || before.level !== data.level;
  drawSources(data);
  drawTable(data);
  syncControls(data);
  await drawRegions(data, moved);
  drawLegend(data);
  if (moved) fit({ animate: Boolean(before) });
  drawMarks(data);
  select(view.sel);
}

// Labels keep clear of the points, so the points come first.
function drawMarks(data) {
  drawLegend(data);
  drawLabels(data, drawPoints(data));
}

function drawSources(data) {
  const line = document.getElementById("sources");
  if (!line) return;
  const plans = data.sources.map((s) => `${s.title}（${s.document_no || s.published}）`);
  line.textContent = [data.attribution, plans.length ? `${words.sources}${plans.join("；")}` : "", data.notice]
    .filter(Boolean).join("  ·  ");
  line.title = line.textContent;
}

// A zoom control that speaks the reader's language; Leaflet's own says "Zoom in".
L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
map.getContainer().setAttribute("aria-label", words.map);
map.getContainer().setAttribute("role", "application");

bindControls();
bindCard();
onChange(draw);
onChange((data, before) => {
  if (!before || before.sel !== view.sel) {
    if (view.sel) openCard(view.sel);
    else closeCard();
  }
});
map.on("zoomend moveend", () => drawMarks(boot.current));
map.on("click", () => change({ sel: "" }));
new ResizeObserver(follow).observe(map.getContainer());

await drawContext();
await start();
page.dataset.ready = "true";
say("");
