// The sentence under the charts, in large type, and below it lines of numbers in smaller type. Python writes them
// once, with places for the numbers of the step:
//
//   "A, step {0.step}: ‖w‖ = {0.norm}[, +{0.gain} in the last decade]"
//
// {run.name}: step (of the stage), norm (‖w‖), size (‖(w, b)‖), gain (of norm, since a tenth of the step), growth (of size),
// loss, short (percent by which norm is below the run's target), shortfall (of size), reached, reached_size (nothing,
// where norm or size is the target to nine digits). {name} is a column of the timeline, or its dial. A part in brackets
// is left out where one of its numbers does not exist. "A question || its answer" is one or the other: the answer stands
// once the whole has been seen.

import { formatNumber, formatPositive, formatShortfall, formatStep } from "./numbers.js";
import { recordAt } from "./state.js";
import { PLACE as OF_TIMELINE } from "./timeline.js";

/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {(record: number) => number} Measure */

const DIGITS = 4;

/**
 * Write the caption for the stage's step.
 * @param {Stage} stage
 */
export function showCaption(stage) {
  const { caption } = stage.header;
  if (!caption) return;
  const [idea, ...numbers] = written(stage, caption).split("\n");
  const places = stage.captionPlace.children;
  for (const [at, text] of [idea, numbers.join("\n")].entries()) {
    if (places[at].textContent !== text) places[at].textContent = text;
  }
}

/**
 * Return a caption with its questions, or with their answers.
 * @param {string} template @param {boolean} isRevealed
 */
export function sideOf(template, isRevealed) {
  return template.replace(/^(.*) \|\| (.*)$/gm, isRevealed ? "$2" : "$1");
}

/**
 * @param {Stage} stage
 * @param {string} template
 */
function written(stage, template) {
  /** @param {string} part */
  const numbersOf = (part) => [
    ...Array.from(part.matchAll(PLACE), ([, index, name]) => numberOf(stage, Number(index), name)),
    ...Array.from(part.matchAll(OF_TIMELINE), ([, name]) => stage.said(name)),
  ];
  /** @param {string} part */
  const fill = (part) =>
    stage.filled(part.replace(PLACE, (_, index, name) => numberOf(stage, Number(index), name) ?? "–"));
  const whole = sideOf(template, stage.isRevealed).replace(/\[([^\]]*)\]/g, (_, part) => (numbersOf(part).includes(null) ? "" : part));
  return fill(whole);
}

const PLACE = /\{(\d)\.(\w+)\}/g;

/**
 * Return a number of a run as text, or null where it does not exist.
 * @param {Stage} stage
 * @param {number} index of the run
 * @param {string} name
 * @returns {string|null}
 */
function numberOf(stage, index, name) {
  const run = stage.runs[index];
  if (!run) return null;
  const i = recordAt(run.steps, stage.step);
  /** @type {Measure} */
  const norm = (k) => Math.hypot(run.w1[k], run.w2[k]);
  /** @type {Measure} */
  const size = (k) => Math.hypot(run.w1[k], run.w2[k], run.bias[k]);
  const target = stage.header.targets[index] ?? null;
  /** @type {{[name: string]: () => string|null}} */
  const values = {
    step: () => formatStep(stage.step),
    norm: () => formatNumber(norm(i), DIGITS),
    size: () => formatNumber(size(i), DIGITS),
    gain: () => gained(run, i, norm),
    growth: () => gained(run, i, size),
    loss: () => formatPositive(run.loss[i], DIGITS),
    short: () => shortOf(norm(i), target),
    shortfall: () => shortOf(size(i), target),
    reached: () => (isReached(norm(i), target) ? "" : null),
    reached_size: () => (isReached(size(i), target) ? "" : null),
  };
  return name in values ? values[name]() : null;
}

/**
 * @param {Run} run
 * @param {number} i a record
 * @param {Measure} measure
 */
function gained(run, i, measure) {
  if (run.steps[i] < 10) return null;
  const wanted = run.steps[i] / 10;
  const before = recordAt(run.steps, wanted);
  const [low, high] = [run.steps[before], run.steps[before + 1]];
  const share = Math.log(wanted / low) / Math.log(high / low); // between records: linear in the logarithm of the step
  const then = measure(before) + (wanted > low ? share * (measure(before + 1) - measure(before)) : 0);
  return formatNumber(measure(i) - then, DIGITS);
}

/**
 * What a run and the optimum's own solver differ by from here on is rounding.
 * @param {number} value
 * @param {number|null} target
 */
function isReached(value, target) {
  return target !== null && Math.abs(value - target) <= 1e-9 * target;
}

/**
 * @param {number} value
 * @param {number|null} target
 */
function shortOf(value, target) {
  if (target === null || !(target > 0) || value > target || isReached(value, target)) return null;
  return formatShortfall(value, target);
}
