// Everything that can be taken away comes from the same state: the view in the address.
import { map } from "../map/leaflet.js";
import { at, whole } from "../page/address.js";
import { copy } from "../page/clipboard.js";
import { texts } from "../page/texts.js";
import { address, boot, query, view } from "../view/state.js";

const box = document.getElementById("sharebox");
const MEASURED = 400;
const $ = (id) => document.getElementById(id);
let round = 0;

/** Connect the dialog. */
export function bindShare() {
  $("share").addEventListener("click", openShare);
  $("share-frame").addEventListener("change", fill);
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  box.querySelector("[data-print]").addEventListener("click", () => {
    box.close();
    window.print();
  });
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  for (const each of box.querySelectorAll("[data-copy]")) {
    each.addEventListener("click", async () => {
      const field = $(each.dataset.copy);
      field.select();
      $("sharesay").textContent = await copy(field.value);
    });
  }
}

/** Open the dialog for the view as it is now. */
export function openShare() {
  fill();
  box.showModal();
}

function fill() {
  const data = boot.current;
  const framed = { ...view };
  if ($("share-frame").checked) framed.bbox = seen();
  const text = query(framed);
  $("sharesay").textContent = "";
  $("sharewhat").textContent = `${data.title} · ${data.subtitle}`;
  $("share-link").value = $("share-frame").checked ? whole(`/?${text}`) : location.origin + address();
  snippets(data, text);
  const links = [...box.querySelectorAll("a[data-face]")];
  for (const link of links) link.href = at(`/view.${link.dataset.face}?${text}${link.dataset.more ?? ""}`);
  $("share-book").hidden = data.region_level !== "prefecture"; // a map book is one of a prefecture's counties
  measure(links.filter((link) => link.querySelector("i.n")), text);
}

// What goes into other people's pages: the map, and a picture that stays as it is today.
function snippets(data, text) {
  const frame = attribute(whole(`/view.html?${text}&embed=1`));
  const picture = whole(`/view.png?${text}&v=${data.data_version}`);
  const page = attribute(whole(`/?${text}`));
  $("share-frame-code").value = `<iframe src="${frame}" title="${attribute(data.title)}" width="960" height="600" style="border:0;max-width:100%" loading="lazy"></iframe>`;
  $("share-image-code").value = `<a href="${page}"><img src="${attribute(picture)}" alt="${attribute(data.alt)}" width="960" height="660" style="max-width:100%;height:auto"></a>`;
  $("share-picture").value = picture;
}

// Rows and sizes are the server's own answers, asked one by one; large exports are not made for it.
async function measure(links, text) {
  const mine = ++round;
  for (const link of links) link.querySelector("i.n").textContent = "";
  const { areas, points } = boot.current;
  $("share-rows").textContent = "";
  const counted = await fetch(at(`/view.json?${text}`)).then((answer) => answer.json()).catch(() => null);
  if (mine !== round) return;
  if (counted?.alt) snippets(counted, text);
  const rows = counted?.layers ? Object.values(counted.layers).reduce((sum, count) => sum + count, 0) : areas.length + points.length;
  $("share-rows").textContent = `${rows} ${texts.rows}`;
  if (rows > MEASURED) return;
  for (const link of links) {
    const answer = await fetch(link.href, { method: "HEAD" }).catch(() => null);
    if (mine !== round || !box.open) return;
    const bytes = Number(answer?.ok && answer.headers.get("Content-Length"));
    if (bytes) link.querySelector("i.n").textContent = bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  }
}

function seen() {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((each) => each.toFixed(3)).join(",");
}

function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
