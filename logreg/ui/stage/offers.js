// What of a stage can be taken along as a file: its figures, its numbers, the whole of it.

import { scriptOf } from "./script.js";
import { linkOfScreen } from "./share.js";
import { standalone } from "./standalone.js";
import { pointsTable, runTable, timelineTable } from "./tables.js";

/** @typedef {import("./share.js").Offer} Offer */
/** @typedef {import("./stage.js").Stage} Stage */

/**
 * Return all that there is, as it is now.
 * @param {Stage} stage
 * @returns {Offer[]}
 */
export function offersOf(stage) {
  return [
    {
      ...{ group: "This scene", label: "One HTML file", file: fileName(`${document.title} ${whereOf(stage)}`, "html") },
      make: () => standalone(stage),
    },
    ...scripts(stage),
    ...tables(stage),
  ];
}

/**
 * Return in words where a stage stands.
 * @param {Stage} stage
 */
function whereOf({ dial, step }) {
  return dial.written(step);
}

/**
 * Return the runs that are played and not hidden for a question.
 * @param {Stage} stage
 */
function runsOf({ runs, isPair, header: { hidden } }) {
  return runs.filter((_, index) => index !== hidden && (index === 0 || isPair));
}

/** @param {Stage} stage @returns {Offer[]} */
function scripts(stage) {
  const runs = runsOf(stage);
  if (!runs.length) return [];
  const text = () => scriptOf(runs, stage.step, linkOfScreen());
  const file = fileName(`${document.title} ${whereOf(stage)}`, "py");
  return [{ group: "This scene", label: "Python script", file, make: () => new Blob([text()], { type: "text/x-python" }) }];
}

/** @param {Stage} stage @returns {Offer[]} */
function tables(stage) {
  const runs = runsOf(stage);
  const { timeline } = stage;
  const named = runs.map((run) => ({ run, of: runs.length > 1 ? ` of ${run.name}` : "" }));
  const { sent } = timeline || {};
  return [
    ...named.flatMap(({ run: { points }, of }) =>
      points ? [csv(`Points${of}`, `points${of}`, () => pointsTable(points))] : [],
    ),
    ...named.map(({ run, of }) => csv(`Run${of}`, `run${of}`, () => runTable(run))),
    ...(sent ? [csv(`All values of ${sent.name}`, `values of ${sent.name}`, () => timelineTable(sent))] : []),
  ];
}

/** @param {string} label @param {string} file @param {() => string} text @returns {Offer} */
function csv(label, file, text) {
  return {
    ...{ group: "Numbers (CSV)", label, file: fileName(file, "csv") },
    make: () => new Blob([text()], { type: "text/csv" }),
  };
}

/**
 * Return the name of a file, of letters that every system takes.
 * @param {string} words @param {string} ending
 */
export function fileName(words, ending) {
  const plain = words.replace(/(\d),(?=\d)/g, "$1").replace(/[^\p{L}\p{N}.=]+/gu, " ").trim();
  return `${plain.slice(0, 80).trim() || "stage"}.${ending}`;
}
