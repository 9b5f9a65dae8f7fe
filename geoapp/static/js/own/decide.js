// The rows a reader has to decide: a button for each division a row may be, a search for those with none.
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";

const $ = (id) => document.getElementById(id);
const OPEN = ["ambiguous", "unmatched"];
const MOST = 40;
const PLENTY = 3;

/** Show what is left to decide of a table. */
export function decisions(table, acts) {
  const open = table.rows.filter((row) => OPEN.includes(row.status));
  $("own-open").hidden = !open.length;
  $("own-open-count").textContent = open.length;
  const nearby = suggestions(open);
  $("own-open-acts").replaceChildren(...(Object.keys(nearby).length >= PLENTY
    ? [button("button plain", texts.takeNearby.replace("{n}", Object.keys(nearby).length), () => acts.settle({ rows: nearby }))]
    : []));
  $("own-open-list").replaceChildren(...open.slice(0, MOST).map((row) => decision(row, acts)));
  $("own-open-more").hidden = open.length <= MOST;
}

// The first candidate of rows with the same name as several divisions, where it lies among the table's other rows.
function suggestions(open) {
  const found = open.filter((row) => row.how === "several" && row.likely);
  return Object.fromEntries(found.map((row) => [row.row, row.candidates[0].adcode]));
}

function decision(row, acts) {
  const choose = (adcode) => acts.settle({ rows: [{ row: row.row, adcode }] });
  const buttons = row.candidates.map((each) => {
    const made = button("choice", each.name, () => choose(each.adcode));
    made.append(el("span", "", row.how === "repeated" ? texts.thisRow : each.where || each.adcode));
    made.dataset.adcode = each.adcode;
    return made;
  });
  const other = el("span", "other");
  const item = el("li", row.status, el("div", "what", el("b", "", row.name || "—"), el("span", "by", `${texts.row.replace("{n}", row.row)} · ${row.how_words}`)));
  item.append(el("div", "choices", ...buttons, other, button("link leave", texts.leaveOut, () => choose(null))));
  item.dataset.row = row.row;
  if (row.status === "unmatched") finder(other, row, choose, acts);
  return item;
}

// A division found by its name, for rows whose own name is of no use.
function finder(place, row, choose, acts) {
  const input = el("input");
  Object.assign(input, { type: "search", placeholder: texts.another, autocomplete: "off" });
  input.setAttribute("aria-label", `${row.name}: ${texts.another}`);
  const found = el("span", "found");
  let asked = "";
  input.addEventListener("input", async () => {
    const text = asked = input.value.trim();
    const hits = text.length > 1 ? await acts.search(text).catch(() => []) : [];
    if (text !== asked) return;
    found.replaceChildren(...hits.map((hit) => {
      const made = button("choice", hit.name, () => choose(hit.adcode));
      made.append(el("span", "", hit.where || hit.adcode));
      return made;
    }));
  });
  place.append(input, found);
}
