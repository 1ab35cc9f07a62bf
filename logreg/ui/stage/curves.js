// The curves: a quantity over the steps of one run or two, and pictures of weight space with a dot where a run is.
//
// What a figure's layout.meta.quantity names as loss or a norm follows from the runs' numbers and is filled in here;
// any other quantity came with its values. A figure without a quantity is a picture; only its dots move.

import { formatNumber, formatPositive, formatStep } from "./numbers.js";
import { animate, isPair, NOWHERE, setTitle } from "./plotting.js";
import { GUTTER, recordAt } from "./state.js";

const NAMES = { loss: "Loss", weight_norm: "‖w‖", parameter_norm: "‖(w, b)‖" };
const PARTS = ["run", "pinned"]; // of a curve, by run

function written(quantity, value) {
  return quantity === "loss" ? formatPositive(value) : formatNumber(value);
}

/** Return the values of a known quantity at every record: the loss came from Python, lengths follow from w and b. */
export function valuesOf(run, quantity) {
  if (quantity === "loss") return run.loss;
  const withBias = quantity === "parameter_norm";
  return run.bias.map((b, i) => Math.hypot(run.w1[i], run.w2[i], withBias ? b : 0));
}

/** Return where a step stands on the chart's axis. */
function placeOf(step, axis) {
  return axis === "log" && step === 0 ? 10 ** GUTTER : step;
}

/** Return the figure of a curve at the stage's step, and note in `chart` what it is made of. */
export function curveFigure(stage, chart, viewOf) {
  const { data, layout } = stage.header.figures.curves[chart.index];
  chart.quantity = layout.meta.quantity;
  chart.log = layout.yaxis.type === "log";
  chart.series = chart.quantity ? PARTS.map((part, index) => seriesOf(stage, data, layout, part, index)) : [];
  const steps = layout.meta[stage.axis]; // the step axis in the form asked for; a picture has none
  const xaxis = steps ? steps.xaxis : layout.xaxis;
  chart.data = data.map((trace) => filled(stage, chart, trace, xaxis));
  const [x, y] = viewOf(stage, chart, xaxis.range.slice(), layout.yaxis.range.slice());
  const axes = { xaxis: { ...xaxis, range: x }, yaxis: { ...layout.yaxis, range: y } };
  const shapes = steps ? [...steps.shapes, ...(layout.shapes || [])] : layout.shapes;
  const title = { ...layout.title, text: curveTitle(stage, chart) };
  const annotations = [...(layout.annotations || []), ...((steps && steps.annotations) || [])];
  return { data: chart.data, layout: { ...layout, ...axes, title, shapes, annotations, uirevision: undefined } };
}

// Steps and values of one run on this chart, or null where it has none: no such run, or one that is held back.
function seriesOf(stage, data, layout, part, index) {
  const run = stage.runs[index];
  const trace = data.find(({ meta }) => meta && meta.role === "curve" && meta.part === part);
  if (!run || !trace || isBlank(trace)) return null;
  if (layout.meta.quantity in NAMES) return { run, steps: run.steps, values: valuesOf(run, layout.meta.quantity) };
  const steps = Array.from(trace.x, (place) => (place === null || place < 1 ? 0 : place));
  return { run, steps, values: Array.from(trace.y, (value) => (value === null ? NaN : value)) };
}

function isBlank(trace) {
  return Boolean(trace.y) && trace.y.length === 0;
}

function filled(stage, chart, trace, xaxis) {
  const { role, part } = trace.meta || {};
  if (isBlank(trace)) return trace;
  if (role === "path") return { ...trace, ...pathOf(stage.runs[Number(part)]) };
  if (role === "cursor") return { ...trace, ...cursorPart(stage, chart, trace) };
  if (!chart.quantity) return trace;
  if (role === "curve" && PARTS.includes(part)) {
    const series = chart.series[PARTS.indexOf(part)];
    return series ? { ...trace, ...curveLine(stage, chart, series) } : { ...trace, x: NOWHERE, y: NOWHERE };
  }
  if (role === "curve" && part === "part") return { ...trace, ...partOf(stage, chart) };
  if (role === "curve") return { ...trace, x: Array.from(trace.x || [], (place) => movedTo(stage.axis, place)) };
  if (role === "optimum" && trace.y) return { ...trace, x: acrossAxis(xaxis) };
  if (role === "start") return { ...trace, ...marker(stage, chart, chart.series[0], 0) };
  return trace;
}

// The cross-entropy of a run with a penalty, beside its objective.
function partOf(stage, chart) {
  const { steps, part } = stage.runs[0];
  return part ? curveLine(stage, chart, { steps, values: part }) : { x: NOWHERE, y: NOWHERE };
}

function acrossAxis({ type, range }) {
  return type === "log" ? range.map((power) => 10 ** power) : range.slice();
}

// A prediction came with its steps as places on either axis: only step 0 stands elsewhere.
function movedTo(axis, place) {
  if (axis === "log") return place === 0 ? 10 ** GUTTER : place;
  return place < 1 ? 0 : place;
}

function drawable(value, log) {
  return Number.isFinite(value) && (!log || value > 0) ? value : null;
}

function nameOf(stage, chart, series) {
  const { anonymous } = stage.header.figures.curves[chart.index].layout.meta;
  return stage.runs.length > 1 && series.run.name && !anonymous ? `${series.run.name}<br>` : "";
}

function curveLine(stage, chart, { steps, values }) {
  return {
    // on the log axis no line leads from the gutter to step 1
    x: Array.from(steps, (step) => (step === 0 && stage.axis === "log" ? null : step)),
    y: Array.from(values, (value) => drawable(value, chart.log)),
  };
}

function marker(stage, chart, series, step) {
  if (!series) return { x: NOWHERE, y: NOWHERE };
  const i = recordAt(series.steps, step);
  const said = `${nameOf(stage, chart, series)}step ${formatStep(series.steps[i])}: ${written(chart.quantity, series.values[i])}`;
  return {
    x: [placeOf(series.steps[i], stage.axis)],
    y: [drawable(series.values[i], chart.log)],
    hovertext: [said],
  };
}

function pathOf(run) {
  return { x: Array.from(run.w1), y: Array.from(run.w2) };
}

function cursorPart(stage, chart, trace) {
  const { part } = trace.meta;
  if (part === "line") return { x: [stage.step, stage.step].map((step) => placeOf(step, stage.axis)) };
  if (part === "marker") return marker(stage, chart, chart.series[0], stage.step);
  if (part === "marker 1") return marker(stage, chart, chart.series[1], stage.step);
  const [kind, index] = part.split(" ");
  const run = stage.runs[Number(index)];
  if (!run) return { x: NOWHERE, y: NOWHERE };
  const i = recordAt(run.steps, stage.step);
  const [w1, w2] = [run.w1[i], run.w2[i]];
  if (kind === "weights") return { x: [w1], y: [w2] };
  const size = Math.hypot(w1, w2);
  return size > 0 ? { x: [w1 / size], y: [w2 / size] } : { x: NOWHERE, y: NOWHERE };
}

function curveTitle(stage, chart) {
  const { layout } = stage.header.figures.curves[chart.index];
  if (!chart.quantity) return layout.title.text;
  const label = layout.meta.label || NAMES[chart.quantity] || chart.quantity;
  const shown = chart.series.slice(0, isPair(stage) ? 2 : 1).filter(Boolean);
  const values = shown.map((series) => series.values[recordAt(series.steps, stage.step)]);
  const { unit = "", none = "none" } = layout.meta;
  const numbers = values.map((value) => (Number.isNaN(value) ? none : `${written(chart.quantity, value)}${unit}`));
  const step = isPair(stage) || !shown.length ? stage.step : shown[0].steps[recordAt(shown[0].steps, stage.step)];
  const named = shown.map(({ run }, i) => (isPair(stage) ? `${run.name} ${numbers[i]}`.trim() : numbers[i]));
  const said = layout.meta.anonymous ? numbers.join(" and ") : named.join(", ");
  return `${label} at step ${formatStep(step)}${said ? `: ${said}` : ""}`;
}

/** Draw the stage's step. */
export function drawCurveStep(stage, chart) {
  const moving = chart.data.flatMap((trace, at) =>
    trace.meta && trace.meta.role === "cursor" && !isBlank(trace) ? [at] : [],
  );
  const places = moving.map((at) => {
    return cursorPart(stage, chart, chart.data[at]);
  });
  if (moving.length) animate(chart, places, moving);
  setTitle(chart, curveTitle(stage, chart));
}
