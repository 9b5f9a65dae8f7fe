// The card of a region, a park or a project: a fragment made by the server, closed with Esc.
import { elementOf } from "./regions.js";
import { openShare, shareable } from "./share.js";
import { change, embedded, query, view } from "./state.js";
import { button, copy, el, labelled, words } from "./words.js";

const box = document.getElementById("card");
let wanted = "";
let opener = null;

/** Open the card of a region (by code) or of a park or project (by id). */
export async function openCard(id) {
  wanted = id;
  if (box.hidden) opener = document.activeElement;
  const close = button("close", "×", () => change({ sel: "" }));
  close.setAttribute("aria-label", words.close);
  const part = query({ ...view, sel: "" });
  const region = /^\d{6}$/.test(id);
  const code = encodeURIComponent(id);
  try {
    const urls = region ? [`/regions/${code}/card`, `/regions/${code}/kin`] : [`/points/${code}/card`];
    const [main, kin] = await Promise.all(urls.map((url) => fragment(`${url}?${part}`)));
    if (wanted !== id) return;
    // The fragments are our own server's, with every value escaped by Jinja.
    box.innerHTML = main;
    if (kin?.trim()) box.querySelector(".headline")?.insertAdjacentHTML("afterend", kin);
    box.querySelector(".cardhead")?.after(tools());
    box.prepend(close);
  } catch {
    box.replaceChildren(close, el("p", "empty", words.failed), button("button", words.retry, () => openCard(id)));
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
  const made = el("div", "cardtools", button("button plain", words.copyCitation, cite));
  if (shareable) made.append(button("button plain", words.share, openShare));
  return made;
}

async function cite(event) {
  const name = box.querySelector("h2").textContent;
  const first = box.querySelector(".answer") || box;
  const value = [...first.querySelectorAll(".what, .big, .whose")].map((each) => each.textContent.trim()).join(" ");
  const link = first.querySelector(".cite") || box.querySelector(".cite");
  const section = link?.parentElement.querySelector(".section")?.textContent || "";
  const source = link ? link.dataset.cite || `${link.textContent} ${section}` : "";
  const said = await copy([value ? labelled(name, value) : name, source, embedded ? `${location.origin}/?${query()}` : location.href].filter(Boolean).join("\n"));
  event.target.textContent = said;
  setTimeout(() => { event.target.textContent = words.copyCitation; }, 2000);
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

export function bindCard() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && !document.querySelector("dialog[open]")) change({ sel: "" });
  });
}
