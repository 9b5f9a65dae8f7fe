// A shape per kind of park or project, drawn as one stroke in a box of 16.
const SHAPES = {
  park: "M8 2.5 14 13.5H2Z",
  hydropower: "M3 2.5h4l5 11H3ZM9.8 6c1.2-1.2 2.2.8 3.7-.4M11.2 9.2c1-1 1.6.5 2.3 0",
  wind_solar_base: "M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4M3.4 3.4l2.8 2.8M9.8 9.8l2.8 2.8M12.6 3.4 9.8 6.2M6.2 9.8l-2.8 2.8",
  hydrogen: "M4 3v10M12 3v10M4 8h8",
  storage: "M3 5h10v7H3ZM6 3h4v2H6Z",
  waste_to_energy: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.9 9h6.2l.9-9",
  gas: "M8.4 1.8c.4 2.8 3.8 4.2 3.8 7.8a4.2 4.2 0 0 1-8.4 0c0-1.7.9-2.9 1.9-3.8.1 1.3.6 1.9 1.2 2.2C6.6 6 6.9 3.6 8.4 1.8Z",
  heating: "M6.4 8.8V3.6a1.6 1.6 0 0 1 3.2 0V8.8a2.9 2.9 0 1 1-3.2 0ZM12.5 3.5h1.5M12.5 6.5h1.5",
  circular_economy: "M3 6.4A5.2 5.2 0 0 1 12.7 5.6M13 2.4v3.4H9.6M13 9.6A5.2 5.2 0 0 1 3.3 10.4M3 13.6v-3.4h3.4",
  coal_power: "M3 13.5V8h10v5.5ZM5 8V3.5h2.5V8M10 5.5c.6-1.6 2.2-.2 3-2",
  coal_retrofit: "M2.5 13.5V7.5h5v6ZM11.3 13.5v-10M8.6 6.2l2.7-2.7L14 6.2",
  rooftop_pv_pilot: "M2.5 8 8 3.5 13.5 8M4 8v5.5h8V8M6 10h4",
  agri_pv: "M2.5 3h8l2 4.5H4.5ZM8.5 7.5v6M8.5 12c2.4 0 4-1 4-3M5 13.5h7.5",
  smart_energy: "M9.5 1.5 4 9h4l-1.5 5.5L12 7H8Z",
  building: "M4 13.5V2.5h8v11M2.5 13.5h11M6.6 5.5h.01M9.4 5.5h.01M6.6 8.5h.01M9.4 8.5h.01",
  energy_efficiency: "M2.5 11.5a5.5 5.5 0 0 1 11 0ZM8 11.5l2.6-3.2",
  water: "M2 6c2-2 4 2 6 0s4 2 6 0M2 10.5c2-2 4 2 6 0s4 2 6 0",
  waste_treatment: "M2.5 3h11L9.5 8.5v3.6l-3 1.9V8.5Z",
  pollution_control: "M4.5 10h7a2.3 2.3 0 0 0 .3-4.6 4 4 0 0 0-7.5.2A2.3 2.3 0 0 0 4.5 10ZM5 13h6",
  transport: "M8 2.5a5.5 5.5 0 1 0 .01 0ZM8 2.5v11M2.5 8h11",
  logistics: "M2 4.5h7v6H2ZM9 6.5h3l2 2v2H9ZM4.5 12.5h.01M11.5 12.5h.01",
  other: "M5 5h6v6H5Z",
};
const NS = "http://www.w3.org/2000/svg";

/** An SVG glyph for a project type or a park. */
export function glyph(kind) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", SHAPES[kind] || SHAPES.other);
  svg.append(path);
  return svg;
}
