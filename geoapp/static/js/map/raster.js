// The raster under the plan: one at a time, its legend, its opacity, the value under a click.
import { at } from "../page/address.js";
import { el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { boot, change, getJson, view } from "../view/state.js";
import { L, map } from "./leaflet.js";

const USUAL = 70;
const $ = (id) => document.getElementById(id);
const lang = view.lang === "en" ? "en" : "zh";
let layer = null;
let raster = null;
let asked = 0;

// The pane fades, not each tile: where tiles overlap by a hair (raster.css) nothing shows twice.
const pane = map.createPane("raster");
pane.style.zIndex = 350;

/** Connect the choice, the opacity and the click; the bare map has only the click. */
export function bindRaster() {
  // On the container, because areas keep their clicks to themselves.
  map.getContainer().addEventListener("click", read);
  if (!$("raster")) return;
  $("raster-layer").addEventListener("change", (event) => change({ raster: event.target.value, ...(event.target.value ? {} : { opacity: "" }) }));
  $("raster-opacity").addEventListener("input", (event) => { pane.style.opacity = event.target.value / 100; });
  $("raster-opacity").addEventListener("change", (event) => {
    const percent = Number(event.target.value);
    change({ opacity: percent === USUAL ? "" : String(percent) }, { push: false });
  });
}

/** Show the raster the view names, or none. */
export async function syncRaster(data) {
  pane.style.opacity = (view.opacity || USUAL) / 100;
  if ($("raster-layer")) fill();
  if (view.raster === (raster?.id ?? "")) return;
  const mine = ++asked;
  let found = null;
  if (view.raster) found = data.raster?.id === view.raster ? data.raster : await describe(view.raster);
  if (mine !== asked) return;
  raster = found;
  draw();
}

async function describe(id) {
  return getJson(at(`/rasters/${id}.json?lang=${lang}`)).catch(() => {
    tell(texts.rasterFailed);
    return null;
  });
}

function fill() {
  $("raster-layer").value = view.raster;
  $("raster-opacity").value = view.opacity || USUAL;
  $("raster-fade").hidden = !view.raster;
  if (view.raster) $("raster").querySelector("details").open = true;
}

function draw() {
  layer?.remove();
  layer = null;
  map.getContainer().classList.toggle("rastered", Boolean(raster));
  drawRasterKey();
  if (!raster) return tell("");
  tell(texts.rasterHint);
  const [west, south, east, north] = raster.bbox;
  layer = L.tileLayer(`${raster.tiles}?v=${raster.version}`, {
    pane: "raster", bounds: [[south, west], [north, east]], maxZoom: 18,
  }).addTo(map);
}

/** Draw the raster's part of the legend again: the legend is made anew with every view. */
export function drawRasterKey() {
  const legend = $("legend");
  if (!legend) return;
  legend.querySelector(".rasterkey")?.remove();
  legend.classList.toggle("outlined", Boolean(raster));
  if (!raster) return;
  const title = el("h2", "", raster.unit ? `${raster.title} · ${raster.unit}` : raster.title);
  const lines = [...raster.legend].reverse().map((line) => el("li", "", chip(line.colour), line.label));
  const caveat = raster.meaning === "measured" ? [] : [el("p", "caveat", raster.meaning_words)];
  legend.append(el("section", "rasterkey", title, ...caveat, el("ul", "", ...lines), el("p", "method", texts.rasterOutlines)));
  if ($("raster-note")) {
    $("raster-note").hidden = !raster.note;
    $("raster-note").textContent = raster.note;
  }
}

function chip(colour) {
  const made = el("i");
  made.style.background = colour;
  return made;
}

function tell(text) {
  const box = $("raster-value");
  if (!box) return;
  box.textContent = text;
  if ($("raster-note") && !raster) $("raster-note").hidden = true;
}

async function read(event) {
  if (!layer || !$("raster-value")) return;
  const { lng, lat } = map.mouseEventToLatLng(event);
  const { id } = raster;
  try {
    const found = await getJson(at(`/rasters/${id}/point?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}&lang=${lang}`));
    const where = `${lng.toFixed(3)}, ${lat.toFixed(3)}`;
    if (id === raster?.id) tell(lang === "en" ? `${found.text} (${where})` : `${found.text}（${where}）`);
  } catch {
    tell(texts.rasterFailed);
  }
}
