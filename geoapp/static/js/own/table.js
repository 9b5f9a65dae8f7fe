// A reader's own table: dropped, chosen or pasted, sent, shown as it was understood, settled, mapped, forgotten.
import { at } from "../page/address.js";
import { texts } from "../page/texts.js";
import { show } from "./result.js";

const $ = (id) => document.getElementById(id);
const language = document.documentElement.lang === "en" ? "lang=en" : "";
const worded = (address) => address + (language ? (address.includes("?") ? "&" : "?") + language : "");
let shown = null;

/** Ask the atlas; its answer, or the sentence of its problem as an error. */
async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(worded(address), { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch {
    throw new Error(texts.failed);
  }
  if (answer.status === 204) return null;
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail || texts.failed);
  return body;
}

async function work(doing, run) {
  $("own").dataset.busy = "";
  $("own-fault").hidden = true;
  $("own-doing").textContent = doing;
  try {
    const table = await run();
    if (table) open(table);
  } catch (error) {
    $("own-fault").textContent = error.message;
    $("own-fault").hidden = false;
  } finally {
    delete $("own").dataset.busy;
    $("own-doing").textContent = "";
  }
}

function open(table) {
  const fresh = !shown || shown.id !== table.id;
  shown = table;
  history.replaceState(null, "", table.page);
  show(table, { settle, forget, search, given: (suffix) => worded(at(`/tables/${table.id}.${suffix}`)) });
  $("own-result").hidden = false;
  $("own-start").open = false;
  if (fresh) $("own-result").scrollIntoView({ behavior: "smooth", block: "start" });
}

const settle = (decisions) => work(texts.saving, () => ask(at(`/tables/${shown.id}`), {
  method: "PATCH",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(decisions),
}));

async function forget() {
  if (!confirm(texts.reallyForget)) return;
  await work(texts.saving, async () => {
    await ask(at(`/tables/${shown.id}`), { method: "DELETE" });
    shown = null;
    $("own-result").hidden = true;
    $("own-start").open = true;
    history.replaceState(null, "", worded(at("/table")));
  });
  if (!shown) $("own-doing").textContent = texts.forgotten;
}

/** Divisions that a text may mean, for rows whose name has no near one. */
async function search(text) {
  const found = await ask(at(`/search.json?q=${encodeURIComponent(text)}`));
  return found.results.filter((each) => each.kind === "region").slice(0, 6);
}

function send(file) {
  if (!file) return;
  const form = new FormData();
  form.append("file", file);
  work(texts.reading, () => ask(at("/tables"), { method: "POST", body: form }));
}

function sendText(text) {
  if (!text.trim()) return;
  const type = text.includes("\t") ? "text/tab-separated-values" : "text/csv";
  work(texts.reading, () => ask(at("/tables"), { method: "POST", headers: { "Content-Type": type }, body: text }));
}

const drop = $("own-drop");
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.dataset.over = "";
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) delete drop.dataset.over;
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset.over;
  send(event.dataTransfer.files[0]);
});
$("own-file").addEventListener("change", (event) => {
  send(event.target.files[0]);
  event.target.value = "";
});
document.addEventListener("paste", (event) => {
  if (event.target.closest("input")) return;
  const [file] = event.clipboardData.files;
  const text = event.clipboardData.getData("text/plain");
  if (text.trim().includes("\n")) {
    event.preventDefault();
    sendText(text);
  } else if (file && !text) send(file);
});
$("own-paste-send").addEventListener("click", () => sendText($("own-paste").value));

const { table } = $("own").dataset;
if (table) work(texts.reading, () => ask(at(`/tables/${table}`)));
