// What the explorer and the embedded map have in common, wired together. The view in the URL is the only truth.
import { bindPrint, follow } from "../map/extent.js";
import { L, layers, map } from "../map/leaflet.js";
import { only } from "../map/legend.js";
import { applyOpacity } from "../map/opacity.js";
import { bindRaster, syncRaster } from "../map/raster.js";
import { drawLines, spotlight } from "../map/regions.js";
import { followSelection } from "../map/selection.js";
import { drawMarks, drawView, redrawMarks } from "../map/view_map.js";
import { failed, say } from "../page/messages.js";
import { texts } from "../page/texts.js";
import { bindLinks } from "./links.js";
import { boot, change, onChange, start } from "./state.js";

/**
 * Draw the first view and follow every later one.
 *
 * `drawn` are listeners that run when a view is drawn, before its selection is followed; `settled`
 * run last; `filtered` when one line of the legend is looked at alone.
 */
export async function begin({ drawn = [], settled = [], filtered = () => {} } = {}) {
  furnish();
  bindLinks();
  bindRaster();
  only.tell = () => {
    spotlight(only.key);
    drawMarks(boot.current);
    filtered(boot.current);
  };
  for (const listener of [drawView, ...drawn, syncRaster, followSelection, ...settled]) onChange(listener);
  map.on("zoomend moveend", redrawMarks);
  map.on("click", () => change({ sel: "" }));
  new ResizeObserver(follow).observe(map.getContainer());
  bindPrint(redrawMarks);
  applyOpacity();
  await first();
}

// A zoom control that speaks the reader's language; Leaflet's own says "Zoom in".
function furnish() {
  L.control.zoom({ position: "topright", zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  map.getContainer().setAttribute("aria-label", texts.map);
  map.getContainer().setAttribute("role", "application");
  for (const layer of [layers.symbols, layers.vectors, layers.points, layers.labels]) layer.addTo(map);
}

async function first() {
  const slow = setTimeout(() => say(texts.loading), 500);
  try {
    await Promise.all([drawLines(), start()]);
    clearTimeout(slow);
    if (document.getElementById("state").textContent === texts.loading) say("");
    document.body.dataset.ready = "true";
  } catch {
    clearTimeout(slow);
    failed(() => location.reload());
  }
}
