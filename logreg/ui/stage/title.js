// The title of a chart: a text with parts in bold or in a colour, in Plotly's few tags.

const SVG = "http://www.w3.org/2000/svg";
const TAG = /(<[^>]*>)/;

/**
 * Write a title as Plotly writes it, into the place where Plotly has written one.
 * @param {Element} place
 * @param {string} text with <b> and <span>, which may have style="color:…"
 */
export function writeTitle(place, text) {
  if (place.getAttribute("data-unformatted") === text) return; // Plotly's own note of what is written there
  place.setAttribute("data-unformatted", text);
  /** @type {string[]} */
  const open = [];
  place.replaceChildren();
  for (const part of text.split(TAG)) {
    if (part.startsWith("</")) open.pop();
    else if (part.startsWith("<")) open.push(part);
    else if (part) place.append(written(part, open));
  }
}

/**
 * Make a title smaller where it is longer than the room there is: by the style sheet, whose size Plotly cannot change.
 * @param {SVGTextContentElement} place
 * @param {HTMLElement} box of its chart
 * @param {number} size of its letters, in pixels
 * @param {number} room
 */
export function fitTitle(place, box, size, room) {
  /** @param {number} pixels */
  const write = (pixels) => box.style.setProperty("--title", `${pixels}px`);
  write(size);
  if ((place.textContent || "").length * size < room) return; // no letter is wider than high; to measure costs more
  let length = place.getComputedTextLength();
  while (length > room && size > 1) {
    size = Math.min(size - 1, Math.floor((size * room) / length)); // letters may be as wide as those of the next size
    write(size);
    length = place.getComputedTextLength();
  }
}

/** @param {string} text @param {string[]} tags that are open around it */
function written(text, tags) {
  const piece = document.createElementNS(SVG, "tspan");
  piece.textContent = text;
  for (const tag of tags) {
    const colour = /color:\s*([^;"']+)/.exec(tag);
    if (colour) piece.style.fill = colour[1];
    if (/^<b\b/.test(tag)) piece.style.fontWeight = "bold";
  }
  return piece;
}

/**
 * Return a title without its tags.
 * @param {string} text
 */
export function plainTitle(text) {
  return (text || "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
}
