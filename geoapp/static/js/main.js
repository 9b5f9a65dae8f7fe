// Wires the modules together. The view in the URL is the single source of truth.
import { boot, view, change, onChange, start } from "./state.js";
import { drawRegions, drawContext, select } from "./regions.js";
import { drawPoints } from "./points.js";
import { drawLabels } from "./labels.js";
import { drawLegend } from "./legend.js";
import { drawTable } from "./table.js";
import { bindControls, syncControls } from "./controls.js";
import { openCard, closeCard, bindCard } from "./card.js";
import { say, words } from "./words.js";

const { map } = window.geoapp;
const page = document.body;

async function draw(data, before) {
  document.getElementById("title").textContent = data.title;
  document.getElementById("subtitle").textContent = data.subtitle;
  document.title = `${data.title} · ${words.brand}`;
  const moved = !before || before.region !== data.region || before.level !== data.level;
  drawLegend(data);
  drawSources(data);
  drawTable(data);
  syncControls(data);
  await drawRegions(data, moved);
  drawPoints(data);
  drawLabels(data);
  if (moved && before) {
    const [west, south, east, north] = data.frame;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.fitBounds([[south, west], [north, east]], { padding: [18, 18], animate: !calm, duration: 0.4 });
  }
  select(view.sel);
}

function drawSources(data) {
  const line = document.getElementById("sources");
  if (!line) return;
  const plans = data.sources.map((s) => `${s.title}${s.document_no ? `（${s.document_no}）` : ""}`);
  line.textContent = [
    plans.length ? `${words.sources}${plans.join("；")}` : "",
    data.attribution,
    data.notice,
  ].filter(Boolean).join("  ·  ");
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
map.on("zoomend moveend", () => drawLabels(boot.current));
map.on("zoomend", () => drawPoints(boot.current));
map.on("click", () => change({ sel: "" }));
new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());

await drawContext();
await start();
page.dataset.ready = "true";
say("");
