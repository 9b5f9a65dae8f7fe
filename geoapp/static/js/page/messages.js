// The one place over the map that tells the reader what goes on.
import { button } from "./dom.js";
import { texts } from "./texts.js";

const box = document.getElementById("state");

/** Show a message over the map; `act` adds a button {text, run}. Empty text clears it. */
export function say(text, { act } = {}) {
  if (!box) return;
  box.replaceChildren();
  box.classList.toggle("on", Boolean(text));
  if (!text) return;
  box.append(text);
  if (act) box.append(" ", button("", act.text, act.run));
}

/** Say that data did not arrive, with a button that tries again. */
export function failed(again) {
  say(texts.failed, { act: { text: texts.retry, run: again } });
}
