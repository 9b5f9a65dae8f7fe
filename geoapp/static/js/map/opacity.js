// How strongly each layer is drawn: a matter of the page (`fade=targets:60,parks:100`), not of the view.
import { changePage, page } from "../view/state.js";
import { map } from "./leaflet.js";

const PANES = { targets: ["regions", "symbols"], names: ["labels"], parks: ["points"], projects: ["points"], actions: ["points"] };

/** Per cent by layer, as the page's address gives them; a layer not named is opaque. */
export function opacities() {
  return Object.fromEntries((page.fade || "").split(",").filter(Boolean).map((part) => {
    const [name, percent] = part.split(":");
    return [name, Number(percent)];
  }));
}

/** Fade the layers as the page's address says. */
export function applyOpacity() {
  const all = opacities();
  for (const [name, panes] of Object.entries(PANES)) {
    const share = (all[name] ?? 100) / 100;
    for (const pane of panes) {
      if (pane === "points") map.getPane(pane).style.setProperty(`--${name}`, share);
      else map.getPane(pane).style.opacity = share;
    }
  }
}

/** Fade one layer, and say so in the address. */
export function setOpacity(name, share) {
  const faded = Object.entries({ ...opacities(), [name]: share }).filter(([, percent]) => percent < 100);
  changePage({ fade: faded.map((each) => each.join(":")).join(",") });
  applyOpacity();
}
