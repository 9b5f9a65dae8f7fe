// What is selected: marked on the map, and its card opened or closed.
import { closeCard, openCard } from "../card/card.js";
import { view } from "../view/state.js";
import { reveal } from "./extent.js";
import { markPoint } from "./points.js";
import { select } from "./regions.js";
import { markFeature, placeOf } from "./vectors.js";

let tellSelection = null;

/** Let another map hear of a selection made here, in place of opening a card here. */
export function onSelect(tell) {
  tellSelection = tell;
}

/** Follow a change of the view's selection. */
export function followSelection(data, before) {
  if (before && before.sel === view.sel) return;
  select(view.sel);
  markPoint(view.sel);
  markFeature(view.sel);
  if (tellSelection && before) tellSelection(view.sel);
  else if (view.sel) openCard(view.sel).then(() => revealed(data, view.sel));
  else closeCard();
}

function revealed(data, id) {
  const found = data.areas.find((area) => area.adcode === id) || data.points.find((point) => point.id === id);
  const at = found ? found.area_at || found.at : placeOf(id);
  if (at) reveal(at);
}
