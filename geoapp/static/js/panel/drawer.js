// On a phone the panel is a drawer at the bottom: drag its grip, or press it, to see more.
import { texts } from "../page/texts.js";

const panel = document.getElementById("panel");
const grip = document.getElementById("grip");
const phone = matchMedia("(max-width: 860px)");
const STOPS = ["low", "half", "full"];
let from = null;

/** Connect the grip. */
export function bindDrawer() {
  set("low");
  grip.addEventListener("click", () => {
    if (from?.dragged) return;
    set(panel.dataset.stop === "low" ? "half" : panel.dataset.stop === "half" ? "full" : "low");
  });
  grip.addEventListener("pointerdown", (event) => {
    if (!phone.matches) return;
    from = { y: event.clientY, height: panel.offsetHeight, dragged: false };
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const height = from.height + from.y - event.clientY;
    if (Math.abs(event.clientY - from.y) < 6 && !from.dragged) return;
    from.dragged = true;
    panel.style.height = `${height}px`;
  });
  grip.addEventListener("pointerup", () => {
    if (!from?.dragged) return;
    const share = panel.offsetHeight / innerHeight;
    set(share < 0.3 ? "low" : share < 0.7 ? "half" : "full");
    setTimeout(() => { from = null; });
  });
  panel.addEventListener("focusin", (event) => {
    if (phone.matches && event.target !== grip && panel.dataset.stop === "low") set("half");
  });
}

/** Set how much of the drawer is seen. */
export function set(stop) {
  panel.style.height = "";
  panel.dataset.stop = STOPS.includes(stop) ? stop : "low";
  grip.setAttribute("aria-expanded", String(stop !== "low"));
  grip.setAttribute("aria-label", stop === "full" ? texts.collapse : texts.expand);
}

/** Give the map room again, as after a choice made on a phone. */
export function lower() {
  if (phone.matches && panel.dataset.stop === "full") set("half");
}
