// What is drawn in a chart as marks that can be asked for: lines, dots, rings, hulls, areas. A trace says by role and
// part what it is; says.js has the sentence.

import { meaningOf } from "./meanings.js";

/** @typedef {import("./chart.js").Chart} Chart */
/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {[number, number]} Pixel of a chart, or [NaN, NaN] for a gap */

/**
 * Something in a chart that has an answer.
 * @typedef {object} Mark
 * @property {string} says
 * @property {Trace} look what it is drawn like, as Plotly has it
 * @property {Pixel[]} places
 * @property {boolean} isEverywhere whether it lies under all the rest: a field, a landscape
 */

const MOST = 2; // marks of one place that answer together: a ring and what it rings
const TOGETHER = 2; // pixels between the nearest mark and another that answers with it
const ROOM = 4; // pixels beyond the plot area in which a ring can still be seen
const FIELD = { fill: "field" };

/**
 * Return the marks that are on the screen now and have an answer; the first is the uppermost.
 * @param {Chart} chart
 * @returns {Mark[]}
 */
export function marksOf(chart) {
  if (!chart.isDrawn) return [];
  const { stage, plot } = chart;
  /** @param {string} name */
  const says = (name) => meaningOf(stage.header.about, "marks", name);
  /** @type {Trace[]} */
  const traces = plot._fullData;
  const found = traces.flatMap((look, at) => {
    const text = look.visible === true && look.mode !== "text" && look.meta && says(`${look.meta.role} ${look.meta.part}`);
    if (!text) return [];
    const isEverywhere = look.type !== "scatter";
    const places = isEverywhere ? [] : placesOf(chart, look, at);
    return isEverywhere || isSeen(chart, places) ? [{ says: text, look, places, isEverywhere }] : [];
  });
  const shapes = (plot._fullLayout.shapes || []).flatMap((/** @type {Trace} */ look) => {
    const text = look.name && says(`shape ${look.name}`);
    return text ? [{ says: text, look: { ...look, mode: "lines" }, places: endsOf(chart, look), isEverywhere: false }] : [];
  });
  return [...found.reverse(), ...shapes, ...field(chart, says)];
}

/**
 * Return the marks that a place of a chart is on, the nearest first.
 * @param {Chart} chart @param {Pixel} place @param {number} reach pixels
 */
export function marksAt(chart, [px, py], reach) {
  const marks = marksOf(chart);
  const near = marks
    .map((mark) => ({ mark, far: mark.isEverywhere ? Infinity : distance(mark, px, py, reach) }))
    .filter(({ far }) => far <= reach)
    .sort((a, b) => a.far - b.far);
  const first = near.filter(({ far }) => far <= near[0].far + TOGETHER).map(({ mark }) => mark);
  if (first.length || !isInside(chart, px, py, 0)) return unlike(first).slice(0, MOST);
  return unlike(marks.filter(({ isEverywhere }) => isEverywhere)).slice(0, 1);
}

/**
 * Return marks without those that say the same as an earlier one.
 * @template {{says: string}} M
 * @param {M[]} marks
 */
export function unlike(marks) {
  return marks.filter(({ says }, at) => marks.findIndex((other) => other.says === says) === at);
}

/**
 * The colours under a plane, where they say anything.
 * @param {Chart} chart @param {(name: string) => string} says
 * @returns {Mark[]}
 */
function field(chart, says) {
  if (chart.kind !== "plane" || chart.isHidden) return [];
  return [{ says: says("field probability"), look: FIELD, places: [], isEverywhere: true }];
}

/**
 * Return where the points of a trace are on the screen, as far as it has grown.
 * @param {Chart} chart @param {Trace} trace @param {number} at its number
 * @returns {Pixel[]}
 */
function placesOf(chart, trace, at) {
  const [x, y] = axesOf(chart, trace);
  const end = chart.uncoveredTo(at);
  return Array.from(trace.x || [], (value, i) => {
    const other = trace.y[i];
    if (value === null || other === null || value > end) return [NaN, NaN];
    return [x._offset + x.d2p(value), y._offset + y.d2p(other)];
  });
}

/** @param {Chart} chart @param {Trace} trace */
function axesOf({ plot }, { xaxis = "x", yaxis = "y" }) {
  return [xaxis, yaxis].map((name) => plot._fullLayout[`${name[0]}axis${name.slice(1)}`]);
}

/**
 * Return the ends of a line that belongs to the axes: from the bottom to the top, or between two places.
 * @param {Chart} chart @param {Trace} shape
 * @returns {Pixel[]}
 */
function endsOf(chart, shape) {
  const [x, y] = axesOf(chart, { xaxis: shape.xref, yaxis: shape.yref === "paper" ? "y" : shape.yref });
  /** @param {number} at */
  const up = (at) => y._offset + (shape.yref === "paper" ? y._length * (1 - at) : y.d2p(at));
  return [
    [x._offset + x.d2p(shape.x0), up(shape.y0)],
    [x._offset + x.d2p(shape.x1), up(shape.y1)],
  ];
}

/** @param {Chart} chart @param {Pixel[]} places */
function isSeen(chart, places) {
  return places.some(([px, py], i) => {
    if (isInside(chart, px, py, ROOM)) return true;
    const [qx, qy] = places[i + 1] || [NaN, NaN];
    return [0.25, 0.5, 0.75].some((t) => isInside(chart, px + t * (qx - px), py + t * (qy - py), ROOM));
  });
}

/** @param {Chart} chart @param {number} px @param {number} py @param {number} room */
function isInside({ plot }, px, py, room) {
  const { l, t, w, h } = plot._fullLayout._size;
  return px >= l - room && px <= l + w + room && py >= t - room && py <= t + h + room;
}

/** @param {Mark} mark @param {number} px @param {number} py @param {number} reach */
function distance({ look, places }, px, py, reach) {
  const { mode = "", fill = "none", line = {} } = look;
  const far = [Infinity];
  if (mode.includes("markers")) {
    places.forEach(([x, y], i) => far.push(Math.max(0, Math.hypot(px - x, py - y) - sizeOf(look, i) / 2)));
  }
  if (mode.includes("lines")) {
    for (let i = 1; i < places.length; i += 1) far.push(fromSegment(px, py, places[i - 1], places[i]) - line.width / 2);
  }
  if (fill === "toself" && isWithin(places, px, py)) far.push(reach); // a line in an area comes first
  // on a line is as near as on a dot: of those the uppermost comes first
  return Math.max(0, Math.min(...far.map((one) => (Number.isNaN(one) ? Infinity : one))));
}

/** @param {Trace} look @param {number} i */
function sizeOf({ marker }, i) {
  const size = marker?.size ?? 0;
  return typeof size === "number" ? size : size[i];
}

/**
 * @param {number} px @param {number} py @param {Pixel} from @param {Pixel} to
 */
function fromSegment(px, py, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(px - ax - share * dx, py - ay - share * dy);
}

/**
 * Return whether a place lies in an outline, counting how often a ray from it crosses.
 * @param {Pixel[]} outline @param {number} px @param {number} py
 */
function isWithin(outline, px, py) {
  let inside = false;
  outline.forEach(([ax, ay], i) => {
    const [bx, by] = outline[(i || outline.length) - 1];
    if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}
