// What narrows the parks and projects of a view: a checkbox for each value there is, those chosen and absent too.
import { glyph } from "../map/glyphs.js";
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { change, view } from "../view/state.js";

/** Parameters of a view with a list of values, and where the view says what there is to choose. */
const LISTS = { programme: "programmes", type: "types", status: "statuses", precision: "precisions", plan: "plans" };
const OF = { parks: ["programme"], projects: ["type", "status", "precision", "plan"], actions: ["type", "status", "precision", "plan"] };
let open = "";

/** A checkbox with a text and a count; `icon` is the glyph of a type. */
export function check(key, title, on, count, act, icon = "") {
  const input = el("input");
  Object.assign(input, { type: "checkbox", checked: on });
  input.dataset.key = key;
  input.addEventListener("change", () => act(input.checked));
  const made = el("label", "check", input);
  if (icon) made.append(glyph(icon));
  made.append(el("span", "what", title), el("span", "n", String(count)));
  return made;
}

/** The checkboxes of one parameter of the view. */
export function choices(name, data, lead = "") {
  const found = data.facets[LISTS[name]];
  const picked = chosen(name);
  const words = { type: texts.kinds, programme: texts.programmes, status: texts.statuses, precision: texts.precision }[name] || {};
  const absent = picked.filter((id) => !found.some((each) => each.id === id)).map((id) => ({ id, title: words[id] || id, count: 0 }));
  return [...found, ...absent].map(({ id, title, count }) => check(`${lead}${name}-${id}`, title, picked.includes(id), count, (now) => {
    change({ [name]: (now ? [...picked, id] : picked.filter((each) => each !== id)).join(",") });
  }, name === "type" ? id : ""));
}

/** The values of a parameter that are chosen. */
export function chosen(name) {
  return (view[name] || "").split(",").filter(Boolean);
}

/** Draw the filters of a list: a button for each parameter, the checkboxes of the one that is open under them. */
export function drawFacets(box, tab, data) {
  const names = OF[tab] || [];
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  const scrolled = box.querySelector(".values")?.scrollTop || 0;
  if (!names.includes(open)) open = "";
  const set = names.filter((name) => chosen(name).length);
  const buttons = names.map((name) => {
    const count = chosen(name).length;
    const made = button(count ? "facet set" : "facet", `${texts.facets[name]}${count ? ` ${count}` : ""}`, () => {
      open = open === name ? "" : name;
      drawFacets(box, tab, data);
    });
    made.dataset.key = `facet-${name}`;
    made.setAttribute("aria-expanded", String(open === name));
    return made;
  });
  if (set.length) {
    const clear = button("link", texts.clear, () => change(Object.fromEntries(set.map((name) => [name, ""]))));
    clear.dataset.key = "facet-clear";
    buttons.push(clear);
  }
  box.replaceChildren(el("div", "facetrow", ...buttons), ...(open ? [el("div", "values", ...choices(open, data, "list-"))] : []));
  if (open) box.querySelector(".values").scrollTop = scrolled;
  if (focused) box.querySelector(`[data-key="${focused}"]`)?.focus();
}
