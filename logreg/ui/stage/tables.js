// Points, runs, timelines and charts as CSV, every digit written: what reads it back gets the same float64 numbers.

import { plainTitle } from "./title.js";

/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./contract.js").Timeline} Timeline */
/** @typedef {import("./contract.js").Trace} Trace */

const SCALE = / \((log scale|linear)\)/; // what an axis says of its looks

/**
 * Return a number as the shortest decimals that give it back; nothing where there is none.
 * @param {number} value
 */
export function exact(value) {
  if (Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/**
 * Return how many features points have.
 * @param {Points} points
 */
export function featuresOf({ X, y }) {
  return y.length ? X.length / y.length : 0;
}

/**
 * Return points as this app's own uploader reads them (logreg/data/csv_files.py, to_csv).
 * @param {Points} points
 */
export function pointsTable(points) {
  const d = featuresOf(points);
  const names = Array.from({ length: d }, (_, k) => `x${k + 1}`);
  const rows = Array.from(points.y, (label, i) => [...points.X.subarray(d * i, d * (i + 1)), label]);
  return table([...names, "y"], rows);
}

/**
 * Return a run with a line for each record; w2 where there are two features.
 * @param {Run} run
 */
export function runTable({ steps, w1, w2, bias, loss, points }) {
  const isLine = points !== null && featuresOf(points) === 1;
  const columns = isLine ? [steps, w1, bias, loss] : [steps, w1, w2, bias, loss];
  const names = isLine ? ["step", "w1", "b", "loss"] : ["step", "w1", "w2", "b", "loss"];
  return table(names, Array.from(steps, (_, i) => columns.map((column) => column[i])));
}

/**
 * Return a timeline with a line for each value of its dial; a column that is a curve has its places numbered.
 * @param {Timeline} timeline
 */
export function timelineTable({ name, values, columns }) {
  const names = [name];
  const parts = [Array.from(values, (value) => [value])];
  for (const [key, column] of Object.entries(columns)) {
    const width = column.length / values.length;
    names.push(...(width === 1 ? [key] : Array.from({ length: width }, (_, k) => `${key}_${k + 1}`)));
    parts.push(Array.from(values, (_, i) => Array.from(column.subarray(width * i, width * (i + 1)))));
  }
  return table(names, Array.from(values, (_, i) => parts.flatMap((part) => part[i])));
}

/**
 * Return what a chart shows, a line for each place of a mark: what the mark is, and where. A line that has a gap has an
 * empty place there.
 * @param {{data: Trace[], layout: Trace}} figure as far as it is shown
 * @param {(trace: Trace) => string} nameOf what a mark is
 */
export function chartTable({ data, layout }, nameOf) {
  const marks = data.filter(({ type = "scatter", mode, x, y }) => type === "scatter" && mode !== "text" && x && y);
  const rows = marks.flatMap((mark) => {
    const name = nameOf(mark);
    return Array.from(mark.x, (x, i) => [name, x ?? NaN, mark.y[i] ?? NaN]);
  });
  const titles = [layout.xaxis, layout.yaxis].map((axis) => plainTitle(axis.title?.text).replace(SCALE, ""));
  return table(["mark", titles[0] || "x", titles[1] || "y"], rows);
}

/** @param {string[]} names @param {(number|string)[][]} rows */
function table(names, rows) {
  return [names, ...rows].map((row) => `${row.map(written).join(",")}\n`).join("");
}

/** @param {number|string} cell */
function written(cell) {
  return typeof cell === "string" ? quoted(cell) : exact(cell);
}

/** @param {string} name */
function quoted(name) {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
