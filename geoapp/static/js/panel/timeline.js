// The time line of published figures: one step a year, drawn on one scale for all years.
import { button, el } from "../page/dom.js";
import { texts } from "../page/texts.js";
import { change } from "../view/state.js";

/** Show the years of published figures, or the way to them from a view of goals. */
export function syncFigures(data) {
  const box = document.getElementById("figures");
  const years = data.reported_years;
  box.hidden = !years.length;
  if (!years.length) return box.replaceChildren(box.querySelector("legend"));
  const held = document.activeElement?.dataset.step;
  box.replaceChildren(box.querySelector("legend"), ...(data.reported ? steps(years, data.year) : [way(years)]));
  if (held) box.querySelector(`[data-step="${held}"]:not(:disabled)`)?.focus();
}

function go(year) {
  return change({ year: String(year), tier: "basic", measure: "", scale: "" });
}

function way(years) {
  const span = years.length > 1 ? `${years[0]}–${years.at(-1)}` : years[0];
  return button("link", `${texts.figuresOf} ${span}`, () => go(years.at(-1)));
}

function steps(years, chosen) {
  const at = years.indexOf(chosen);
  if (years.length < 2) return [el("output", "", String(chosen))];
  const step = (name, sign, to, title) => {
    const made = button("step", sign, () => go(years[to]));
    made.dataset.step = name;
    made.title = title;
    made.setAttribute("aria-label", title);
    made.disabled = !(to in years);
    return made;
  };
  const line = el("input");
  Object.assign(line, { type: "range", min: 0, max: years.length - 1, step: 1, value: at });
  line.dataset.step = "line";
  line.setAttribute("aria-label", texts.figureYear);
  line.setAttribute("aria-valuetext", String(chosen));
  const said = el("output", "", String(chosen));
  line.addEventListener("input", () => {
    said.textContent = years[line.value];
    line.setAttribute("aria-valuetext", said.textContent);
  });
  line.addEventListener("change", () => go(years[line.value]));
  return [step("before", "‹", at - 1, texts.yearBefore), line, step("after", "›", at + 1, texts.yearAfter), said];
}
