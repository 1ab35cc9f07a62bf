// The sentence under the charts. Python writes it once, with places for the numbers of the step:
//
//   "A, step {0.step}: ‖w‖ = {0.norm}[, +{0.gain} in the last decade]"
//
// {run.name}: step (of the stage), norm (‖w‖), size (‖(w, b)‖), gain (of norm, since a tenth of the step), growth (of size),
// loss, short (percent by which norm is below the run's target), shortfall (of size), reached, reached_size (nothing,
// where norm or size is the target to nine digits). A part in brackets is left out where one of its numbers does not
// exist.

import { formatNumber, formatPositive, formatShortfall, formatStep } from "./numbers.js";
import { recordAt } from "./state.js";

const DIGITS = 4;

/** Write the caption for the stage's step. */
export function showCaption(stage) {
  const { caption } = stage.header;
  const place = stage.root.querySelector(".caption");
  if (!caption) return;
  const text = written(stage, caption);
  if (place.textContent !== text) place.textContent = text;
}

function written(stage, template) {
  const fill = (part) => {
    let complete = true;
    const text = part.replace(/\{(\d)\.(\w+)\}/g, (_, index, name) => {
      const value = numberOf(stage, Number(index), name);
      if (value === null) complete = false;
      return value === null ? "–" : value;
    });
    return [text, complete];
  };
  const whole = template.replace(/\[([^\]]*)\]/g, (_, part) => {
    const [text, complete] = fill(part);
    return complete ? text : "";
  });
  return fill(whole)[0];
}

function numberOf(stage, index, name) {
  const run = stage.runs[index];
  if (!run) return null;
  const i = recordAt(run.steps, stage.step);
  const norm = (k) => Math.hypot(run.w1[k], run.w2[k]);
  const size = (k) => Math.hypot(run.w1[k], run.w2[k], run.bias[k]);
  const target = (stage.header.targets || [])[index] ?? null;
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

function gained(run, i, measure) {
  if (run.steps[i] < 10) return null;
  const wanted = run.steps[i] / 10;
  const before = recordAt(run.steps, wanted);
  const [low, high] = [run.steps[before], run.steps[before + 1]];
  const share = Math.log(wanted / low) / Math.log(high / low); // between records: linear in the logarithm of the step
  const then = measure(before) + (wanted > low ? share * (measure(before + 1) - measure(before)) : 0);
  return formatNumber(measure(i) - then, DIGITS);
}

// What a run and the optimum's own solver differ by from here on is rounding.
function isReached(value, target) {
  return target !== null && Math.abs(value - target) <= 1e-9 * target;
}

function shortOf(value, target) {
  if (target === null || !(target > 0) || value > target || isReached(value, target)) return null;
  return formatShortfall(value, target);
}
