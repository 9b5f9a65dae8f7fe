// Leaflet and the map that Folium's script makes with it (geoapp/webmap.py), for every other module.
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { room } from "../page/room.js";

// Folium's script knows Leaflet as a global; it stands in the page as a function, to be run when Leaflet is here.
window.L = L;
// A map made without room has no centre and no zoom, and never finds them again.
await room(document.querySelector(".mapbox"));
window.makeMap();

export const { map, layers } = window.geoapp;
export { L };
