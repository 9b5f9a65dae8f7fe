// The card: a fragment made by the server, opened beside the map, closed with Esc.
import { change, query, view } from "./state.js";
import { elementOf } from "./regions.js";
import { el, words } from "./words.js";

const box = document.getElementById("card");
let wanted = "";

/** Open the card of a region. */
export async function openCard(code) {
  if (!/^\d{6}$/.test(code)) return;
  wanted = code;
  const close = el("button", "close");
  close.type = "button";
  close.setAttribute("aria-label", words.close);
  close.textContent = "×";
  close.addEventListener("click", () => change({ sel: "" }));
  try {
    const answer = await fetch(`/regions/${code}/card?${query({ ...view, sel: "" })}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (wanted !== code) return;
    // The fragment is our own server's, with every value escaped by Jinja.
    box.innerHTML = html;
    box.prepend(close);
  } catch {
    const again = el("button", "button", words.retry);
    again.type = "button";
    again.addEventListener("click", () => openCard(code));
    box.replaceChildren(close, el("p", "empty", words.failed), again);
  }
  box.hidden = false;
  document.body.classList.add("carded");
  box.scrollTop = 0;
  box.focus({ preventScroll: true });
}

/** Close the card; focus goes back to where it came from. */
export function closeCard() {
  if (box.hidden) return;
  const back = elementOf(wanted);
  wanted = "";
  box.hidden = true;
  document.body.classList.remove("carded");
  back?.focus({ preventScroll: true });
}

export function bindCard() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) change({ sel: "" });
  });
}
