// The choices: region, indicator, period, year, tier, level. Only what has data here can be chosen.
import { at } from "../page/address.js";
import { el } from "../page/dom.js";
import { say } from "../page/messages.js";
import { bracketed, texts } from "../page/texts.js";
import { boot, change, query, view } from "../view/state.js";
import { insidePeriod, yearsOf } from "../view/choices.js";
import { syncFigures } from "./timeline.js";

const $ = (id) => document.getElementById(id);
const USUAL = "ei_gdp_cut";
const PLAIN = "none";
let groups = [];

/** Connect the controls of the page. */
export function bindControls() {
  groups = [...$("indicator").querySelectorAll("optgroup")].map((group) => ({
    title: group.label,
    each: [...group.children].map((option) => [option.value, option.textContent]),
  }));
  $("indicator").addEventListener("change", (event) => fillWith(event.target.value));
  $("measure").addEventListener("change", (event) => change(event.target.value === "target" ? { measure: "", results: "" } : { measure: event.target.value }));
  $("period").addEventListener("change", (event) => choosePeriod(event.target.value));
  for (const name of ["year", "tier", "level"]) {
    $(name).addEventListener("change", (event) => change({ [name]: event.target.value }));
    $(name).addEventListener("click", explain);
  }
}

// The first choice of the list is no indicator: the areas stay plain, parks and projects alone are told of.
function fillWith(chosen) {
  change(chosen === PLAIN ? { fill: PLAIN, measure: "", results: "", against: "" } : { indicator: chosen, fill: "" });
}

// What cannot be chosen says why, also to a finger that has no pointer to rest.
function explain(event) {
  $("why").textContent = event.target.closest("label")?.title || "";
}

/** Make the controls say what the view is. */
export function syncControls(data) {
  $("why").textContent = "";
  const plain = view.fill === PLAIN;
  $("indicator").replaceChildren(nothing(), ...options(data));
  $("indicator").value = plain ? PLAIN : data.indicator;
  periods(data);
  years(data);
  syncFigures(data);
  for (const [name, allowed] of [["tier", data.tiers], ["level", data.levels]]) {
    for (const input of $(name).querySelectorAll("input")) {
      input.checked = input.value === data[name];
      input.disabled = !allowed.includes(input.value);
      input.closest("label").title = input.disabled ? texts.why[name] : "";
    }
  }
  $("tier").hidden ||= plain;
  measures(data);
  for (const link of $("plans").querySelectorAll("a")) {
    if (link.dataset.region === data.region) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  $("trail").replaceChildren(...trail(data));
  const chart = data.reported
    ? { kind: "line", indicator: view.indicator, lang: view.lang }
    : { indicator: view.indicator, year: view.year, tier: view.tier, lang: view.lang };
  $("chart").hidden = !view.year || plain || (data.reported && data.reported_years.length < 2);
  $("chart").href = at(`/chart?${query(chart)}`);
  $("lang").href = at(`/?${query({ ...view, lang: view.lang === "en" ? "" : "en" })}`);
  if (!plain && !yearsOf(data, data.indicator)) offer(data);
}

/** The indicator list: what has data here by sector, the rest at its end and disabled. */
export function options(data) {
  const made = [];
  const without = [];
  for (const { title, each } of groups) {
    const here = each.filter(([id]) => yearsOf(data, id));
    without.push(...each.filter(([id]) => !yearsOf(data, id)));
    if (here.length) made.push(optgroup(title, here));
  }
  if (without.length) {
    const rest = optgroup(bracketed(texts.noDataHere, without.length), without);
    for (const option of rest.children) option.disabled = option.value !== data.indicator;
    made.push(rest);
  }
  return made;
}

function nothing() {
  const made = el("option", "", texts.plain);
  made.value = PLAIN;
  return made;
}

function optgroup(title, each) {
  const group = el("optgroup", "", ...each.map(([id, text]) => {
    const option = el("option", "", text);
    option.value = id;
    return option;
  }));
  group.label = title;
  return group;
}

function offer(data) {
  const first = data.choices[USUAL] ? USUAL : Object.keys(data.choices)[0];
  const act = first && { text: `${texts.showInstead}${titleOf(first)}`, run: () => change({ indicator: first }) };
  say(texts.noTargetHere, { act });
}

/** The title of an indicator in the page's language. */
export function titleOf(id) {
  for (const { each } of groups) for (const [known, title] of each) if (known === id) return title;
  return id;
}

// The five-year periods of which the region has data; what is chosen stands in the address.
function periods(data) {
  const box = $("period");
  box.hidden = data.periods.length < 2;
  const radios = data.periods.map(({ id, title, words }) => {
    const input = el("input");
    Object.assign(input, { type: "radio", name: "period", value: id, checked: id === data.period });
    const label = el("label", "", input, el("span", "", title));
    label.title = words;
    return label;
  });
  const focused = box.contains(document.activeElement);
  box.replaceChildren(box.querySelector("legend"), ...radios);
  if (focused) box.querySelector("input:checked")?.focus();
}

// A period keeps the indicator where it has data then, else takes one that has, and says so.
async function choosePeriod(period) {
  const of = (id) => Object.keys(boot.current.choices[id] || {}).filter((year) => insidePeriod(period, year));
  const usable = [view.indicator, USUAL, ...Object.keys(boot.current.choices)].find((id) => of(id).length);
  const last = period.split("-")[1];
  const inside = usable ? of(usable) : [];
  const year = inside.includes(last) ? last : inside.at(-1) || last;
  const other = usable && usable !== view.indicator;
  await change({ period, year, ...(other && { indicator: usable }) });
  if (other) say(`${texts.periodOther}${titleOf(usable)}`);
}

function years(data) {
  const chosen = data.year;
  const box = $("year");
  const figures = new Set(data.reported_years.map(String));
  const list = Object.keys(data.choices[data.indicator] || {}).filter((year) => !figures.has(year) && insidePeriod(view.period, year));
  box.hidden = !chosen || (data.reported && !list.length);
  $("tier").hidden = !chosen || data.reported;
  const given = list.length ? list : [String(chosen)];
  const radios = given.map((year) => {
    const input = el("input");
    Object.assign(input, { type: "radio", name: "year", value: year, checked: Number(year) === chosen, disabled: !list.length });
    return el("label", "", input, el("span", "", year));
  });
  const focused = box.contains(document.activeElement);
  const past = chosen && !data.reported && chosen < new Date().getFullYear() ? [el("small", "past", texts.past)] : [];
  box.replaceChildren(box.querySelector("legend"), ...radios, ...past);
  if (focused) box.querySelector("input:checked")?.focus();
}

// What of the goals is shown: offered where results are published that some goal was held against.
function measures(data) {
  const box = $("measure");
  box.hidden = !data.measures;
  const radios = (data.measures || []).map(({ id, title }) => {
    const input = el("input");
    Object.assign(input, { type: "radio", name: "measure", value: id, checked: id === data.measure });
    return el("label", "", input, el("span", "", title));
  });
  const focused = box.contains(document.activeElement);
  box.replaceChildren(box.querySelector("legend"), ...radios);
  if (focused) box.querySelector("input:checked")?.focus();
}

function trail(data) {
  return data.trail.slice(0, -1).flatMap((step) => {
    const link = el("a", "", step.name);
    link.href = at(`/?region=${step.adcode}`);
    link.dataset.region = step.adcode;
    return [link, el("span", "", "›")];
  }).concat(el("span", "", boot.current.region_name));
}
