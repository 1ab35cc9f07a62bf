// The plane: points, the line p = 1/2, the proof, the probability field.

import { drawField, shadesOf } from "./field.js";
import { grown, lineInWindow, PlotArea } from "./geometry.js";
import { formatCount, formatNumber, formatStep } from "./numbers.js";
import { animate, isPair, NOWHERE, setTitle, sigmoid, traceOf } from "./plotting.js";
import { recordAt } from "./state.js";

const LABELS = [0, 1];

/** Return the figure of a plane at the stage's step, and note in `chart` what it is made of. */
export function planeFigure(stage, chart, viewOf) {
  const { data, layout } = stage.header.figures.plane[chart.index];
  const { scene } = stage.header;
  if (chart.scene !== scene) {
    chart.home = [...layout.xaxis.range, ...layout.yaxis.range]; // an edit does not move the window
    chart.scene = scene;
  }
  chart.data = data.map((trace) => {
    const { role, part } = trace.meta || {};
    if (role === "boundary") return { ...trace, ...boundaryLine(stage, chart, part), showlegend: true };
    if (role === "points") return { ...trace, ...pointsTrace(stage, chart, part) };
    return trace;
  });
  const pinned = traceOf(chart.data, "boundary", "pinned");
  if (pinned >= 0) chart.data[pinned].showlegend = Boolean(runOfPart(stage, chart, "pinned"));
  if (pinned >= 0 && stage.runs[1]) chart.data[pinned].name = stage.runs[1].name;
  chart.shades = shadesOf(layout.meta.field);
  const [x, y] = viewOf(stage, chart, chart.home.slice(0, 2), chart.home.slice(2));
  return {
    data: chart.data,
    layout: {
      ...layout,
      title: { ...layout.title, text: planeTitle(stage, chart) },
      uirevision: undefined,
      margin: { ...layout.margin, b: layout.margin.b + (layout.xaxis.title ? 4 : 0) }, // room for the index of x₁
      xaxis: { ...layout.xaxis, range: x },
      yaxis: { ...layout.yaxis, range: y },
    },
  };
}

/** Return the run whose boundary a trace of a plane shows, or null. */
function runOfPart(stage, chart, part) {
  if (part === "line") return stage.runs[chart.index];
  return !isPair(stage) && stage.runs.length > 1 ? stage.runs[1] : null;
}

/** Return w1, w2, b of a run at the stage's step. */
function modelOf(stage, run) {
  const i = recordAt(run.steps, stage.step);
  return [run.w1[i], run.w2[i], run.bias[i]];
}

// A run that is held back for a question shows neither its line nor its probabilities.
function isHeldBack(stage, chart) {
  return stage.header.hidden === chart.index;
}

function pointsTrace(stage, chart, part) {
  const { X, y } = stage.pointsOf(chart);
  const run = stage.runs[chart.index];
  const step = formatStep(run.steps[recordAt(run.steps, stage.step)]);
  const [w1, w2, b] = modelOf(stage, run);
  const members = [];
  y.forEach((label, index) => `class ${label}` === part && members.push(index));
  const said = (index) => {
    const [x1, x2] = [X[2 * index], X[2 * index + 1]];
    const where = `point ${index + 1}: (${formatNumber(x1)}, ${formatNumber(x2)})`;
    if (isHeldBack(stage, chart)) return `${where}<br>${part}`;
    return `${where}<br>${part}<br>p = ${formatNumber(sigmoid(w1 * x1 + w2 * x2 + b))} at step ${step}`;
  };
  const showlegend = !isPair(stage);
  if (!members.length) return { x: NOWHERE, y: NOWHERE, hovertext: ["", ""], showlegend };
  return {
    x: members.map((index) => X[2 * index]),
    y: members.map((index) => X[2 * index + 1]),
    hovertext: members.map(said),
    showlegend,
  };
}

function tracesOfPoints(chart) {
  return LABELS.map((label) => traceOf(chart.data, "points", `class ${label}`));
}

/** Let the points' labels on hovering say p at the step shown; only at rest, it takes a redraw. */
export function refreshPoints(stage, chart) {
  const parts = LABELS.map((label) => pointsTrace(stage, chart, `class ${label}`));
  const of = (name) => parts.map((part) => part[name]);
  const labels = { x: of("x"), y: of("y"), hovertext: of("hovertext") };
  stage.agenda.during(window.Plotly.restyle(chart.plot, labels, tracesOfPoints(chart)));
}

/** Draw the points as they are now, before Python knows of an edit: the cheap way, without a redraw. */
export function movePoints(stage, chart) {
  const { X, y } = stage.pointsOf(chart);
  const data = LABELS.map((label) => {
    const [xs, ys] = [[], []];
    y.forEach((value, i) => value === label && (xs.push(X[2 * i]), ys.push(X[2 * i + 1])));
    return xs.length ? { x: xs, y: ys } : { x: NOWHERE, y: NOWHERE };
  });
  return animate(chart, data, tracesOfPoints(chart));
}

function boundaryLine(stage, chart, part) {
  const run = runOfPart(stage, chart, part);
  if (!run || isHeldBack(stage, chart)) return { x: NOWHERE, y: NOWHERE };
  // drawn one window beyond each side, so that panning uncovers more of the line
  const ends = lineInWindow(...modelOf(stage, run), grown(windowOfChart(chart), 3));
  return ends ? { x: [ends[0], ends[2]], y: [ends[1], ends[3]] } : { x: NOWHERE, y: NOWHERE };
}

function windowOfChart(chart) {
  return chart.plot._fullLayout ? new PlotArea(chart.plot).window : chart.home;
}

/** Return the title of a plane: what Python called it, or the equation of its line. */
function planeTitle(stage, chart) {
  const given = stage.header.figures.plane[chart.index].layout.title.text;
  if (isPair(stage) && given) return given;
  const [w1, w2, b] = modelOf(stage, stage.runs[chart.index]);
  if (w1 === 0 && w2 === 0) return `w = 0: no boundary, p = ${formatNumber(sigmoid(b))} everywhere`;
  const signed = (value) => `${value < 0 ? "−" : "+"} ${formatNumber(Math.abs(value))}`;
  return `${formatNumber(w1)}·x₁ ${signed(w2)}·x₂${b ? ` ${signed(b)}` : ""} = 0`;
}

/** Draw what Plotly does not: the field, and the note of what is out of sight. */
export function drawUnder(stage, chart) {
  const model = isHeldBack(stage, chart) ? [0, 0, 0] : modelOf(stage, stage.runs[chart.index]);
  drawField(chart, model);
  const text = outOfSight(stage, chart, model);
  if (chart.note.textContent !== text) chart.note.textContent = text;
  chart.note.hidden = !text;
  stage.onView(chart);
}

function outOfSight(stage, chart, [w1, w2, b]) {
  const window = windowOfChart(chart);
  const [xmin, xmax, ymin, ymax] = window;
  const { X, y } = stage.pointsOf(chart);
  const isIn = (x1, x2) => x1 >= xmin && x1 <= xmax && x2 >= ymin && x2 <= ymax;
  const count = y.reduce((sum, _, i) => sum + !isIn(X[2 * i], X[2 * i + 1]), 0);
  const points = count && `${formatCount(count)} ${count === 1 ? "point" : "points"}`;
  const line = (w1 || w2) && !lineInWindow(w1, w2, b, window) && "the line p = 1/2";
  const what = [points, line].filter(Boolean).join(" and ");
  return what && `Outside this window: ${what}`;
}

/** Draw the plane's line and field: the step or the window changed. */
export function drawPlaneView(stage, chart) {
  if (!chart.plot._fullLayout) return;
  const parts = ["pinned", "line"].filter((part) => runOfPart(stage, chart, part));
  const traces = parts.map((part) => traceOf(chart.data, "boundary", part));
  animate(chart, parts.map((part) => boundaryLine(stage, chart, part)), traces);
  drawUnder(stage, chart);
}

/** Draw the stage's step. */
export function drawPlaneStep(stage, chart) {
  drawPlaneView(stage, chart);
  setTitle(chart, planeTitle(stage, chart));
}
