// The layer tree: what is drawn, how strongly, and which kinds of parks and projects.
import { basemapReady, change, changePage, page, view } from "./state.js";
import { glyph } from "./glyphs.js";
import { button, el, say, words } from "./words.js";

const { map, layers } = window.geoapp;
const PANES = { targets: ["regions", "symbols"], names: ["labels"], parks: ["points"], projects: ["points"] };
const open = new Set();

/** Draw the tree for a view. */
export function drawTree(data) {
  const chosen = view.layers.split(",");
  const tree = document.getElementById("tree");
  const focused = tree.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  tree.replaceChildren(
    group(words.thematic, [
      branch("targets", words.targets, data.layers.targets, null),
      branch("parks", words.parks, data.facets.parks, chosen.includes("parks"), filters("programme", data.facets.programmes)),
      branch("projects", words.projects, data.facets.projects, chosen.includes("projects"), filters("type", data.facets.types)),
    ]),
    group(words.background, [branch("names", words.names, "", null), basemapBranch()]),
  );
  if (focused) tree.querySelector(`[data-key="${focused}"]`)?.focus();
  const shown = ["parks", "projects"].filter((each) => chosen.includes(each)).map((each) => `${words[each]} ${data.layers[each]}`);
  document.getElementById("layersum").textContent = shown.join(" · ");
}

function group(title, children) {
  return el("fieldset", "group", el("legend", "", title), ...children);
}

function branch(name, title, count, on, facets = []) {
  const head = el("div", "branch", on === null ? label(title, count) : check(name, title, on, count, (now) => setLayer(name, now)));
  const more = button("more", "", () => {
    if (!open.delete(name)) open.add(name);
    more.setAttribute("aria-expanded", String(open.has(name)));
    body.hidden = !open.has(name);
  });
  more.dataset.key = `more-${name}`;
  more.setAttribute("aria-label", `${title} ${words.opacity}${facets.length ? ` · ${words.filter[name]}` : ""}`);
  more.setAttribute("aria-expanded", String(open.has(name)));
  head.append(more);
  const body = el("div", "twig", fade(name, title), ...(on === false ? [] : facets));
  body.hidden = !open.has(name);
  return el("div", "", head, body);
}

function label(title, count) {
  return el("span", "check", el("span", "what", title), el("span", "n", String(count)));
}

function check(key, title, on, count, act, icon = "") {
  const input = el("input");
  Object.assign(input, { type: "checkbox", checked: on });
  input.dataset.key = key;
  input.addEventListener("change", () => act(input.checked));
  const made = el("label", "check", input);
  if (icon) made.append(glyph(icon));
  made.append(el("span", "what", title), el("span", "n", String(count)));
  return made;
}

function filters(name, facets) {
  const picked = (view[name] || "").split(",").filter(Boolean);
  const absent = picked.filter((id) => !facets.some((facet) => facet.id === id));
  const all = [...facets, ...absent.map((id) => ({ id, title: words.kinds[id] || words.programmes[id] || id, count: 0 }))];
  return all.map((facet) => check(`${name}-${facet.id}`, facet.title, picked.includes(facet.id), facet.count, (now) => {
    const next = now ? [...picked, facet.id] : picked.filter((id) => id !== facet.id);
    change({ [name]: next.join(",") });
  }, name === "type" ? facet.id : ""));
}

function setLayer(layer, on) {
  const all = ["parks", "projects"].filter((each) => (each === layer ? on : view.layers.split(",").includes(each)));
  change({ layers: all.join(",") || "none" });
}

function basemapBranch() {
  const box = check("basemap", words.basemap, view.basemap === "tianditu", basemapReady ? "" : words.basemapOff, (now) => change({ basemap: now ? "tianditu" : "" }));
  box.querySelector("input").disabled = !basemapReady;
  return el("div", "branch", box);
}

function fade(name, title) {
  const input = el("input");
  Object.assign(input, { type: "range", min: 10, max: 100, step: 10, value: opacities()[name] ?? 100 });
  input.dataset.key = `fade-${name}`;
  input.setAttribute("aria-label", `${title} ${words.opacity}`);
  input.addEventListener("input", () => {
    const all = { ...opacities(), [name]: Number(input.value) };
    const kept = Object.entries(all).filter(([, percent]) => percent < 100);
    changePage({ fade: kept.map((each) => each.join(":")).join(",") });
    applyOpacity();
  });
  return el("label", "fade", el("span", "", words.opacity), input);
}

function opacities() {
  return Object.fromEntries((page.fade || "").split(",").filter(Boolean).map((part) => {
    const [name, percent] = part.split(":");
    return [name, Number(percent)];
  }));
}

/** Fade the layers as the page's address says. */
export function applyOpacity() {
  const all = opacities();
  for (const [name, panes] of Object.entries(PANES)) {
    const share = (all[name] ?? 100) / 100;
    for (const pane of panes) {
      if (name === "parks" || name === "projects") map.getPane(pane).style.setProperty(`--${name}`, share);
      else map.getPane(pane).style.opacity = share;
    }
  }
}

/** Show or take away the background; when its tiles fail the map stays as it is and says so. */
export function syncBasemap() {
  const wanted = view.basemap === "tianditu";
  document.body.classList.toggle("tiles", wanted);
  if (wanted === map.hasLayer(layers.basemap)) return;
  if (!wanted) return void layers.basemap.remove();
  layers.basemap.off("tileerror").on("tileerror", () => {
    layers.basemap.remove();
    document.body.classList.remove("tiles");
    say(words.basemapFailed);
  });
  layers.basemap.addTo(map);
}
