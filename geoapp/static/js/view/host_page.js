// The map in somebody else's page: it leaves that page its scrolling, and leads back to the atlas.
import { map } from "../map/leaflet.js";
import { at } from "../page/address.js";
import { embedded, onChange, query } from "./state.js";

/** Connect the link to the atlas; the wheel zooms only a map in use, one finger scrolls the page. */
export function bindHostPage() {
  if (!embedded) return;
  const back = document.getElementById("back");
  onChange(() => { back.href = at(`/?${query()}`); });
  if (window === window.parent) return;
  const box = map.getContainer();
  map.scrollWheelZoom.disable();
  box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  box.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}
