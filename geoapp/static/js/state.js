// The view: read from the page, written to the URL, refreshed from /view.json.
import { say, words } from "./words.js";

const first = JSON.parse(document.getElementById("boot").textContent);
export const boot = { current: first };
export const view = fromQuery(first.view);
const listeners = [];
let running = null;

function fromQuery(query) {
  const given = Object.fromEntries(new URLSearchParams(query));
  return { sel: "", type: "", programme: "", layers: "parks,projects", lang: "zh", ...given };
}

/** The query string of a view; empty parts are left out. */
export function query(of = view) {
  const parts = Object.entries(of).filter(([, text]) => text !== "" && text !== undefined && text !== null);
  return new URLSearchParams(parts).toString().replaceAll("%2C", ",");
}

export function onChange(listener) {
  listeners.push(listener);
}

/** Change parts of the view: new URL, new values, no page load. */
export async function change(patch, { push = true } = {}) {
  const before = { ...view };
  Object.assign(view, patch);
  if ("region" in patch && patch.region !== before.region) {
    for (const name of ["level", "year", "bbox"]) if (!(name in patch)) delete view[name];
  }
  if (query(before) === query(view)) return;
  const onlySelection = Object.keys(patch).every((name) => name === "sel");
  if (push) history.pushState(null, "", `${location.pathname}?${pageQuery()}`);
  if (onlySelection) return notify(boot.current, before);
  await refresh(before);
}

function pageQuery() {
  const embed = new URLSearchParams(location.search).get("embed");
  return query() + (embed ? `&embed=${embed}` : "");
}

async function refresh(before) {
  running?.abort();
  running = new AbortController();
  const slow = setTimeout(() => say(words.loading), 400);
  try {
    const data = await getJson(`/view.json?${query()}`, running.signal);
    boot.current = data;
    Object.assign(view, fromQuery(data.view));
    history.replaceState(null, "", `${location.pathname}?${pageQuery()}`);
    say("");
    await notify(data, before);
  } catch (error) {
    if (error.name !== "AbortError") say(words.failed, () => refresh(before));
  } finally {
    clearTimeout(slow);
  }
}

async function notify(data, before) {
  for (const listener of listeners) await listener(data, before);
}

/** Draw the first view, and follow the back and forward buttons. */
export async function start() {
  addEventListener("popstate", async () => {
    const before = { ...view };
    for (const name of Object.keys(view)) delete view[name];
    Object.assign(view, fromQuery(location.search.slice(1)));
    await refresh(before);
  });
  await notify(boot.current, null);
}

/** Fetch JSON, or throw with the sentence the server gives. */
export async function getJson(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || String(answer.status));
  return answer.json();
}
