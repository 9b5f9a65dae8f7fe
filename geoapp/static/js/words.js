// The words of the page's language, and the one place that tells the reader what goes on.
export const words = JSON.parse(document.getElementById("words").textContent);

const box = document.getElementById("state");
let fading = 0;

/**
 * Show a message over the map; `act` adds a button {text, run}, `passing` takes the message away
 * by itself. Empty text clears it.
 */
export function say(text, { act, passing = false } = {}) {
  if (!box) return;
  clearTimeout(fading);
  box.replaceChildren();
  box.classList.toggle("on", Boolean(text));
  if (!text) return;
  box.append(text);
  if (act) box.append(" ", button("", act.text, act.run));
  if (passing) fading = setTimeout(() => say(""), 4000);
}

/** Say that data did not arrive, with a button that tries again. */
export function failed(again) {
  say(words.failed, { act: { text: words.retry, run: again } });
}

/** Make an element with classes, text and children. Text never becomes markup. */
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

const chinese = document.documentElement.lang !== "en";

/** A text with an addition in brackets, in the width of the page's language. */
export function bracketed(text, addition) {
  return chinese ? `${text}（${addition}）` : `${text} (${addition})`;
}

/** A name and what is said of it. */
export function labelled(name, text) {
  return chinese ? `${name}：${text}` : `${name}: ${text}`;
}

/** Copy text; falls back to the old way where the page is not on a secure address. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", "hidden", text);
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) return words.copyFailed;
  }
  return words.copied;
}
