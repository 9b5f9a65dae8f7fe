// The marks of published vector layers: a dot of its type's colour, a ring with the number of what is near each other.
import { el } from "../page/dom.js";

/** A dot in the colour of a type, `size` pixels across. */
export function dot(colour, size) {
  const made = el("i", "dot");
  made.style.width = `${size}px`;
  made.style.height = `${size}px`;
  made.style.background = colour;
  return made;
}

/** A ring whose parts are the shares of the types, with the number in it. */
export function ring(counts, colours, total) {
  const size = Math.round(22 + 6 * Math.log10(total));
  const made = el("button", "cluster");
  made.type = "button";
  made.style.width = `${size}px`;
  made.style.height = `${size}px`;
  made.style.background = shares(counts, colours, total);
  made.append(el("span", "", String(total)));
  return { made, size };
}

function shares(counts, colours, total) {
  let done = 0;
  const parts = [];
  for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    parts.push(`${colours[kind]} ${(done / total) * 360}deg ${((done + count) / total) * 360}deg`);
    done += count;
  }
  return `conic-gradient(${parts.join(", ")})`;
}
