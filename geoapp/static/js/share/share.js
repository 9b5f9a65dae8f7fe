// Everything that can be taken away comes from the same state: the view in the address.
import { secondView } from "../compare/compare.js";
import { map } from "../map/leaflet.js";
import { at, whole } from "../page/address.js";
import { copy } from "../page/clipboard.js";
import { texts } from "../page/texts.js";
import { address, boot, page, query, view } from "../view/state.js";

const box = document.getElementById("sharebox");
const MEASURED = 400;
const $ = (id) => document.getElementById(id);
let round = 0;

/** Connect the dialog. */
export function bindShare() {
  $("share").addEventListener("click", openShare);
  $("share-frame").addEventListener("change", fill);
  $("share-which").addEventListener("change", fill);
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

// Of a comparison both maps are shared, or one of them; without one there is only this.
function chosen() {
  const other = secondView();
  $("share-which").hidden = !other;
  const which = other ? box.querySelector("[name=which]:checked").value : "first";
  return which === "both" ? [view, other] : [which === "second" ? other : view];
}

function fill() {
  const views = chosen().map((each) => ({ ...each, ...($("share-frame").checked ? { bbox: seen() } : {}) }));
  const queries = views.map((each) => query(each));
  const both = queries.length > 1;
  $("sharesay").textContent = "";
  $("sharewhat").textContent = `${boot.current.title} · ${boot.current.subtitle}`;
  $("share-link").value = both || queries[0] === query() ? location.origin + address() : whole(`/?${queries[0]}`);
  snippets(queries, boot.current);
  for (const link of box.querySelectorAll("a[data-face]")) {
    const { face, more = "" } = link.dataset;
    const text = { png: pair, docx: briefed, pptx: briefed }[face] || (([first]) => first);
    link.href = at(`/view.${face}?${text(queries)}${more}`);
  }
  for (const each of [$("share-files"), ...box.querySelectorAll("[data-single]")]) each.hidden = both;
  $("share-apart").hidden = !both;
  $("share-book").hidden = both || boot.current.region_level !== "prefecture"; // a map book is one of a prefecture's counties
  if (both) $("share-rows").textContent = "";
  else measure([...box.querySelectorAll("#share-files a[data-face]")].filter((link) => link.querySelector("i.n")), queries[0]);
}

// The query of a picture of both maps, and that of a briefing of both.
function pair([first, second]) {
  return second ? `${first}&compare=${page.compare}` : first;
}

function briefed(queries) {
  if (queries.length === 1) return queries[0];
  const lang = view.lang === "en" ? "lang=en&" : "";
  return lang + queries.map((each) => `views=${encodeURIComponent(each.replace(/&?lang=en/, ""))}`).join("&");
}

// What goes into other people's pages: the map, and a picture that stays as it is today.
function snippets(queries, data) {
  const looking = page.at ? `&at=${page.at}` : "";
  const frames = queries.map((each) => attribute(whole(`/view.html?${each}${looking}&embed=1`)));
  const width = queries.length > 1 ? "49%" : "960";
  const picture = whole(`/view.png?${pair(queries)}${queries.length > 1 ? "" : `&v=${data.data_version}`}`);
  const target = attribute(queries.length > 1 ? location.origin + address() : whole(`/?${queries[0]}`));
  $("share-frame-code").value = frames.map((frame) => `<iframe src="${frame}" title="${attribute(data.title)}" width="${width}" height="600" style="border:0;max-width:100%" loading="lazy"></iframe>`).join("\n");
  $("share-image-code").value = `<a href="${target}"><img src="${attribute(picture)}" alt="${attribute(data.alt)}" width="960" height="${queries.length > 1 ? 330 : 660}" style="max-width:100%;height:auto"></a>`;
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
  if (counted?.alt) snippets([text], counted);
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
