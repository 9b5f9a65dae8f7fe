// Keyboard on the map: a group of things is one tab stop, arrow keys walk inside it.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const last = new Map();

/** Make `elements` one tab stop. `enter` runs on Enter and space, `arrive` when one is reached, `leave` when it is left. */
export function roving(group, elements, { enter, arrive = () => {}, leave = () => {} }) {
  const start = Math.max(0, elements.findIndex((element) => nameOf(element) === last.get(group)));
  elements.forEach((element, number) => {
    element.setAttribute("tabindex", number === start ? "0" : "-1");
    element.onkeydown = (event) => walk(event, group, elements, number, enter);
    element.onfocus = () => {
      last.set(group, nameOf(element));
      arrive(element);
    };
    element.onblur = () => leave(element);
  });
}

function walk(event, group, elements, number, enter) {
  const step = STEPS[event.key];
  if (step) {
    event.preventDefault();
    event.stopPropagation();
    const count = elements.length;
    const next = elements[Number.isFinite(step) ? (number + step + count) % count : step < 0 ? 0 : count - 1];
    elements[number].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    event.stopPropagation();
    enter(elements[number]);
  }
}

function nameOf(element) {
  return element.dataset.adcode || element.dataset.id;
}
