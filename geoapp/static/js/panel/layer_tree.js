// The layer tree: what is drawn, how strongly, and which kinds of parks and projects.
import { opacities, setOpacity } from "../map/opacity.js";
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { basemapReady, change, vectorLayers, view } from "../view/state.js";
import { check, choices } from "./facets.js";

const open = new Set();
const POINT_LAYERS = ["parks", "projects", "actions"];

/** Draw the tree for a view. */
export function drawTree(data) {
  const chosen = view.layers.split(",");
  const tree = document.getElementById("tree");
  const focused = tree.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  tree.replaceChildren(
    group(texts.thematic, [
      branch("targets", texts.targets, data.layers.targets, view.fill !== "none"),
      branch("parks", texts.parks, data.facets.parks, chosen.includes("parks"), choices("programme", data)),
      branch("projects", texts.projects, data.facets.projects, chosen.includes("projects"), choices("type", data)),
      branch("actions", texts.actions, data.facets.actions, chosen.includes("actions"), []),
    ]),
    ...(listed(data).length ? [group(texts.listed, listed(data).map((each) => vectorBranch(each, data, chosen)))] : []),
    group(texts.background, [branch("names", texts.names, "", null), basemapBranch()]),
  );
  if (focused) tree.querySelector(`[data-key="${focused}"]`)?.focus();
  const shown = POINT_LAYERS.filter((each) => chosen.includes(each)).map((each) => `${texts[each]} ${data.layers[each]}`);
  document.getElementById("layersum").textContent = shown.join(" · ");
}

function group(title, children) {
  return el("fieldset", "group", el("legend", "", title), ...children);
}

function branch(name, title, count, on, facets = []) {
  const head = el("div", "branch", on === null ? label(title, count) : check(name, title, on, count, (now) => (name === "targets" ? setFill(now) : setLayer(name, now))));
  const picked = (view[name === "parks" ? "programme" : "type"] || "").split(",").filter(Boolean).length;
  const what = facets.length ? `${texts.filterWord}${picked ? ` ${picked}` : ""}` : texts.opacity;
  const more = button("more", what, () => {
    if (!open.delete(name)) open.add(name);
    more.setAttribute("aria-expanded", String(open.has(name)));
    body.hidden = !open.has(name);
  });
  more.dataset.key = `more-${name}`;
  more.setAttribute("aria-label", `${title} · ${what}`);
  if (facets.length) more.title = texts.filter[name];
  more.setAttribute("aria-expanded", String(open.has(name)));
  head.append(more);
  const body = el("div", "twig", fade(name, title), ...(on === false ? [] : facets));
  body.hidden = !open.has(name);
  return el("div", "", head, body);
}

function label(title, count) {
  return el("span", "check", el("span", "what", title), el("span", "n", String(count)));
}

// Without goals and without any layer there would be nothing to show.
function setFill(on) {
  const layers = !on && view.layers === "none" ? { layers: "parks,projects" } : {};
  change({ fill: on ? "" : "none", measure: "", ...layers });
}

function setLayer(layer, on) {
  const shown = view.layers.split(",");
  const known = [...POINT_LAYERS, ...vectorLayers.map((each) => each.id), ...shown.filter(isOwn)];
  const all = known.filter((each) => (each === layer ? on : shown.includes(each)));
  change({ layers: all.join(",") || "none", ...(all.length ? {} : { fill: "" }) });
}

// A reader's own layer is in her view and in no list.
function isOwn(id) {
  return id.startsWith("own:");
}

function listed(data) {
  return [...vectorLayers, ...(data.vectors || []).filter((each) => isOwn(each.id))];
}

function vectorBranch(layer, data, chosen) {
  const count = data.layers[layer.id] ?? "";
  return el("div", "branch", check(layer.id, layer.title, chosen.includes(layer.id), count, (now) => setLayer(layer.id, now)));
}

function basemapBranch() {
  const box = check("basemap", texts.basemap, view.basemap === "tianditu", basemapReady ? "" : texts.basemapOff, (now) => change({ basemap: now ? "tianditu" : "" }));
  box.querySelector("input").disabled = !basemapReady;
  return el("div", "branch", box);
}

function fade(name, title) {
  const input = el("input");
  Object.assign(input, { type: "range", min: 10, max: 100, step: 10, value: opacities()[name] ?? 100 });
  input.dataset.key = `fade-${name}`;
  input.setAttribute("aria-label", `${title} ${texts.opacity}`);
  input.addEventListener("input", () => {
    setOpacity(name, Number(input.value));
  });
  return el("label", "fade", el("span", "", texts.opacity), input);
}
