// Python scripts that compute what is on the screen with `logreg` alone, every digit written: the numbers of the
// caption, at the value of a dial; of runs those of the step shown.

import { sideOf } from "./caption.js";
import { recordAt } from "./state.js";
import { exact, featuresOf } from "./tables.js";
import { PLACE } from "./timeline.js";

/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./contract.js").Script} Script */

const RUN_IT = "(pip install . in its repository, or run this there; another package has its name on PyPI)";

/**
 * Return the script of a caption.
 * @param {Script} script
 * @param {string} caption
 * @param {{name: string, value: number}|null} dial null where nothing moves
 * @param {string} link where the screen is
 */
export function scriptOfCaption({ imports, points, body }, caption, dial, link) {
  const plain = sideOf(caption, false).replace(/\[[^\]]*\]/g, ""); // the side before an answer has the step's numbers
  const said = plain.split("\n").filter((line) => line.search(PLACE) >= 0);
  const parts = [
    `# Computes what is on the screen with logreg ${RUN_IT}.\n# ${link}\n${imports}`,
    ...Object.entries(points).map(([name, of]) => `${name} = ${of.kind}(\n${argumentsOf(of)})`),
    ...(dial ? [`${dial.name} = ${exact(dial.value)}  # the dial`] : []),
    body,
    said.map((line) => `print(f${JSON.stringify(line)})`).join("\n"),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/**
 * Return the script of runs.
 * @param {Run[]} runs with their points
 * @param {number} step
 * @param {string} link where the screen is
 */
export function scriptOf(runs, step, link) {
  const flows = runs.some((run) => flowAt(run, step));
  return `# Trains what is on the screen with logreg ${RUN_IT}, and prints the
# numbers of the step shown: the same as on the screen.${flows ? " Its gradient flow needs SciPy, too." : ""}
# ${link}
${flows ? FLOW : TRAINING}
STEP = ${exact(flows ? step : Math.floor(step))}  # of a run that ends before it: the last


${flows ? SHOW_FLOW : SHOW}
${runs.map((run) => callFor(run, step)).join("")}`;
}

const TRAINING = "from logreg import Dataset, Objective, TrainingConfig, train\n";
const FLOW = `import numpy as np
from logreg import Dataset, Objective, TrainingConfig, continue_run, train
`;
const PRINT = 'print(f"{name}: step {steps[i]}, ‖w‖ = {norm}, w = {w}, b = {b}, loss = {loss}")\n';
const SHOW = `def show(name, X, y, config):
    run = train(Dataset(X, y), config)
    i, steps = run.index_at(min(STEP, run.last_step)), run.steps
    w, b, norm, loss = run.weights[i].tolist(), float(run.bias[i]), float(run.weight_norm[i]), float(run.loss[i])
    ${PRINT}`;
const SHOW_FLOW = `def show(name, X, y, config, until=None):
    found = run = train(Dataset(X, y), config)
    steps = run.steps
    if until is not None:  # gradient flow goes on from the last step, at times η · step
        found = continue_run(run, until)
        steps = found.times / run.learning_rate
    i = np.searchsorted(steps, STEP * (1 + 1e-12), side="right") - 1
    w, b, norm, loss = found.weights[i].tolist(), float(found.bias[i]), float(found.weight_norm[i]), float(found.loss[i])
    ${PRINT}`;

/**
 * Return the gradient flow of which a run shows a record, or null.
 * @param {Run} run @param {number} step
 */
function flowAt({ steps, flow }, step) {
  return flow && recordAt(steps, step) >= flow.first ? flow : null;
}

/** @param {Run} run @param {number} step */
function callFor(run, step) {
  const { name, points, config } = run;
  if (!points) throw new Error(`There are no points of ${name}`);
  const flow = flowAt(run, step);
  return `
show(
    ${JSON.stringify(name || "the run")},
${argumentsOf(points)}    ${config},
${flow ? `    until=${exact(flow.until)},\n` : ""})
`;
}

/**
 * Return rows and labels, as a call takes them.
 * @param {Points} points
 */
function argumentsOf(points) {
  const d = featuresOf(points);
  const rows = Array.from(points.y, (_, i) => Array.from(points.X.subarray(d * i, d * (i + 1)), exact).join(", "));
  return `    [
${rows.map((row) => `        [${row}],\n`).join("")}    ],
    [${Array.from(points.y, exact).join(", ")}],
`;
}
