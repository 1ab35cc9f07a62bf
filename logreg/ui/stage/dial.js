// The dial that a stage plays. A training's dial is its step: decades take equal time, and the axis may be logarithmic.
// Any other dial goes through its values, one after the other, and the stage stands at the number of a value.

import { formatNumber, formatStep } from "./numbers.js";
import { advance, allSteps, clockOf, GUTTER, neighbours, positionOf, recordAt, stepNear, stepOfClock } from "./state.js";

/** @typedef {import("./contract.js").Axis} Axis */
/** @typedef {import("./contract.js").Payload} Payload */
/** @typedef {import("./contract.js").Timeline} Timeline */
/** @typedef {ReturnType<typeof neighbours>} Neighbours where the transport's buttons lead */

const STEP = "step"; // the name of a training's dial (logreg/figures/timeline.py)
const WHOLE_DIAL_SECONDS = 6; // playing time of all values at speed 1
const LEAP = 10; // values that a leap goes through

/**
 * Return the dial of what Python sent: that of its timeline, or of its runs. A pinned run only stands behind.
 * @param {Payload} header
 * @returns {StepDial|ValueDial}
 */
export function dialOf({ runs, timeline, layout }) {
  if (timeline && timeline.name !== STEP) return new ValueDial(timeline);
  const played = layout === "explorer" ? runs.slice(0, 1) : runs;
  return new StepDial(allSteps([...played.map(({ steps }) => steps), ...(timeline ? [timeline.values] : [])]));
}

/** The step of one run or several. */
export class StepDial {
  title = "Step";
  leap = "×10";
  leapName = "Times ten";
  hasAxes = true;
  isSmooth = false; // what is shown is always a record

  /** @param {import("./state.js").Steps} records the steps that can be shown */
  constructor(records) {
    this.records = records;
    this.last = records[records.length - 1];
  }

  /** @param {number} step */
  written(step) {
    return `step ${formatStep(step)}`;
  }

  /** @param {number} step */
  announced(step) {
    return `step ${formatStep(step)} of ${formatStep(this.last)}`;
  }

  /** @param {number} step @returns {Neighbours} */
  neighbours(step) {
    return neighbours(this.records, step);
  }

  /** @param {number} step @param {Axis} axis */
  placeOf(step, axis) {
    return positionOf(step, axis);
  }

  /** @param {number} place @param {Axis} axis */
  near(place, axis) {
    return stepNear(this.records, place, axis);
  }

  /** @param {Axis} axis the ends of the scrub bar */
  ends(axis) {
    return axis === "log" ? [GUTTER, Math.max(positionOf(this.last, axis), 0)] : [0, Math.max(this.last, 1)];
  }

  /** @param {number} step */
  clockOf(step) {
    return clockOf(step);
  }

  /** @param {number} clock @param {number} milliseconds @param {number} speed */
  later(clock, milliseconds, speed) {
    return Math.min(advance(clock, milliseconds, speed), Math.max(clockOf(this.last), 0));
  }

  /**
   * Return the last record that the clock has reached.
   * @param {number} clock
   */
  shownAt(clock) {
    return this.records[recordAt(this.records, stepOfClock(clock))];
  }

  /** @param {number} clock @param {Axis} axis */
  thumbAt(clock, axis) {
    return axis === "log" ? clock : Math.min(10 ** clock, this.last);
  }
}

/** The values of a quantity; it is drawn between two of them while it plays. */
export class ValueDial {
  leap = `+${LEAP}`;
  leapName = `${LEAP} on`;
  hasAxes = false;
  isSmooth = true;

  /** @param {Timeline} timeline */
  constructor({ name, values }) {
    this.name = this.title = name;
    this.values = values;
    this.records = Array.from(values, (_, at) => at);
    this.last = values.length - 1;
  }

  /** @param {number} at */
  written(at) {
    return `${this.name} = ${formatNumber(this.values[at], 4)}`;
  }

  /** @param {number} at */
  announced(at) {
    return `${this.written(at)}, up to ${formatNumber(this.values[this.last], 4)}`;
  }

  /** @param {number} at @returns {Neighbours} */
  neighbours(at) {
    /** @param {number} wanted */
    const held = (wanted) => Math.min(Math.max(wanted, 0), this.last);
    const [back, next] = [held(at - 1), held(at + 1)];
    return { first: 0, back, next, timesTen: held(at + LEAP), tenth: held(at - LEAP), last: this.last };
  }

  /** @param {number} at */
  placeOf(at) {
    return at;
  }

  /** @param {number} place */
  near(place) {
    return Math.min(Math.max(Math.round(place), 0), this.last);
  }

  ends() {
    return [0, Math.max(this.last, 1)];
  }

  /** @param {number} at */
  clockOf(at) {
    return at;
  }

  /** @param {number} clock @param {number} milliseconds @param {number} speed */
  later(clock, milliseconds, speed) {
    return Math.min(clock + (milliseconds / 1000) * speed * (this.last / WHOLE_DIAL_SECONDS), this.last);
  }

  /** @param {number} clock */
  shownAt(clock) {
    return Math.floor(clock);
  }

  /** @param {number} clock */
  thumbAt(clock) {
    return clock;
  }
}
