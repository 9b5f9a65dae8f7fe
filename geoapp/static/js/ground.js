// The ground under the plan: one raster at a time, its legend, its opacity, the value under a click.
const { map } = window.geoapp;
const lang = document.documentElement.lang === "en" ? "en" : "zh";
const box = document.getElementById("ground");
const choice = document.getElementById("ground-layer");
const opacity = document.getElementById("ground-opacity");
const value = document.getElementById("ground-value");
let rasters = [];
let layer = null;

// The pane fades, not each tile: where tiles overlap by a hair (ground.css) nothing shows twice.
const pane = map.createPane("ground");
pane.style.zIndex = 350;
pane.style.opacity = opacity.value;

async function getJson(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function list() {
  if (rasters.length) return;
  try {
    rasters = (await getJson(`/rasters.json?lang=${lang}`)).rasters;
    choice.append(...rasters.map((raster) => new Option(raster.title, raster.id)));
    value.textContent = "";
  } catch {
    value.textContent = value.dataset.failed;
  }
}

function show() {
  const raster = rasters.find((each) => each.id === choice.value);
  layer?.remove();
  layer = null;
  map.getContainer().classList.toggle("grounded", Boolean(raster));
  drawKey(raster);
  value.textContent = raster ? value.dataset.hint : "";
  if (!raster) return;
  const [west, south, east, north] = raster.bbox;
  layer = L.tileLayer(`${raster.tiles}?v=${raster.version}`, {
    pane: "ground", bounds: [[south, west], [north, east]], maxZoom: 18,
  }).addTo(map);
}

function drawKey(raster) {
  const note = document.getElementById("ground-note");
  note.hidden = !raster?.note;
  note.textContent = raster?.note ?? "";
  const lines = raster ? [...raster.legend].reverse().map((line) => entry(line.colour, line.label)) : [];
  const title = raster?.unit ? [entry(null, raster.unit)] : [];
  document.getElementById("ground-key").replaceChildren(...title, ...lines);
}

function entry(colour, label) {
  const line = document.createElement("li");
  if (colour) {
    const chip = document.createElement("i");
    chip.style.background = colour;
    line.append(chip);
  }
  line.append(label);
  return line;
}

// On the container, because areas keep their clicks to themselves.
async function read(event) {
  if (!layer) return;
  const { lng, lat } = map.mouseEventToLatLng(event);
  const asked = choice.value;
  try {
    const found = await getJson(`/rasters/${asked}/point?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}&lang=${lang}`);
    const at = `${lng.toFixed(3)}, ${lat.toFixed(3)}`;
    if (asked === choice.value) value.textContent = lang === "en" ? `${found.text} (${at})` : `${found.text}（${at}）`;
  } catch {
    value.textContent = value.dataset.failed;
  }
}

box.querySelector("details").addEventListener("toggle", list);
choice.addEventListener("change", show);
opacity.addEventListener("input", () => { pane.style.opacity = opacity.value; });
map.getContainer().addEventListener("click", read);
