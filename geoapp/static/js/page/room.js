// A map needs room. In a hidden tab, a closed <details> or a tiny frame it waits, and a frame too small says so.
import { el } from "./dom.js";
import { texts } from "./texts.js";

// The explorer's map lies under its title and, on a small screen, its drawer; the bare map stands between its own.
const LEAST = document.body.classList.contains("explorer") ? { width: 200, height: 220 } : { width: 120, height: 64 };
let notice = null;

/** Whether an element is large enough for a map; a box that is seen and too small for one says so. */
export function roomy(element) {
  const { clientWidth, clientHeight } = element;
  const enough = clientWidth >= LEAST.width && clientHeight >= LEAST.height;
  tell(!enough && innerWidth > 0 && innerHeight > 0);
  return enough;
}

/** Wait until an element is large enough for a map. */
export function room(element) {
  if (roomy(element)) return Promise.resolve();
  return new Promise((ready) => {
    const observer = new ResizeObserver(() => {
      if (!roomy(element)) return;
      observer.disconnect();
      ready();
    });
    // The page too: while the element stays at nothing, the frame may have grown enough to be spoken in.
    observer.observe(element);
    observer.observe(document.documentElement);
  });
}

function tell(small) {
  if (!small) {
    notice?.remove();
    return;
  }
  if (!notice) {
    notice = el("div", "toosmall", el("p", "", texts.tooSmall));
    notice.setAttribute("role", "status");
    const back = document.getElementById("back");
    if (back) notice.append(back.cloneNode(true));
    notice.querySelector("a")?.removeAttribute("id");
  }
  if (!notice.isConnected) document.body.append(notice);
}
