// Elements are made here, so that text of records can never become markup.

/** Make an element with classes, text and children. */
export function el(name, className = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Make a button. */
export function button(className, text, run) {
  const made = el("button", className, text);
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

/** Put text into an element, leaving it alone where it says so already: a repaint costs a slow phone half a second. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
