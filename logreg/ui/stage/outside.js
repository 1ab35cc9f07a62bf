// What lies outside a plane's window, said in it where it covers as few points as can be.

import { lineInWindow } from "./geometry.js";
import { formatCount } from "./numbers.js";

/** @typedef {import("./geometry.js").PlotArea} PlotArea */
/** @typedef {import("./plane.js").Model} Model */
/** @typedef {import("./plane.js").Plane} Plane */

const ROOM = 8; // pixels between the note and the edges, and between it and a point
const DOWN = [1, 0, ...Array.from({ length: 31 }, (_, i) => 1 - (i + 1) / 32)];
/** @type {[number, number][]} shares of the way across and down, the one that is liked best first */
const PLACES = [0.5, 0, 1].flatMap((x) => DOWN.map((y) => /** @type {[number, number]} */ ([x, y])));
/** @type {WeakMap<Plane, {made: string, X: Float64Array}>} what each note was placed for */
const PLACED = new WeakMap();

/** @param {Plane} plane @param {Model} model @param {PlotArea} area where it is drawn */
export function showOutside(plane, model, area) {
  const { note, points } = plane;
  const text = outside(plane, model);
  if (note.textContent !== text) note.textContent = text;
  note.hidden = !text;
  const made = [text, area.left, area.top, area.width, area.height, ...area.window].join(" ");
  const placed = PLACED.get(plane);
  if (!text || (placed?.made === made && placed.X === points.X)) return;
  PLACED.set(plane, { made, X: points.X });
  note.style.maxWidth = `${area.width}px`;
  const [left, top] = freePlace(note, area, points.X);
  note.style.translate = `${left}px ${top}px`;
}

/**
 * Return the left and top of a note where it covers as few points as can be.
 * @param {HTMLElement} note @param {PlotArea} area @param {Float64Array} X
 */
function freePlace({ offsetWidth: width, offsetHeight: height }, area, X) {
  const pixels = Array.from({ length: X.length / 2 }, (_, i) => area.toPixels(X[2 * i], X[2 * i + 1]));
  const across = Math.max(area.width - width - 2 * ROOM, 0);
  const down = Math.max(area.height - height - 2 * ROOM, 0);
  const inset = Math.min(ROOM, Math.max(area.width - width, 0) / 2);
  const tried = PLACES.map(([x, y]) => {
    const left = area.left + inset + x * across;
    const top = area.top + ROOM + y * down;
    /** @param {number[]} pixel */
    const isUnder = ([px, py]) =>
      px > left - ROOM && px < left + width + ROOM && py > top - ROOM && py < top + height + ROOM;
    return { left, top, covered: pixels.filter(isUnder).length };
  });
  const least = Math.min(...tried.map(({ covered }) => covered));
  const { left, top } = /** @type {{left: number, top: number}} */ (tried.find(({ covered }) => covered === least));
  return [left, top];
}

/** @param {Plane} plane @param {Model} model */
function outside({ window, points: { X, y } }, [w1, w2, b]) {
  const [xmin, xmax, ymin, ymax] = window;
  /** @param {number} x1 @param {number} x2 */
  const isOut = (x1, x2) => x1 < xmin || x1 > xmax || x2 < ymin || x2 > ymax;
  const count = Array.from(y.keys()).filter((i) => isOut(X[2 * i], X[2 * i + 1])).length;
  const points = count ? `${formatCount(count)} ${count === 1 ? "point" : "points"}` : "";
  const line = (w1 || w2) && !lineInWindow(w1, w2, b, window) ? "the line p = 1/2" : "";
  const what = [points, line].filter(Boolean).join(" and ");
  return what && `Outside this window: ${what}`;
}
