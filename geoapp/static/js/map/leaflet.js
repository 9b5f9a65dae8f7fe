// Leaflet and the map that Folium's script makes with it (geoapp/webmap.py), for every other module.
import * as L from "leaflet/dist/leaflet-src.esm.js";

// Folium's script knows Leaflet as a global; it stands in the page as a function, to be run when Leaflet is here.
window.L = L;
window.makeMap();

export const { map, layers } = window.geoapp;
export { L };
