// What a timeline has at a value of its dial (logreg/figures/timeline.py): numbers for traces, captions and titles.

import { formatNumber, formatStep } from "./numbers.js";
import { recordAt } from "./state.js";

/** @typedef {import("./contract.js").Binding} Binding */
/** @typedef {import("./contract.js").Timeline} Sent */

const DIGITS = 4;
/** A place in a text for a number of the dial's value, as {c} or {slope}. */
export const PLACE = /\{([\p{L}_][\p{L}\p{N}_]*)\}/gu;

export class Timeline {
  /** @param {Sent} sent */
  constructor(sent) {
    this.sent = sent;
    this.isSteps = sent.name === "step";
  }

  /**
   * Return the row of a place of the dial.
   * @param {number} at a step, or the number of a value
   */
  rowAt(at) {
    return this.isSteps ? recordAt(this.sent.values, at) : Math.min(at, this.sent.values.length - 1);
  }

  /** @param {string} name */
  column(name) {
    return name === this.sent.name ? this.sent.values : this.sent.columns[name];
  }

  /**
   * Return the numbers of a row, or between it and the next.
   * @param {string} name @param {number} row @param {number} share from 0, of the way to the next row
   * @returns {number[]}
   */
  numbers(name, row, share = 0) {
    const column = this.column(name);
    const width = column.length / this.sent.values.length;
    const now = Array.from(column.subarray(row * width, (row + 1) * width));
    if (!share || row + 1 >= this.sent.values.length) return now;
    const next = column.subarray((row + 1) * width, (row + 2) * width);
    return now.map((value, i) => value + share * (next[i] - value));
  }

  /**
   * Return what a text says of a row by this name, or null where there is nothing.
   * @param {string} name @param {number} row
   * @returns {string|null}
   */
  said(name, row) {
    if (name in this.sent.words) return this.sent.words[name][row];
    const column = this.column(name);
    if (!column) return null;
    const [value] = this.numbers(name, row);
    if (Number.isNaN(value)) return null;
    return this.isSteps && name === this.sent.name ? formatStep(value) : formatNumber(value, DIGITS);
  }

  /**
   * Return the x and y that a bound trace has at a row.
   * @param {Binding} binding @param {{x?: any, y?: any}} still what its figure came with
   * @param {number} row @param {number} share
   * @returns {{x?: ArrayLike<number>, y?: ArrayLike<number>}}
   */
  part(binding, still, row, share) {
    /** @type {{x?: ArrayLike<number>, y?: ArrayLike<number>}} */
    const part = {};
    for (const axis of /** @type {("x"|"y")[]} */ (["x", "y"])) {
      const name = binding[axis];
      if (!name) continue;
      part[axis] = binding.how === "at" ? this.numbers(name, row, share) : this.upTo(binding, name, row);
    }
    if (Boolean(binding.x) === Boolean(binding.y)) return part;
    const other = binding.x ? still.y : still.x;
    const moved = /** @type {"x"|"y"} */ (binding.x ? "x" : "y");
    const numbers = /** @type {number[]} */ (part[moved]);
    if (binding.how === "at" && numbers.length === 1) part[moved] = Array(other.length).fill(numbers[0]); // a line across
    return part;
  }

  /**
   * Return a column up to a row; whole, where it stands over the dial itself: the chart then uncovers it (growth.js).
   * @param {Binding} binding @param {string} name @param {number} row
   */
  upTo(binding, name, row) {
    const column = Array.from(this.column(name));
    return this.isUncovered(binding) ? column : column.slice(0, row + 1);
  }

  /** @param {Binding} binding */
  isUncovered({ how, x }) {
    const { name, values } = this.sent;
    return how === "along" && (!x || x === name) && values[0] <= values[values.length - 1];
  }
}
