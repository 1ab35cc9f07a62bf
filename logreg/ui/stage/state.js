// Pure functions on what the stage knows: nothing here touches the page.

/** @typedef {import("./contract.js").Axis} Axis */
/** @typedef {import("./contract.js").Edit} Edit */
/** @typedef {import("./contract.js").Payload} Payload */
/** @typedef {import("./contract.js").Points} Points */
/** @typedef {ArrayLike<number>} Steps rising, the first is 0 */

const DECADE_SECONDS = 1.5; // playing time of one decade of steps at speed 1
export const GUTTER = -0.5; // where step 0 stands on the log axis, as a power of ten (logreg/figures/steps.py)
export const MOST_POINTS = 2000; // that can be edited (messages.py)

/**
 * Read what Python sent: four bytes with the length of a JSON header, the header, then float64 numbers.
 * In the header, {"floats": [first, count]} stands for so many of these numbers.
 * @param {Uint8Array} bytes
 * @returns {Payload}
 */
export function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  // slice() copies, since a Float64Array must start at a multiple of eight bytes
  const numbers = new Float64Array(bytes.slice(4 + length).buffer);
  /** @param {string} _ @param {any} value */
  const fill = (_, value) => {
    if (!value || !Array.isArray(value.floats)) return value;
    const [first, count] = value.floats;
    return numbers.slice(first, first + count);
  };
  return JSON.parse(text, fill);
}

/**
 * Return the index of the last record at or before a step.
 * @param {Steps} steps
 * @param {number} step
 */
export function recordAt(steps, step) {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle] <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Return the steps that any of several rows has, rising, each once.
 * @param {Steps[]} rows
 * @returns {Steps}
 */
export function allSteps(rows) {
  if (rows.length < 2) return rows[0] || [0];
  return Float64Array.from(new Set(rows.flatMap((steps) => Array.from(steps)))).sort();
}

/**
 * Return where the transport's buttons lead from a step: always to a record.
 * @param {Steps} steps
 * @param {number} step
 */
export function neighbours(steps, step) {
  const here = recordAt(steps, step);
  const last = steps[steps.length - 1];
  /** @param {number} wanted */
  const atLeast = (wanted) => {
    const index = recordAt(steps, wanted);
    return steps[index] >= wanted ? steps[index] : steps[Math.min(index + 1, steps.length - 1)];
  };
  return {
    first: 0,
    back: steps[Math.max(here - 1, 0)],
    next: steps[Math.min(here + 1, steps.length - 1)],
    timesTen: Math.min(atLeast(Math.max(10 * step, 1)), last),
    tenth: step <= 1 ? 0 : steps[recordAt(steps, Math.floor(step / 10))],
    last,
  };
}

/**
 * Return where a step stands on the scrub bar: its logarithm, or itself.
 * @param {number} step
 * @param {Axis} axis
 */
export function positionOf(step, axis) {
  if (axis === "linear") return step;
  return step === 0 ? GUTTER : Math.log10(step);
}

/**
 * Return the record nearest to a place on the scrub bar.
 * @param {Steps} steps
 * @param {number} position
 * @param {Axis} axis
 */
export function stepNear(steps, position, axis) {
  const raw = axis === "linear" ? position : position < GUTTER / 2 ? 0 : 10 ** position;
  const below = steps[recordAt(steps, raw)];
  const above = steps[Math.min(recordAt(steps, raw) + 1, steps.length - 1)];
  /** @param {number} step */
  const away = (step) => Math.abs(positionOf(step, axis) - position);
  return away(above) < away(below) ? above : below;
}

/**
 * Return the step that the clock of a playing stage shows: the clock is the logarithm of the step.
 * @param {number} clock
 */
export function stepOfClock(clock) {
  // the small number makes up for the rounding of log10, so that a clock set from a step gives that step
  return clock < 0 ? 0 : Math.floor(10 ** clock * (1 + 1e-12));
}

/**
 * Return the clock of a step.
 * @param {number} step
 */
export function clockOf(step) {
  return positionOf(step, "log");
}

/**
 * Return the clock some milliseconds later.
 * @param {number} clock
 * @param {number} milliseconds
 * @param {number} speed
 */
export function advance(clock, milliseconds, speed) {
  return clock + (milliseconds / 1000) * (speed / DECADE_SECONDS);
}

/**
 * Return the points after an edit, as Python will return them (points.py, apply_edit).
 * Undo, redo and reset are known to Python only, and leave the points as they are until it answers.
 * @param {Points} points
 * @param {Edit} edit
 * @returns {Points}
 */
export function applyEdit(points, edit) {
  const X = Array.from(points.X);
  const y = Array.from(points.y);
  if (edit.op === "add") {
    X.push(edit.x, edit.y);
    y.push(edit.label);
  } else if (edit.op === "move") {
    X.splice(2 * edit.index, 2, edit.x, edit.y);
  } else if (edit.op === "flip") {
    y[edit.index] = 1 - y[edit.index];
  } else if (edit.op === "delete") {
    X.splice(2 * edit.index, 2);
    y.splice(edit.index, 1);
  }
  return { X: Float64Array.from(X), y: Float64Array.from(y) };
}
