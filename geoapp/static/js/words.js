// The words of the page's language, and the one place that tells the reader what goes on.
export const words = JSON.parse(document.getElementById("words").textContent);

const box = document.getElementById("state");

/** Show a message over the map; with `retry` a button that tries again. Empty text clears it. */
export function say(text, retry) {
  if (!box) return;
  box.replaceChildren();
  box.classList.toggle("on", Boolean(text));
  if (!text) return;
  box.append(text);
  if (retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.retry;
    button.addEventListener("click", retry);
    box.append(" ", button);
  }
}

/** Make an element with classes, text and children. Text never becomes markup. */
export function el(name, className = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
