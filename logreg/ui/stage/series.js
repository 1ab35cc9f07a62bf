// What a curve shows of a run, where a step stands on its axis, and which labels have room there: pure functions.

import { GUTTER } from "./state.js";

/** @typedef {import("./contract.js").Axis} Axis */
/** @typedef {import("./contract.js").Layout} Layout */
/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {{steps: ArrayLike<number>, values: ArrayLike<number>}} Line */
/** @typedef {Line & {run: Run}} Series what a curve shows of a run */

/** @type {{[quantity: string]: string}} */
export const NAMES = { loss: "Loss", weight_norm: "‖w‖", parameter_norm: "‖(w, b)‖" };

/**
 * Return labels from left to right, blank where there is no room: as many as can stand, evenly, from the second on. The
 * first always stands, and a second that would lie on it does not.
 * @param {string[]} labels @param {number[]} places their middles @param {number[]} widths
 */
export function withoutCrowd(labels, places, widths) {
  /** @param {number} a @param {number} b */
  const meet = (a, b) => places[b] - places[a] < (widths[a] + widths[b]) / 2;
  const [from, ...others] = labels.keys();
  for (let stride = 1; stride <= others.length; stride += 1) {
    const even = others.filter((_, at) => at % stride === 0);
    const kept = [from, ...(meet(from, even[0]) ? even.slice(1) : even)];
    if (kept.every((at, i) => i === 0 || !meet(kept[i - 1], at))) return labels.map((text, at) => (kept.includes(at) ? text : ""));
  }
  return labels.map((text, at) => (at === from ? text : ""));
}

/**
 * Return whether a trace gives the end of a run away: what it tends to, and what theory says of it.
 * @param {Trace} trace
 */
export function isAnswer(trace) {
  const { meta } = trace;
  return meta?.role === "optimum" || Boolean(meta?.part.startsWith("theory of"));
}

/**
 * Return steps and values of one run, or null where it has none: no such run, or one that is hidden.
 * @param {Run|undefined} run @param {Trace[]} data @param {Layout} layout @param {string} part
 * @returns {Series|null}
 */
export function seriesOf(run, data, layout, part) {
  const trace = data.find(({ meta }) => meta && meta.role === "curve" && meta.part === part);
  if (!run || !trace || isBlank(trace)) return null;
  if (layout.meta.quantity in NAMES) return { run, steps: run.steps, values: valuesOf(run, layout.meta.quantity) };
  const places = /** @type {(number|null)[]} */ (trace.x);
  const values = /** @type {(number|null)[]} */ (trace.y);
  return {
    run,
    steps: places.map((place) => (place === null || place < 1 ? 0 : place)),
    values: values.map((value) => value ?? NaN),
  };
}

/**
 * Return the values of a known quantity at every record: the loss came from Python, lengths follow from w and b.
 * @param {Run} run @param {string} quantity
 */
function valuesOf(run, quantity) {
  if (quantity === "loss") return run.loss;
  const withBias = quantity === "parameter_norm";
  return run.bias.map((b, i) => Math.hypot(run.w1[i], run.w2[i], withBias ? b : 0));
}

/** @param {Trace} trace */
export function isBlank(trace) {
  return Boolean(trace.y) && trace.y.length === 0;
}

/** @param {Run} run */
export function pathOf(run) {
  return { x: Array.from(run.w1), y: Array.from(run.w2) };
}

/**
 * Return where a step stands on the axis.
 * @param {number} step @param {Axis} axis
 */
export function placeOf(step, axis) {
  return axis === "log" && step === 0 ? 10 ** GUTTER : step;
}

/**
 * A prediction came with its steps as places on either axis: only step 0 stands elsewhere; null is a gap.
 * @param {Axis} axis @param {(number|null)[]} places
 */
export function movedTo(axis, places) {
  return places.map((place) => place && placeOf(place < 1 ? 0 : place, axis));
}

/** @param {{[name: string]: any}} xaxis */
export function acrossAxis({ type, range }) {
  return type === "log" ? range.map((/** @type {number} */ power) => 10 ** power) : range.slice();
}
