// Wires the modules together. The view in the URL is the single source of truth.
import { boot, embedded, view, change, onChange, start } from "./state.js";
import { drawLines, drawOutlines, drawRegions, mark, select, spotlight } from "./regions.js";
import { drawPoints, markPoint } from "./points.js";
import { drawLabels, drawSymbols } from "./labels.js";
import { drawLegend, only } from "./legend.js";
import { bindTable, drawTable, markRow } from "./table.js";
import { bindControls, syncControls } from "./controls.js";
import { applyOpacity, syncBasemap } from "./layers.js";
import { bindGround, drawGroundKey, syncGround } from "./ground.js";
import { bindSearch } from "./search.js";
import { bindShare } from "./share.js";
import { bindCompare, syncCompare } from "./compare.js";
import { bindSheet, lower } from "./sheet.js";
import { bindEmbed } from "./embed.js";
import { openCard, closeCard, bindCard } from "./card.js";
import { bindPrint, fit, follow, reveal } from "./frame.js";
import { bracketed, failed, say, words } from "./words.js";

const { map, layers } = window.geoapp;
let tellSelection = null;

async function draw(data, before) {
  document.getElementById("title").textContent = data.title;
  document.getElementById("subtitle").textContent = data.subtitle;
  document.getElementById("mapwrap").dataset.what = data.title;
  document.getElementById("mapwrap").dataset.tier = words[data.tier] || "";
  document.title = `${data.title} · ${words.brand}`;
  const moved = !before || before.region !== data.region || before.level !== data.level;
  drawSources(data);
  await drawRegions(data, moved);
  drawLegend(data);
  // With a selection a card follows, and the map is moved clear of it: not in the middle of an animation.
  if (moved) fit({ animate: Boolean(before) && !view.sel });
  drawMarks(data);
  select(view.sel);
  drawTable(data);
  syncControls(data);
  syncBasemap();
  if (moved) drawOutlines(data).catch(() => {});
}

// Labels keep clear of the points, so the points come first.
function drawMarks(data) {
  drawLegend(data);
  drawGroundKey();
  drawSymbols(data);
  drawLabels(data, drawPoints(data), only.key);
}

function drawSources(data) {
  const line = document.getElementById("sources");
  if (!line) return;
  const plans = data.sources.map((s) => bracketed(embedded ? s.short_title : s.title, s.document_no || s.published));
  const cited = plans.length ? `${words.sources}${plans.join(view.lang === "en" ? "; " : "；")}` : "";
  const parts = embedded ? [cited, data.attribution, data.notice] : [data.attribution, cited, data.notice];
  line.textContent = parts.filter(Boolean).join("  ·  ");
  line.title = line.textContent;
}

function followSelection(data, before) {
  if (before && before.sel === view.sel) return;
  select(view.sel);
  markPoint(view.sel);
  markRow(view.sel);
  if (tellSelection && before) tellSelection(view.sel);
  else if (view.sel) openCard(view.sel).then(() => revealed(data, view.sel));
  else closeCard();
}

function revealed(data, id) {
  const found = data.areas.find((area) => area.adcode === id) || data.points.find((point) => point.id === id);
  if (found) reveal(found.area_at || found.at);
}

// A zoom control that speaks the reader's language; Leaflet's own says "Zoom in".
L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
map.getContainer().setAttribute("aria-label", words.map);
map.getContainer().setAttribute("role", "application");
for (const layer of [layers.symbols, layers.points, layers.labels]) layer.addTo(map);

for (const bind of [bindControls, bindTable, bindSearch, bindShare, bindCompare, bindSheet, bindCard, bindGround, bindEmbed]) bind();
only.tell = () => {
  spotlight(only.key);
  drawMarks(boot.current);
  drawTable(boot.current);
};
onChange(draw);
onChange(syncGround);
onChange(followSelection);
onChange(syncCompare);
onChange(lower);
map.on("zoomend moveend", () => drawMarks(boot.current));
map.on("click", () => change({ sel: "" }));
new ResizeObserver(follow).observe(map.getContainer());
bindPrint(() => drawMarks(boot.current));
applyOpacity();

const slow = setTimeout(() => say(words.loading), 500);
try {
  await Promise.all([drawLines(), start()]);
  clearTimeout(slow);
  if (document.getElementById("state").textContent === words.loading) say("");
  document.body.dataset.ready = "true";
} catch {
  clearTimeout(slow);
  failed(() => location.reload());
}
// For a map beside this one (compare.js); the same host only.
window.atlas = { map, change, mark, onSelect: (tell) => { tellSelection = tell; } };
dispatchEvent(new Event("atlas:ready"));
