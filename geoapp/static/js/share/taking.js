// What is downloaded says how far it is when that takes longer than a second: it waits for its turn, or is being made.
import { at } from "../page/address.js";
import { el } from "../page/dom.js";
import { texts } from "../page/texts.js";

const EVERY = 1000;
const NAMED = /filename\*=UTF-8''([^;]+)/;

/** Take what the links of a box lead to, and tell in each link how far it is; `say` tells how it ended. */
export function bindTaking(box, say) {
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[download]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) take(link, say);
  });
}

async function take(link, say) {
  const ticket = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const line = link.querySelector("span");
  const use = line.textContent;
  const asking = setInterval(() => far(ticket, (text) => { if (link.hasAttribute("aria-busy")) line.textContent = text; }), EVERY);
  link.setAttribute("aria-busy", "true");
  say("");
  try {
    const answer = await fetch(link.href, { headers: { "X-Ticket": ticket } });
    if (answer.ok) save(await answer.blob(), nameOf(answer));
    else say(await refusal(answer));
  } catch {
    say(texts.failed);
  } finally {
    clearInterval(asking);
    link.removeAttribute("aria-busy");
    line.textContent = use;
  }
}

async function far(ticket, tell) {
  const found = await fetch(at(`/queue.json?ticket=${ticket}`)).then((answer) => answer.json()).catch(() => null);
  if (!Number.isInteger(found?.before)) return;
  tell(found.before < 0 ? texts.making : found.before ? texts.waiting.replace("{n}", found.before) : texts.next);
}

function nameOf(answer) {
  return decodeURIComponent(NAMED.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "geoapp");
}

// A browser keeps an answer under its own name only where it asked itself.
function save(blob, name) {
  const link = el("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  if (problem.type?.split("/").pop() === "work-ended") return texts.ended;
  const seconds = answer.headers.get("Retry-After");
  if (answer.status === 503 && seconds) return texts.full.replace("{n}", seconds);
  return problem.detail ?? texts.failed;
}
