// SVG patterns: what is not a class of values is told apart by its drawing, also in grey print.
const NS = "http://www.w3.org/2000/svg";
const PAPER = { hatch: "#ffffff", dots: "#e7e2ee", rings: "#fbfbf8", lines: "#f3f4ee", dashes: "#f1efe9" };

/** Return the fill of an area: a colour, or a pattern made on first use. */
export function fill(area, symbols) {
  if (area.key === "zero") return url("rings", "");
  if (area.key === "worded" || area.key === "no_result") return url("lines", "");
  if (area.status === "own" && !symbols) return area.colour;
  if (area.status === "parent" && !symbols) return url("hatch", area.colour);
  if (area.status === "not_published") return url("dots", "");
  if (area.status === "none") return url("dashes", "");
  return "var(--none)";
}

/** Draw a legend's sample of a look; `size` is the radius of a circle, in pixels. */
export function sample(line, size = 0) {
  const svg = node("svg", { class: "swatch", "aria-hidden": "true" });
  if (line.look === "symbol") {
    const wide = Math.ceil(size * 2 + 3);
    Object.entries({ width: wide, height: wide, class: "swatch round" }).forEach((each) => svg.setAttribute(...each));
    svg.append(node("circle", { cx: wide / 2, cy: wide / 2, r: size, class: "amount" }));
    return svg;
  }
  const paint = { fill: line.colour, empty: "var(--none)" }[line.look] || url(line.look, line.look === "hatch" ? line.colour : "");
  svg.append(node("rect", { width: "100%", height: "100%", style: `fill:${paint}` }));
  return svg;
}

function url(look, colour) {
  const id = `pattern-${look}${colour.replace("#", "-")}`;
  if (!document.getElementById(id)) defs().append(make(id, look, colour));
  return `url(#${id})`;
}

function defs() {
  const found = document.getElementById("patterns");
  if (found) return found;
  const svg = node("svg", { class: "patterns", "aria-hidden": "true" });
  const made = node("defs", { id: "patterns" });
  svg.append(made);
  document.body.append(svg);
  return made;
}

function make(id, look, colour) {
  const made = node("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
  made.append(node("rect", { width: 8, height: 8, fill: PAPER[look] }));
  if (look === "hatch") {
    made.setAttribute("patternTransform", "rotate(45)");
    made.append(node("rect", { width: 2.4, height: 8, fill: hatchInk(colour) }));
  } else if (look === "dots") {
    made.append(node("circle", { cx: 4, cy: 4, r: 1.3, fill: "#6f5f8c" }));
  } else if (look === "rings") {
    made.append(node("circle", { cx: 4, cy: 4, r: 1.9, fill: "none", stroke: "#a9b7ae", "stroke-width": 0.8 }));
  } else if (look === "dashes") {
    made.append(node("rect", { width: 3.6, height: 1, x: 2.2, y: 3.5, fill: "#a79f8c" }));
  } else {
    made.append(node("rect", { width: 8, height: 1, y: 3, fill: "#98a38f" }));
  }
  return made;
}

/** Return the colour of the lines that hatch a class: light ones darker, so that they are seen on white. */
export function hatchInk(colour) {
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);
  const power = 1 + 5 * (0.299 * red + 0.587 * green + 0.114 * blue) ** 6;
  return `#${[red, green, blue].map((each) => Math.floor(255 * each ** power + 0.5).toString(16).padStart(2, "0")).join("")}`;
}

function node(name, given) {
  const made = document.createElementNS(NS, name);
  for (const [key, text] of Object.entries(given)) made.setAttribute(key, text);
  return made;
}
