// Links to regions and records change the view in place; with a modifier key they are what they say.
import { change } from "./state.js";

/** Connect every link of the page that names a region, a plan or a record. */
export function bindLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-region], a[data-select]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const { region, select, year } = link.dataset;
    change(select ? { sel: select } : { region, sel: "", ...(year ? { year } : {}) });
  });
}
