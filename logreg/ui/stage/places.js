// Where the traces of a chart are: their x and y.

/** @typedef {import("./contract.js").Trace} Trace */

/** @type {null[]} an empty line; Plotly would leave out a trace without any entries for good */
const EMPTY = [null, null];
export const NOWHERE = { x: EMPTY, y: EMPTY };

/** @param {Trace} trace */
export function hasPlaces({ x }) {
  return !x || x.length > 0;
}

/**
 * Return whether a trace is where another is: the points of an edit are there already, and take longest.
 * @param {Trace} trace @param {Trace} other
 */
export function isAt(trace, other) {
  return isSame(trace.x, other.x) && isSame(trace.y, other.y);
}

/** @param {Trace["x"]} some @param {Trace["x"]} others */
function isSame(some = [], others = []) {
  return some.length === others.length && Array.from(some).every((value, i) => value === others[i]);
}

/** @param {Float64Array} X @param {number[]} members indices of points */
export function placesOf(X, members) {
  if (!members.length) return NOWHERE;
  return { x: members.map((index) => X[2 * index]), y: members.map((index) => X[2 * index + 1]) };
}

/**
 * Return the places at which points of both classes lie, each once: mostly none, and Plotly then has a trace less to draw.
 * @param {import("./contract.js").Points} points
 */
export function sharedPlaces({ X, y }) {
  /** @param {number} index */
  const place = (index) => `${X[2 * index]} ${X[2 * index + 1]}`;
  const indices = Array.from(y.keys());
  const zeros = new Set(indices.filter((index) => y[index] === 0).map(place));
  const ones = indices.filter((index) => y[index] === 1 && zeros.has(place(index)));
  const both = Array.from(new Map(ones.map((index) => [place(index), index])).values());
  return both.length ? placesOf(X, both) : { x: [], y: [] };
}
