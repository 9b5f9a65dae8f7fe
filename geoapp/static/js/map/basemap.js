// The optional background, fetched through our own server.
import { say } from "../page/messages.js";
import { texts } from "../page/texts.js";
import { view } from "../view/state.js";
import { layers, map } from "./leaflet.js";

/** Show or take away the background; when its tiles fail the map stays as it is and says so. */
export function syncBasemap() {
  const wanted = view.basemap === "tianditu";
  document.body.classList.toggle("tiles", wanted);
  if (wanted === map.hasLayer(layers.basemap)) return;
  if (!wanted) return void layers.basemap.remove();
  layers.basemap.off("tileerror").on("tileerror", () => {
    layers.basemap.remove();
    document.body.classList.remove("tiles");
    say(texts.basemapFailed);
  });
  layers.basemap.addTo(map);
}
