// A Python script that trains the runs of the screen with `logreg` alone, and prints the numbers of the step shown.

import { exact, featuresOf } from "./tables.js";

/** @typedef {import("./contract.js").Run} Run */

/**
 * Return the script.
 * @param {Run[]} runs with their points
 * @param {number} step
 * @param {string} link where the screen is
 */
export function scriptOf(runs, step, link) {
  return `# Trains what is on the screen with logreg (pip install logreg, or run it beside the repository), and prints the
${whatItPrints(runs, step)}
# ${link}
from logreg import Dataset, Objective, TrainingConfig, train

STEP = ${exact(Math.floor(step))}  # of a run that ends before it: the last


def show(name, X, y, config):
    run = train(Dataset(X, y), config)
    i = run.index_at(min(STEP, run.last_step))
    w, b, loss = run.weights[i].tolist(), float(run.bias[i]), float(run.loss[i])
    print(f"{name}: step {run.steps[i]}, w = {w}, b = {b}, loss = {loss}")

${runs.map(callFor).join("")}`;
}

/** @param {Run[]} runs @param {number} step */
function whatItPrints(runs, step) {
  const last = Math.max(...runs.map(({ config }) => Number(/n_steps=(\d+)/.exec(config)?.[1])));
  if (!(step > last)) return "# numbers of the step shown: the same as on the screen.";
  return `# numbers of the last step of training. At step ${exact(Math.floor(step))} the screen shows gradient flow,
# which goes on from there: logreg.continue_run, with SciPy.`;
}

/** @param {Run} run */
function callFor({ name, points, config }) {
  if (!points) throw new Error(`There are no points of ${name}`);
  const d = featuresOf(points);
  const rows = Array.from(points.y, (_, i) => Array.from(points.X.subarray(d * i, d * (i + 1)), exact).join(", "));
  return `
show(
    ${JSON.stringify(name)},
    [
${rows.map((row) => `        [${row}],\n`).join("")}    ],
    [${Array.from(points.y, exact).join(", ")}],
    ${config},
)
`;
}
