// The layer tree: what is drawn, how strongly, and which kinds of parks and projects.
import { opacities, setOpacity } from "../map/opacity.js";
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { basemapReady, change, vectorLayers, view } from "../view/state.js";
import { check, choices, chosen } from "./facets.js";

const open = new Set();
const POINT_LAYERS = ["parks", "projects", "actions"];

/** Draw the tree for a view. */
export function drawTree(data) {
  const layers = view.layers.split(",");
  const tree = document.getElementById("tree");
  const focused = tree.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  tree.replaceChildren(
    group(texts.thematic, [
      branch("targets", texts.targets, data.layers.targets, view.fill !== "none"),
      branch("parks", texts.parks, data.facets.parks, layers.includes("parks"), choices("programme", data)),
      branch("projects", texts.projects, data.facets.projects, layers.includes("projects"), choices("type", data)),
      branch("actions", texts.actions, data.facets.actions, layers.includes("actions"), []),
    ]),
    ...(listed(data).length ? [group(texts.listed, listed(data).map((each) => vectorBranch(each, data, layers)))] : []),
    group(texts.background, [branch("names", texts.names, "", null), basemapBranch()]),
  );
  if (focused) tree.querySelector(`[data-key="${focused}"]`)?.focus();
  const shown = POINT_LAYERS.filter((each) => layers.includes(each)).map((each) => `${texts[each]} ${data.layers[each]}`);
  document.getElementById("layersum").textContent = shown.join(" · ");
}

function group(title, children) {
  return el("fieldset", "group", el("legend", "", title), ...children);
}

function branch(name, title, count, on, facets = []) {
  const head = el("div", "branch", on === null ? label(title, count) : check(name, title, on, count, (now) => (name === "targets" ? setFill(now) : setLayer(name, now))));
  const picked = (view[name === "parks" ? "programme" : "type"] || "").split(",").filter(Boolean).length;
  const what = facets.length ? `${texts.filterWord}${picked ? ` ${picked}` : ""}` : texts.opacity;
  const body = el("div", "twig", fade(name, title), ...(on === false ? [] : facets));
  const more = opener(name, title, what, body);
  if (facets.length) more.title = texts.filter[name];
  head.append(more);
  return el("div", "", head, body);
}

// The button that opens what hangs on a branch.
function opener(name, title, what, body) {
  const more = button("more", what, () => {
    if (!open.delete(name)) open.add(name);
    more.setAttribute("aria-expanded", String(open.has(name)));
    body.hidden = !open.has(name);
  });
  more.dataset.key = `more-${name}`;
  more.setAttribute("aria-label", `${title} · ${what}`);
  more.setAttribute("aria-expanded", String(open.has(name)));
  body.hidden = !open.has(name);
  return more;
}

function label(title, count) {
  return el("span", "check", el("span", "what", title), el("span", "n", String(count)));
}

// The types of a published layer; those of other layers stay chosen.
function kinds(types) {
  const picked = chosen("kind");
  return types.map(({ id, title, count }) => check(`kind-${id}`, title, picked.includes(id), count, (now) => {
    change({ kind: (now ? [...picked, id] : picked.filter((each) => each !== id)).join(",") });
  }));
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

function vectorBranch(layer, data, layers) {
  const count = data.layers[layer.id] ?? "";
  const on = layers.includes(layer.id);
  const head = el("div", "branch", check(layer.id, layer.title, on, count, (now) => setLayer(layer.id, now)));
  const types = (on && (data.vectors || []).find((each) => each.id === layer.id)?.types) || [];
  if (!types.length) return head;
  const picked = chosen("kind").filter((kind) => types.some((type) => type.id === kind)).length;
  const body = el("div", "twig", ...kinds(types));
  head.append(opener(layer.id, layer.title, `${texts.filterWord}${picked ? ` ${picked}` : ""}`, body));
  return el("div", "", head, body);
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
