// What lies outside a plane's window, said over its lower edge.

import { lineInWindow } from "./geometry.js";
import { formatCount } from "./numbers.js";

/** @typedef {import("./geometry.js").PlotArea} PlotArea */
/** @typedef {import("./plane.js").Model} Model */
/** @typedef {import("./plane.js").Plane} Plane */

const ABOVE = 8; // pixels above the axis

/** @param {Plane} plane @param {Model} model @param {PlotArea} area where it is drawn */
export function showOutside(plane, model, area) {
  const { note } = plane;
  const text = outside(plane, model);
  if (note.textContent !== text) note.textContent = text;
  note.hidden = !text;
  const middle = area.left + area.width / 2;
  note.style.translate = `calc(${middle}px - 50%) calc(${area.top + area.height - ABOVE}px - 100%)`;
  note.style.maxWidth = `${area.width}px`;
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
