// Copying, also where the page is not on a secure address (an intranet without https).
import { el } from "./dom.js";
import { texts } from "./texts.js";

/** Copy text; returns the sentence that says how it went. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", "hidden", text);
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) return texts.copyFailed;
  }
  return texts.copied;
}
