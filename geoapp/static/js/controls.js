// The choices: indicator, year, tier, level, layers. Only what has data here can be chosen.
import { change, query, view } from "./state.js";
import { glyph } from "./points.js";
import { el, words } from "./words.js";

const $ = (id) => document.getElementById(id);

/** Connect the controls of the page; the bare map has none. */
export function bindControls() {
  if (!$("indicator")) return;
  $("indicator").addEventListener("change", (event) => change({ indicator: event.target.value, year: "" }));
  for (const name of ["year", "tier", "level"]) {
    $(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-region]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    change({ region: link.dataset.region, sel: "", ...(link.dataset.year ? { year: link.dataset.year } : {}) });
  });
}

/** Make the controls say what the view is. */
export function syncControls(data) {
  if (!$("indicator")) return;
  $("indicator").value = data.indicator;
  const option = $("indicator").selectedOptions[0];
  years((option?.dataset.years || "").split(",").filter(Boolean), data.year);
  for (const input of $("tier").querySelectorAll("input")) {
    input.checked = input.value === data.tier;
    input.disabled = !data.tiers.includes(input.value);
  }
  for (const input of $("level").querySelectorAll("input")) {
    input.checked = input.value === data.level;
    input.disabled = !data.levels.includes(input.value);
  }
  for (const link of $("plans").querySelectorAll("a")) {
    const current = link.dataset.region === data.region;
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  $("trail").replaceChildren(...trail(data));
  $("lang").href = `/?${query({ ...view, lang: view.lang === "en" ? "zh" : "en" })}`;
  tree(data);
}

function years(list, chosen) {
  const box = $("year");
  const legend = box.querySelector("legend");
  box.replaceChildren(legend, ...list.map((year) => {
    const input = el("input");
    Object.assign(input, { type: "radio", name: "year", value: year, checked: Number(year) === chosen });
    return el("label", "", input, el("span", "", year));
  }));
}

function trail(data) {
  return data.trail.flatMap((step, number) => {
    const link = el("a", "", step.name);
    link.href = `/?region=${step.adcode}`;
    link.dataset.region = step.adcode;
    if (number === data.trail.length - 1) link.setAttribute("aria-current", "page");
    return number ? [el("span", "", "›"), link] : [link];
  });
}

function tree(data) {
  const box = $("tree");
  const chosen = view.layers.split(",");
  const groups = [];
  for (const [layer, title, facets, name] of [
    ["parks", words.parks, data.facets.programmes, "programme"],
    ["projects", words.projects, data.facets.types, "type"],
  ]) {
    const on = chosen.includes(layer);
    const head = check(title, on, data.facets[layer], (now) => setLayer(layer, now));
    const picked = (view[name] || "").split(",").filter(Boolean);
    const open = box.querySelector(`details.${layer}`)?.open || picked.length > 0;
    const list = facets.map((facet) => check(facet.title, picked.includes(facet.id), facet.count, (now) => {
      const next = now ? [...picked, facet.id] : picked.filter((id) => id !== facet.id);
      change({ [name]: next.join(",") });
    }, name === "type" ? facet.id : ""));
    const more = el("details", layer, el("summary", "", words.filter[layer]), el("div", "facets", ...list));
    more.open = open;
    groups.push(el("div", "group", head, ...(facets.length && on ? [more] : [])));
  }
  box.replaceChildren(...groups);
}

function setLayer(layer, on) {
  const all = ["parks", "projects"].filter((each) => (each === layer ? on : view.layers.split(",").includes(each)));
  change({ layers: all.join(",") || "none" });
}

function check(title, on, count, act, icon = "") {
  const input = el("input");
  Object.assign(input, { type: "checkbox", checked: on });
  input.addEventListener("change", () => act(input.checked));
  const label = el("label", "check", input);
  if (icon) label.append(glyph(icon));
  label.append(el("span", "what", title), el("span", "n", String(count)));
  return label;
}

