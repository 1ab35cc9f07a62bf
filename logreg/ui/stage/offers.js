// What of a stage can be taken along as a file: its figures, its numbers, the whole of it.

import { nameOf } from "./aloud.js";
import { meaningOf } from "./meanings.js";
import { pictureOf, sceneOf } from "./pictures.js";
import { scriptOf, scriptOfCaption } from "./script.js";
import { linkOfScreen } from "./share.js";
import { standalone } from "./standalone.js";
import { chartTable, pointsTable, runTable, timelineTable } from "./tables.js";

/** @typedef {import("./share.js").Offer} Offer */
/** @typedef {import("./stage.js").Stage} Stage */

/**
 * Return all that there is, as it is now.
 * @param {Stage} stage
 * @returns {Offer[]}
 */
export function offersOf(stage) {
  return [...scenes(stage), ...drawn(stage), ...tables(stage)];
}

/** @param {Stage} stage @returns {Offer[]} */
function scenes(stage) {
  const name = `${document.title} ${stage.dial.written(stage.step)}`;
  /** @param {string} label @param {string} ending @param {Offer["make"]} make */
  const whole = (label, ending, make) => ({ group: "This scene", label, file: fileName(name, ending), make });
  const script = scriptOfScreen(stage);
  return [
    whole("One HTML file", "html", () => standalone(stage)),
    whole("Picture (PNG)", "png", () => sceneOf(stage)),
    ...(script ? [whole("Python script", "py", () => python(script(linkOfScreen())))] : []),
  ];
}

/** @param {string} text */
function python(text) {
  return new Blob([text], { type: "text/x-python" });
}

/**
 * Return what writes the script of the screen for its link; null where there is none.
 * @param {Pick<Stage, "header"|"timeline"|"step"|"runs"|"isPair"|"transport">} stage
 * @returns {((link: string) => string)|null}
 */
export function scriptOfScreen(stage) {
  const { header, timeline, step } = stage;
  if (header.script) {
    const { script, caption } = header;
    const dial = timeline && { name: timeline.sent.name, value: timeline.sent.values[timeline.rowAt(step)] };
    return (link) => scriptOfCaption(script, caption, dial, link);
  }
  const runs = runsOf(stage);
  return runs.length ? (link) => scriptOf(runs, step, link) : null;
}

/** @param {Stage} stage @returns {Offer[]} */
function drawn({ charts }) {
  const shown = charts.all.filter(({ isDrawn }) => isDrawn);
  return shown.flatMap((chart, index) => {
    const title = nameOf(chart);
    /** @param {string} ending @param {Offer["make"]} make */
    const as = (ending, make) => ({
      ...{ group: `${index + 1}. ${title}`, label: ending.toUpperCase(), file: fileName(title, ending), make },
    });
    const numbers = () => chartTable(chart.onPaper(), (mark) => nameOfMark(chart, mark));
    return [
      as("png", () => pictureOf(chart, "png")),
      as("svg", () => pictureOf(chart, "svg")),
      as("csv", () => asTable(numbers())),
    ];
  });
}

/**
 * Return what a mark is: the sentence that answers who asks for it, or its name where it has none.
 * @param {import("./chart.js").Chart} chart @param {import("./contract.js").Trace} mark
 */
function nameOfMark({ stage }, { name, meta }) {
  const { role = "", part = "" } = meta || {};
  return meaningOf(stage.header.about, "marks", `${role} ${part}`) || name || part;
}

/**
 * Return the runs that are played and not hidden for a question; none where nothing shown depends on the step.
 * @param {Pick<Stage, "header"|"runs"|"isPair"|"transport">} stage
 */
function runsOf({ runs, isPair, transport, header: { hidden } }) {
  if (transport.row.dataset.still === "true") return [];
  return runs.filter((_, index) => index !== hidden && (index === 0 || isPair));
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
    make: () => asTable(text()),
  };
}

/** @param {string} text */
function asTable(text) {
  return new Blob([text], { type: "text/csv" });
}

/**
 * Return the name of a file, of letters that every system takes.
 * @param {string} words @param {string} ending
 */
export function fileName(words, ending) {
  const plain = words.replace(/(\d),(?=\d)/g, "$1").replace(/−/g, "-").replace(/[^\p{L}\p{N}.=+·⁻-]+/gu, " ").trim();
  return `${plain.slice(0, 80).trim() || "stage"}.${ending}`;
}
