// What the dialog's settings add to the address of a picture or a briefing: only what the format takes.
const $ = (id) => document.getElementById(id);
const KEPT = "geoapp-maker";

/** Call back whenever a setting changes. The maker is remembered, the date is today's until it is set. */
export function bindSettings(changed) {
  $("set-date").value = today();
  $("set-maker").value = remembered();
  $("share-settings").addEventListener("input", () => {
    remember($("set-maker").value.trim());
    changed();
  });
}

/** The parameters of a format, to be added to the address of a view. */
export function settingsOf(face) {
  const common = { title: $("set-title").value.trim(), maker: $("set-maker").value.trim(), date: $("set-date").value };
  if (face === "sheets") return common;
  return face === "docx" || face === "pptx" ? { ...common, ...briefing(face) } : { ...common, ...picture(face) };
}

/** Parameters as they are written behind a view. */
export function written(parameters) {
  const told = Object.entries(parameters).filter(([, value]) => value);
  return told.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
}

function picture(face) {
  const [paper, orientation] = $("set-paper").value.split(" ");
  return { paper, orientation, dpi: face === "png" ? $("set-dpi").value : "" };
}

function briefing(face) {
  const boxes = [...document.querySelectorAll("input[name='set-tables']")];
  const told = boxes.filter((each) => each.checked).map((each) => each.value);
  const tables = told.length === boxes.length ? "" : told.join(",") || "none";
  return { style: face === "docx" ? $("set-style").value : "", qr: $("set-qr").checked ? "1" : "", tables };
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// Private windows may refuse to keep anything; then the maker is typed again.
function remembered() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

function remember(maker) {
  try {
    localStorage.setItem(KEPT, maker);
  } catch {
    // nothing is lost but the convenience
  }
}
