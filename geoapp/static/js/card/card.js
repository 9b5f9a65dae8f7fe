// The card of a region, a park or a project: a fragment made by the server, closed with Esc.
import { elementOf } from "../map/regions.js";
import { at, whole } from "../page/address.js";
import { copy } from "../page/clipboard.js";
import { button, el } from "../page/dom.js";
import { labelled, texts } from "../page/texts.js";
import { change, embedded, query, view } from "../view/state.js";

const box = document.getElementById("card");
let wanted = "";
let opener = null;
let share = null;

/** Open the card of a region (by code) or of a park or project (by id). */
export async function openCard(id) {
  wanted = id;
  if (box.hidden) opener = document.activeElement;
  const close = button("close", "×", () => change({ sel: "" }));
  close.setAttribute("aria-label", texts.close);
  const part = query({ ...view, sel: "" });
  const region = /^\d{6}$/.test(id);
  const code = encodeURIComponent(id);
  try {
    const urls = region ? [at(`/regions/${code}/card`), at(`/regions/${code}/kin`)] : [at(`/points/${code}/card`)];
    const [main, siblings] = await Promise.all(urls.map((url) => fragment(`${url}?${part}`)));
    if (wanted !== id) return;
    // The fragments are our own server's, with every value escaped by Jinja.
    box.innerHTML = main;
    if (siblings?.trim()) box.querySelector(".headline")?.insertAdjacentHTML("afterend", siblings);
    box.querySelector(".cardhead")?.after(tools());
    box.prepend(close);
  } catch {
    box.replaceChildren(close, el("p", "empty", texts.failed), button("button", texts.retry, () => openCard(id)));
  }
  box.hidden = false;
  document.body.classList.add("carded");
  box.scrollTop = 0;
  if (!box.contains(document.activeElement)) box.focus({ preventScroll: true });
}

async function fragment(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

function tools() {
  const made = el("div", "cardtools", button("button plain", texts.copyCitation, cite));
  if (share) made.append(button("button plain", texts.share, share));
  return made;
}

async function cite(event) {
  const name = box.querySelector("h2").textContent;
  const first = box.querySelector(".answer") || box;
  const value = [...first.querySelectorAll(".what, .big, .whose")].map((each) => each.textContent.trim()).join(" ");
  const link = first.querySelector(".cite") || box.querySelector(".cite");
  const section = link?.parentElement.querySelector(".section")?.textContent || "";
  const source = link ? link.dataset.cite || `${link.textContent} ${section}` : "";
  const said = await copy([value ? labelled(name, value) : name, source, embedded ? whole(`/?${query()}`) : location.href].filter(Boolean).join("\n"));
  event.target.textContent = said;
  setTimeout(() => { event.target.textContent = texts.copyCitation; }, 2000);
}

/** Close the card; focus goes back to where it came from. */
export function closeCard() {
  if (box.hidden) return;
  const back = opener?.isConnected && opener !== document.body ? opener : elementOf(wanted);
  wanted = "";
  opener = null;
  box.hidden = true;
  document.body.classList.remove("carded");
  back?.focus({ preventScroll: true });
}

/** Connect Esc; `openShare` is what the card's share button does, where the page can share. */
export function bindCard({ openShare = null } = {}) {
  share = openShare;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && !document.querySelector("dialog[open]")) change({ sel: "" });
  });
}
