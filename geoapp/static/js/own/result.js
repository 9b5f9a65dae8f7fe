// What was understood of a table, what is left to decide, and the ways to the map.
import { button, el } from "../page/dom.js";
import { labelled, texts } from "../page/texts.js";
import { decisions } from "./decide.js";

const $ = (id) => document.getElementById(id);
const MOST_ROWS = 12;

/** Show a table; `acts` are what its buttons do. */
export function show(table, acts) {
  $("own-title").textContent = table.file;
  $("own-summary").textContent = table.summary;
  $("own-counts").replaceChildren(...counts(table));
  $("own-maps").replaceChildren(...maps(table, acts));
  $("own-nomap").hidden = Boolean(table.view);
  decisions(table, acts);
  $("own-faults").hidden = !table.faults.length;
  $("own-faults-list").replaceChildren(...table.faults.slice(0, 50).map((fault) => el("li", "", el("b", "", fault.cell), ` “${fault.text}” `, el("span", "by", fault.problem))));
  $("own-understood").replaceChildren(...understood(table, acts));
  rows(table);
  for (const suffix of ["csv", "xlsx"]) $(`own-${suffix}`).href = acts.given(suffix);
  $("own-expires").textContent = new Date(table.expires).toLocaleString(document.documentElement.lang);
  $("own-forget").onclick = acts.forget;
}

function counts(table) {
  return Object.entries(table.counts).map(([status, number]) => {
    const item = el("li", status, el("b", "", String(number)), el("span", "", texts[status]));
    item.dataset.n = number;
    return item;
  });
}

// One line for each column of numbers: what it is, how it is drawn, the way to its map.
function maps(table, acts) {
  return table.columns.filter((column) => column.kind === "number").map((column) => {
    const item = el("li", "");
    const said = [column.unit, column.year && labelled(texts.year, column.year)].filter(Boolean).join(" · ");
    const link = el("a", "button", texts.map);
    link.href = table.url.replace(/(table:[0-9a-f]+:)[^&]+/, `$1${column.id}`);
    item.append(el("div", "what", el("b", "", column.title), el("span", "by", said)), drawn(column, acts), link);
    if (table.goals.length) item.append(against(table, column));
    return item;
  });
}

// The reader says which goal a column is a result of, and of which year; the map then shows what became of the goals.
function against(table, column) {
  const goal = el("select", "", ...table.goals.flatMap(({ id, title, goals }) => goals.map((each) => {
    const [year, tier] = each.split(".");
    const made = el("option", "", `${title} ${year}${tier === "incentive" ? ` ${texts.incentive}` : ""}`);
    made.value = `${id}.${each}`;
    return made;
  })));
  const like = table.goals.find(({ unit }) => unit === column.unit);
  if (like) goal.value = `${like.id}.${like.goals.filter((each) => each.endsWith("basic")).at(-1) || like.goals.at(-1)}`;
  const year = el("input");
  Object.assign(year, { type: "number", min: 1990, max: 2100, value: column.year || goal.value.split(".")[1] });
  const link = el("a", "button plain", texts.resultMap);
  const aim = () => {
    const [indicator, target, tier] = goal.value.split(".");
    const region = new URLSearchParams(table.view);
    const view = { region: region.get("region"), indicator, year: target, tier, level: region.get("level"), measure: "status", results: `${column.indicator}.${year.value}`, layers: "none" };
    if (region.get("lang")) view.lang = region.get("lang");
    link.href = `${table.url.split("?")[0]}?${new URLSearchParams(view).toString().replaceAll("%3A", ":")}`;
    link.toggleAttribute("aria-disabled", !year.checkValidity());
  };
  goal.addEventListener("change", aim);
  year.addEventListener("input", aim);
  aim();
  const box = el("details", "own-against", el("summary", "", texts.resultOf));
  box.append(el("div", "", el("label", "", el("span", "by", texts.resultGoal), goal), el("label", "", el("span", "by", texts.resultYear), year), link));
  return box;
}

function drawn(column, acts) {
  const box = el("fieldset", "segment", el("legend", "hidden", texts.drawn));
  for (const way of ["fill", "symbol"]) {
    const input = el("input");
    Object.assign(input, { type: "radio", name: `draw-${column.id}`, value: way, checked: column.draw === way });
    input.addEventListener("change", () => acts.settle({ columns: [{ id: column.id, draw: way }] }));
    box.append(el("label", "", input, el("span", "", texts[way])));
  }
  box.title = column.settled ? "" : texts.proposal;
  return box;
}

function understood(table, acts) {
  const facts = [
    [texts.header, table.header[0] ? table.header.filter((each, place) => !place || each !== table.header[0]).join("–") : texts.noHeader],
    [texts.regions, table.columns.filter((each) => ["region", "adcode"].includes(each.kind)).map((each) => each.title).join(", ")],
    [texts.numbers, table.columns.filter((each) => each.kind === "number").map((each) => each.title + (each.unit ? ` (${each.unit})` : "")).join(", ")],
    [texts.others, table.columns.filter((each) => ["text", "year"].includes(each.kind)).map((each) => each.title).join(", ")],
    [texts.titles, table.titles.join(" / ")],
    [texts.notes, table.notes.join(" / ")],
  ].filter(([, text]) => text).map(([name, text]) => el("div", "", el("dt", "", name), el("dd", "", text)));
  return table.sheets.length > 1 ? [sheets(table, acts), ...facts] : facts;
}

function sheets(table, acts) {
  const select = el("select", "", ...table.sheets.map((name) => el("option", "", name)));
  select.id = "own-sheet";
  select.value = table.sheet;
  select.addEventListener("change", () => acts.settle({ sheet: select.value }));
  const name = el("label", "", texts.sheet);
  name.htmlFor = select.id;
  return el("div", "", el("dt", "", name), el("dd", "", select));
}

function rows(table, all = false) {
  const shown = all ? table.rows : table.rows.slice(0, MOST_ROWS);
  $("own-rows").replaceChildren(...shown.map((row) => {
    const line = el("tr", row.status, el("td", "n", String(row.row)), el("th", "", row.name || "—"));
    line.append(el("td", "", row.region_name), el("td", "n", row.adcode || ""), el("td", "by", row.how_words));
    return line;
  }));
  $("own-all").hidden = shown.length === table.rows.length;
  $("own-all").replaceChildren(button("button plain", `${texts.all} ${table.rows.length}`, () => rows(table, true)));
}
