// Everything that can be taken away comes from the same state: the view in the address.
import { secondView, tableAddress } from "../compare/compare.js";
import { map } from "../map/leaflet.js";
import { at, whole } from "../page/address.js";
import { copy } from "../page/clipboard.js";
import { el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { address, boot, page, query, view } from "../view/state.js";
import { bindBasket, collect, collected } from "./basket.js";
import { bindSettings, settingsOf, written } from "./settings.js";
import { bindTaking } from "./taking.js";

const box = document.getElementById("sharebox");
const MEASURED = 400;
const $ = (id) => document.getElementById(id);
const BOOKS = { nation: ["province"], province: ["prefecture", "county"], prefecture: ["county"], county: [] };
const PAGES = { province: "bookProvince", prefecture: "bookPrefecture", county: "bookCounty" };
let round = 0;

/** Connect the dialog. */
export function bindShare() {
  $("share").addEventListener("click", openShare);
  $("share-frame").addEventListener("change", fill);
  $("share-which").addEventListener("change", fill);
  bindSettings(files);
  bindBasket(files);
  bindTaking(box, (text) => {
    $("sharesay").textContent = text;
  });
  $("book-level").addEventListener("change", files);
  $("book-codes").addEventListener("input", files);
  $("basket-add").addEventListener("click", () => collect(framedQueries()[0], called(boot.current)));
  $("basket-beside").addEventListener("change", beside);
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
  const data = boot.current;
  const queries = framedQueries();
  const both = queries.length > 1;
  $("sharesay").textContent = "";
  $("sharewhat").textContent = `${data.title} · ${data.subtitle}`;
  $("share-link").value = both || queries[0] === query() ? location.origin + address() : whole(`/?${queries[0]}`);
  snippets(queries, data);
  $("set-title").placeholder = data.title;
  books(data);
  others(data);
  files();
  $("share-files").hidden = both;
  $("share-apart").hidden = !both;
  $("share-pair").hidden = !both || !tableAddress("");
  for (const link of box.querySelectorAll("a[data-pair]")) link.href = tableAddress(link.dataset.pair);
  if (both) $("share-rows").textContent = "";
  else measure([...box.querySelectorAll("#share-files a[data-face]")].filter((link) => link.querySelector("i.n")), queries[0]);
}

// The addresses of everything that is downloaded, as the settings, the book and the basket are now.
function files() {
  const queries = framedQueries();
  const [text] = queries;
  for (const link of box.querySelectorAll("a[data-face]")) {
    const face = link.dataset.face;
    const data = link.querySelector("i.n") || face === "qlr";
    const of = { png: pair, svg: pair, pdf: pair, docx: several, pptx: several }[face] || (([first]) => first);
    link.href = at(`/view.${face}?${of(queries)}${data ? "" : written(settingsOf(face))}`);
  }
  const book = $("book-codes").value.trim().replaceAll(/[\s，、]+/g, ",") || $("book-level").value;
  for (const link of box.querySelectorAll("a[data-book]")) {
    link.href = at(`/view.${link.dataset.book}?${text}${written({ ...settingsOf(briefed(link.dataset.book)), book })}`);
  }
  for (const link of box.querySelectorAll("a[data-basket]")) {
    link.href = at(`/view.${link.dataset.basket}?${collected()}${written(settingsOf(briefed(link.dataset.basket)))}`);
  }
}

// A book or a basket as PDF is sheets: no tables, and a paper of its own.
function briefed(face) {
  return face === "pdf" ? "sheets" : face;
}

// The query of what is shared: one, or the two of a comparison.
function framedQueries() {
  const frame = $("share-frame").checked ? { bbox: seen() } : {};
  return chosen().map((each) => query({ ...each, ...frame }));
}

// The query of a picture of both maps, and that of a briefing of both.
function pair([first, second]) {
  return second ? `${first}&compare=${page.compare}` : first;
}

function several(queries) {
  if (queries.length === 1) return queries[0];
  const lang = view.lang === "en" ? "lang=en&" : "";
  return lang + queries.map((each) => `views=${encodeURIComponent(each.replace(/&?lang=en/, ""))}`).join("&");
}

function books(data) {
  const levels = BOOKS[data.region_level] ?? [];
  $("share-book").hidden = !levels.length;
  $("book-level").replaceChildren(...levels.map((level) => option(level, texts[PAGES[level]])));
}

// Another year or tier of the same indicator, to be set against the view on one scale.
function others(data) {
  const years = data.choices[view.indicator] || {};
  const pairs = Object.entries(years).flatMap(([year, tiers]) => tiers.map((tier) => [year, tier]));
  const rest = pairs.filter(([year, tier]) => year !== String(view.year) || tier !== view.tier);
  $("basket-beside").hidden = !rest.length;
  $("basket-beside").replaceChildren(option("", texts.beside), ...rest.map(([year, tier]) => option(`${year} ${tier}`, `${year} · ${texts[tier]}`)));
}

async function beside(event) {
  const [year, tier] = event.target.value.split(" ");
  if (!tier) return;
  const other = query({ ...view, year, tier });
  event.target.value = "";
  const found = await fetch(at(`/view.json?${other}`)).then((answer) => answer.json()).catch(() => null);
  collect(framedQueries()[0], called(boot.current));
  if (found?.title) collect(other, called(found));
}

// Two tiers of one goal have one title: the subtitle tells them apart.
function called(data) {
  return `${data.title} · ${data.subtitle}`;
}

function option(value, text) {
  const made = el("option", "", text);
  made.value = value;
  return made;
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

// A work in several regions is counted once on the map and has a row for each in files.
function rowsOf({ layers, points }) {
  const { targets, parks, projects, actions, ...listed } = layers;
  return Object.values(listed).reduce((sum, count) => sum + count, targets + points.length);
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
  const rows = counted?.layers ? rowsOf(counted) : areas.length + points.length;
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
