// A shape per kind of park or project, drawn as one stroke in a box of 16.
const SHAPES = {
  park: "M8 2.5 14 13.5H2Z",
  hydropower: "M8 2c2.6 3.4 4.2 5.6 4.2 7.8a4.2 4.2 0 0 1-8.4 0C3.8 7.6 5.4 5.4 8 2Z",
  wind_solar_base: "M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4M3.4 3.4l2.8 2.8M9.8 9.8l2.8 2.8M12.6 3.4 9.8 6.2M6.2 9.8l-2.8 2.8",
  hydrogen: "M4 3v10M12 3v10M4 8h8",
  storage: "M3 5h10v7H3ZM6 3h4v2H6Z",
  waste_to_energy: "M3 13V7l4 2V7l4 2V3h2v10Z",
  gas: "M8 2c1 3 4 4 4 7.5a4 4 0 0 1-8 0C4 7.5 6 7 8 2Z",
  heating: "M5 3c-2 3 2 4 0 8M8 3c-2 3 2 4 0 8M11 3c-2 3 2 4 0 8M3 13.5h10",
  circular_economy: "M8 3a5 5 0 1 1-4.6 3M3 3v3.2h3.2",
  coal_retrofit: "M3 13V6h4v7M9 13V3h3v10M2 13.5h12",
  rooftop_pv_pilot: "M2.5 8 8 3.5 13.5 8M4 8v5.5h8V8M6 10h4",
  water: "M2 6c2-2 4 2 6 0s4 2 6 0M2 10.5c2-2 4 2 6 0s4 2 6 0",
  logistics: "M2 4.5h7v6H2ZM9 6.5h3l2 2v2H9ZM4.5 12.5h.01M11.5 12.5h.01",
  other: "M8 3.5a4.5 4.5 0 1 0 .01 0Z",
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
