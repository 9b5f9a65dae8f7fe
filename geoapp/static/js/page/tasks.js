// Work in pieces, so that a slow phone can paint and answer a finger between them.

/** Let the browser paint before going on, while the first view is drawn; later views are drawn in one go. */
export function pause(before) {
  return before ? undefined : new Promise((go) => setTimeout(go));
}

/** Wait until the browser has nothing better to do, at most a second. */
export function idle() {
  return new Promise((go) => (window.requestIdleCallback ? requestIdleCallback(go, { timeout: 1000 }) : setTimeout(go, 50)));
}
