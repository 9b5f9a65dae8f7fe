// The bare map: in somebody else's page, or beside another map of the explorer.
import { bindCard } from "./card/card.js";
import { map } from "./map/leaflet.js";
import { mark } from "./map/regions.js";
import { onSelect } from "./map/selection.js";
import { begin } from "./view/begin.js";
import { bindHostPage } from "./view/host_page.js";
import { change } from "./view/state.js";

bindCard();
bindHostPage();
await begin();
// For the map beside this one (compare/compare.js); the same host only.
window.atlas = { map, change, mark, onSelect };
dispatchEvent(new Event("atlas:ready"));
