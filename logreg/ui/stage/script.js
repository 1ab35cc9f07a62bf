// Python scripts that compute what is on the screen with `logreg` alone, every digit written: of a dial the numbers of
// the caption at its value; of runs those of the step shown.

import { exact, featuresOf } from "./tables.js";
import { PLACE } from "./timeline.js";

/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./contract.js").Script} Script */

const RUN_IT = "(pip install logreg, or run it beside the repository)";

/**
 * Return the script of a dial.
 * @param {Script} script
 * @param {string} caption
 * @param {{name: string, value: number}} dial
 * @param {string} link where the screen is
 */
export function scriptOfDial({ imports, points, body }, caption, dial, link) {
  const said = caption.replace(/\[[^\]]*\]/g, "").split("\n").filter((line) => line.search(PLACE) >= 0);
  return [
    `# Computes what is on the screen with logreg ${RUN_IT}.\n# ${link}\n${imports}`,
    ...Object.entries(points).map(([name, of]) => `${name} = Dataset(\n${argumentsOf(of)})`),
    `${dial.name} = ${exact(dial.value)}  # the dial`,
    body,
    said.map((line) => `print(f${JSON.stringify(line)})\n`).join(""),
  ].join("\n\n");
}

/**
 * Return the script of runs.
 * @param {Run[]} runs with their points
 * @param {number} step
 * @param {string} link where the screen is
 */
export function scriptOf(runs, step, link) {
  return `# Trains what is on the screen with logreg ${RUN_IT}, and prints the
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
  return `
show(
    ${JSON.stringify(name)},
${argumentsOf(points)}    ${config},
)
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
