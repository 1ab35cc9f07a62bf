// Draws: Plotly makes the charts when data change, and moves lines and cursors while the run plays. The one thing
// drawn by hand is the probability field, on a small canvas under the plane's transparent plot area.
//
// Python sends figures from logreg/figures. Each trace says in meta.role and meta.part what it is; what depends on
// the step or follows from the run's numbers is left out of them and filled in here.

import { adoptPlotlyStyle, loadPlotly } from "../chart/plotly_loader.js";
import { grown, lineInWindow, PlotArea, windowOf } from "./geometry.js";
import { formatCount, formatNumber } from "./numbers.js";
import { GUTTER, recordAt } from "./state.js";

const CELLS = [75, 60]; // of the field: square cells in a window of 1.25 to 1
const SHADES = 256;
const AT_ONCE = { frame: { duration: 0, redraw: false }, transition: { duration: 0 }, mode: "immediate" };
const NOWHERE = [null, null]; // an empty line; Plotly would leave out a trace without any entries for good

/** Draw all charts anew from the data: on arrival, after an edit, on another axis. */
export async function drawAll(stage) {
  const Plotly = await loadPlotly();
  adoptPlotlyStyle(stage.root);
  for (const chart of stage.charts) {
    if (stage.removed) return;
    await drawChart(stage, chart, Plotly);
  }
  drawStep(stage);
}

async function drawChart(stage, chart, Plotly) {
  const figure = chart.kind === "plane" ? planeFigure(stage, chart) : curveFigure(stage, chart);
  chart.width = chart.box.clientWidth;
  chart.height = chart.box.clientHeight;
  const layout = { ...figure.layout, width: chart.width, height: chart.height };
  await Plotly.react(chart.plot, figure.data, layout, config(stage, chart, Plotly));
  adoptPlotlyStyle(stage.root); // some versions make their rules with the first chart
  if (!chart.listens) {
    chart.listens = true;
    chart.plot.on("plotly_relayout", (changes) => keepView(stage, chart, changes));
  }
  if (chart.kind === "plane" && !chart.pans) {
    chart.pans = true;
    // while the plane is dragged Plotly moves its lines itself, and would lose the drag if it were told to draw
    chart.plot.on("plotly_relayouting", () => {
      drawField(stage, chart);
      stage.onView(chart);
    });
    chart.plot.on("plotly_relayout", () => drawPlaneView(stage, chart));
  }
}

// Note the reader's zoom or pan. (Plotly's own memory of it, uirevision, does not survive `animate`.)
function keepView(stage, chart, changes) {
  if (!Object.keys(changes).some((name) => /^[xy]axis\.range/.test(name))) return;
  const { xaxis, yaxis } = chart.plot._fullLayout;
  chart.view = { of: viewName(stage, chart), x: xaxis.range.slice(), y: yaxis.range.slice() };
}

// A zoom belongs to a data set, and on a curve to one kind of step axis.
function viewName(stage, chart) {
  return `${stage.header.scene} ${chart.kind === "curve" ? stage.axis : ""}`;
}

function viewOf(stage, chart, x, y) {
  if (chart.view && chart.view.of === viewName(stage, chart)) return [chart.view.x.slice(), chart.view.y.slice()];
  return [x, y];
}

function config(stage, chart, Plotly) {
  const isPlane = chart.kind === "plane";
  const home = {
    name: "home",
    title: isPlane ? "Show all points" : "Show the whole run",
    icon: Plotly.Icons.home,
    click: () => (isPlane ? showAllPoints(stage, chart) : showWholeRun(stage, chart)),
  };
  return {
    displaylogo: false,
    doubleClick: false, // two quick clicks are two clicks
    scrollZoom: false,
    modeBarButtons: [["zoomIn2d", "zoomOut2d", home, "toImage"]],
  };
}

function showWholeRun(stage, chart) {
  chart.view = null;
  drawChart(stage, chart, window.Plotly).then(() => drawStep(stage));
}

/** Show every point, also those that an edit put outside the window. */
function showAllPoints(stage, chart) {
  const home = windowOf(stage.pointsOf(chart).X);
  chart.home = home;
  chart.view = null;
  window.Plotly.relayout(chart.plot, { "xaxis.range": home.slice(0, 2), "yaxis.range": home.slice(2) });
}

/** Follow the width of the page: a sidebar that folds, a window that is resized. */
export function resize(stage) {
  for (const chart of stage.charts) {
    const { clientWidth: width, clientHeight: height } = chart.box;
    if (!chart.plot._fullLayout || !width || (width === chart.width && height === chart.height)) continue;
    chart.width = width;
    chart.height = height;
    window.Plotly.relayout(chart.plot, { width, height });
  }
}

/** Return the index of the trace with this meaning. */
function traceOf(data, role, part) {
  return data.findIndex((trace) => trace.meta && trace.meta.role === role && (!part || trace.meta.part === part));
}

/** Return the run whose boundary a trace of a plane shows, or null. */
function runOfPart(stage, chart, part) {
  if (part === "line") return stage.runs[chart.index];
  const isPinned = stage.header.layout === "explorer" && stage.runs.length > 1;
  return isPinned ? stage.runs[1] : null;
}

// ---------------------------------------------------------------- the plane

function planeFigure(stage, chart) {
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
  const field = chart.data[traceOf(chart.data, "field")];
  if (field) chart.shades = shadesOf(field);
  const [x, y] = viewOf(stage, chart, chart.home.slice(0, 2), chart.home.slice(2));
  return {
    data: chart.data,
    layout: {
      ...layout,
      title: { ...layout.title, text: planeTitle(stage, chart) },
      uirevision: undefined,
      margin: { ...layout.margin, b: layout.margin.b + 4 }, // room for the index of x₁
      xaxis: { ...layout.xaxis, range: x },
      yaxis: { ...layout.yaxis, range: y },
    },
  };
}

function pointsTrace(stage, chart, part) {
  const { X, y } = stage.pointsOf(chart);
  const run = stage.runs[chart.index];
  const i = recordAt(run.steps, stage.step);
  const members = [];
  y.forEach((label, index) => `class ${label}` === part && members.push(index));
  const said = (index) => {
    const [x1, x2] = [X[2 * index], X[2 * index + 1]];
    const p = sigmoid(run.w1[i] * x1 + run.w2[i] * x2 + run.bias[i]);
    const where = `point ${index}: (${formatNumber(x1)}, ${formatNumber(x2)})`;
    return `${where}<br>${part}<br>p = ${formatNumber(p)} at step ${formatCount(run.steps[i])}`;
  };
  if (!members.length) return { x: NOWHERE, y: NOWHERE, hovertext: ["", ""], showlegend: true };
  return {
    x: members.map((index) => X[2 * index]),
    y: members.map((index) => X[2 * index + 1]),
    hovertext: members.map(said),
    showlegend: true,
  };
}

/** Let the points' labels on hovering say p at the step shown; only at rest, it takes a redraw. */
export function refreshHover(stage) {
  for (const chart of stage.charts) if (chart.kind === "plane" && !chart.grab) refreshPoints(stage, chart);
}

function refreshPoints(stage, chart) {
  if (!chart.plot._fullLayout) return;
  const traces = [0, 1].map((label) => traceOf(chart.data, "points", `class ${label}`));
  const parts = [0, 1].map((label) => pointsTrace(stage, chart, `class ${label}`));
  const of = (name) => parts.map((part) => part[name]);
  window.Plotly.restyle(chart.plot, { x: of("x"), y: of("y"), hovertext: of("hovertext") }, traces);
}

/** Draw the points as they are now, before Python knows of an edit: the cheap way, without a redraw. */
export function movePoints(stage, chart) {
  const { X, y } = stage.pointsOf(chart);
  const data = [0, 1].map((label) => {
    const xs = [];
    const ys = [];
    y.forEach((value, i) => value === label && (xs.push(X[2 * i]), ys.push(X[2 * i + 1])));
    return xs.length ? { x: xs, y: ys } : { x: NOWHERE, y: NOWHERE };
  });
  animate(chart, data, [0, 1].map((label) => traceOf(chart.data, "points", `class ${label}`)));
}

function boundaryLine(stage, chart, part) {
  const run = runOfPart(stage, chart, part);
  if (!run) return { x: NOWHERE, y: NOWHERE };
  const i = recordAt(run.steps, stage.step);
  // drawn one window beyond each side, so that panning uncovers more of the line
  const ends = lineInWindow(run.w1[i], run.w2[i], run.bias[i], grown(windowOfChart(chart), 3));
  return ends ? { x: [ends[0], ends[2]], y: [ends[1], ends[3]] } : { x: NOWHERE, y: NOWHERE };
}

function windowOfChart(chart) {
  return chart.plot._fullLayout ? new PlotArea(chart.plot).window : chart.home;
}

function planeTitle(stage, chart) {
  const run = stage.runs[chart.index];
  const i = recordAt(run.steps, stage.step);
  const [w1, w2, b] = [run.w1[i], run.w2[i], run.bias[i]];
  if (w1 === 0 && w2 === 0) return `${nameOf(stage, run)}w = 0: no boundary, p = ${formatNumber(sigmoid(b))} everywhere`;
  const signed = (value) => `${value < 0 ? "−" : "+"} ${formatNumber(Math.abs(value))}`;
  return `${nameOf(stage, run)}${formatNumber(w1)}·x₁ ${signed(w2)}·x₂${b ? ` ${signed(b)}` : ""} = 0`;
}

function nameOf(stage, run) {
  return stage.header.layout === "pair" ? `${run.name}: ` : "";
}

function sigmoid(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

// ---------------------------------------------------------------- the probability field

/** Return the colours of p = 0 … 1 in 256 shades, as the canvas wants them: bytes red, green, blue, opacity. */
function shadesOf(trace) {
  const stops = trace.colorscale.map(([at, colour]) => [at, rgb(colour)]);
  const opacity = Math.round(255 * (trace.opacity ?? 1));
  const shades = new Uint32Array(SHADES);
  const bytes = new Uint8Array(shades.buffer);
  for (let k = 0; k < SHADES; k += 1) {
    const p = k / (SHADES - 1);
    const next = Math.max(1, stops.findIndex(([at]) => at >= p));
    const [[from, a], [to, b]] = [stops[next - 1], stops[next]];
    const share = (p - from) / (to - from);
    a.forEach((value, c) => (bytes[4 * k + c] = Math.round(value + share * (b[c] - value))));
    bytes[4 * k + 3] = opacity;
  }
  return shades;
}

function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function drawField(stage, chart) {
  if (!chart.shades) return;
  const area = new PlotArea(chart.plot);
  const canvas = chart.canvas;
  Object.assign(canvas.style, {
    left: `${area.left}px`,
    top: `${area.top}px`,
    width: `${area.width}px`,
    height: `${area.height}px`,
  });
  const [across, down] = CELLS;
  if (!chart.image) {
    [canvas.width, canvas.height] = CELLS;
    chart.pen = canvas.getContext("2d");
    chart.image = chart.pen.createImageData(across, down);
    chart.pixels = new Uint32Array(chart.image.data.buffer);
  }
  const run = stage.runs[chart.index];
  const i = recordAt(run.steps, stage.step);
  const [w1, w2, b] = [run.w1[i], run.w2[i], run.bias[i]];
  const [xmin, xmax, ymin, ymax] = area.window;
  for (let row = 0; row < down; row += 1) {
    const rest = w2 * (ymax - ((row + 0.5) / down) * (ymax - ymin)) + b;
    for (let column = 0; column < across; column += 1) {
      const p = sigmoid(w1 * (xmin + ((column + 0.5) / across) * (xmax - xmin)) + rest);
      chart.pixels[row * across + column] = chart.shades[Math.round(p * (SHADES - 1)) || 0];
    }
  }
  chart.pen.putImageData(chart.image, 0, 0);
}

// ---------------------------------------------------------------- the curves

/** Return the values of a curve at every record of a run: the loss came from Python, lengths follow from w and b. */
function valuesOf(run, quantity) {
  if (quantity === "loss") return run.loss;
  const withBias = quantity === "parameter_norm";
  return run.bias.map((b, i) => Math.hypot(run.w1[i], run.w2[i], withBias ? b : 0));
}

/** Return where a step stands on the chart's axis. */
function placeOf(step, axis) {
  return axis === "log" && step === 0 ? 10 ** GUTTER : step;
}

function curveFigure(stage, chart) {
  const { data, layout } = stage.header.figures.curves[chart.index];
  const axis = stage.axis;
  const { xaxis, shapes } = layout.meta[axis];
  chart.values = stage.runs.map((run) => valuesOf(run, layout.meta.quantity));
  chart.log = layout.yaxis.type === "log";
  const ends = axis === "log" ? xaxis.range.map((power) => 10 ** power) : xaxis.range;
  chart.data = data.map((trace) => {
    const { role, part } = trace.meta || {};
    if (role === "curve" && part === "run") return { ...trace, ...curveLine(stage, chart, 0) };
    if (role === "curve" && part === "pinned" && stage.runs[1]) return { ...trace, ...curveLine(stage, chart, 1) };
    if (role === "curve" && part === "theory") return { ...trace, x: Array.from(trace.x || [], (s) => movedTo(axis, s)) };
    if (role === "optimum") return trace.y && trace.y.length ? { ...trace, x: ends } : trace;
    if (role === "start") return { ...trace, ...marker(chart, 0, 0, axis) };
    if (role === "cursor") return { ...trace, ...cursorPart(stage, chart, trace) };
    return trace;
  });
  const title = { ...layout.title, text: curveTitle(stage, chart, layout.meta.quantity) };
  const [x, y] = viewOf(stage, chart, xaxis.range.slice(), layout.yaxis.range.slice());
  const axes = { xaxis: { ...xaxis, range: x }, yaxis: { ...layout.yaxis, range: y } };
  return { data: chart.data, layout: { ...layout, ...axes, title, shapes, uirevision: undefined } };
}

// A prediction came with its steps as places on either axis: only step 0 stands elsewhere.
function movedTo(axis, place) {
  if (axis === "log") return place === 0 ? 10 ** GUTTER : place;
  return place < 1 ? 0 : place;
}

function drawable(value, log) {
  return Number.isFinite(value) && (!log || value > 0) ? value : null;
}

function curveLine(stage, chart, index) {
  const run = stage.runs[index];
  const values = chart.values[index];
  const name = stage.runs.length > 1 ? `${run.name}<br>` : "";
  return {
    // on the log axis no line leads from the gutter to step 1
    x: Array.from(run.steps, (step) => (step === 0 && stage.axis === "log" ? null : step)),
    y: Array.from(values, (value) => drawable(value, chart.log)),
    hovertext: Array.from(run.steps, (s, i) => `${name}step ${formatCount(s)}: ${formatNumber(values[i])}`),
  };
}

function marker(chart, step, record, axis) {
  const value = chart.values[0][record];
  return {
    x: [placeOf(step, axis)],
    y: [drawable(value, chart.log)],
    hovertext: [`step ${formatCount(step)}: ${formatNumber(value)}`],
  };
}

function cursorPart(stage, chart, trace) {
  const record = recordAt(stage.runs[0].steps, stage.step);
  if (trace.meta.part === "line") return { x: [stage.step, stage.step].map((step) => placeOf(step, stage.axis)) };
  return marker(chart, stage.runs[0].steps[record], record, stage.axis);
}

function curveTitle(stage, chart, quantity) {
  const run = stage.runs[0];
  const i = recordAt(run.steps, stage.step);
  const name = { loss: "Loss", weight_norm: "‖w‖", parameter_norm: "‖(w, b)‖" }[quantity] || quantity;
  return `${name} at step ${formatCount(run.steps[i])}: ${formatNumber(chart.values[0][i])}`;
}

// ---------------------------------------------------------------- one step

function animate(chart, data, traces) {
  // a frame that the next one overtakes is rejected: that is meant
  window.Plotly.animate(chart.plot, { data, traces }, AT_ONCE).catch(() => {});
}

function setTitle(chart, text) {
  const shown = chart.plot.querySelector(".gtitle");
  if (shown && shown.textContent !== text) shown.textContent = text;
  chart.plot.layout.title.text = text; // for the picture file that the toolbar saves
}

/** Draw the plane's line and field: the step or the window changed. */
export function drawPlaneView(stage, chart) {
  if (!chart.plot._fullLayout) return;
  const parts = ["pinned", "line"].filter((part) => runOfPart(stage, chart, part));
  const lines = parts.map((part) => boundaryLine(stage, chart, part));
  const traces = parts.map((part) => traceOf(chart.data, "boundary", part));
  animate(chart, lines, traces);
  drawField(stage, chart);
  const run = stage.runs[chart.index];
  const i = recordAt(run.steps, stage.step);
  const outside = (run.w1[i] || run.w2[i]) && !lineInWindow(run.w1[i], run.w2[i], run.bias[i], windowOfChart(chart));
  chart.note.hidden = !outside;
  stage.onView(chart);
}

function drawCurveStep(stage, chart) {
  const cursors = chart.data.flatMap((trace, at) => (trace.meta && trace.meta.role === "cursor" ? [at] : []));
  animate(chart, cursors.map((at) => {
    const { x, y } = cursorPart(stage, chart, chart.data[at]);
    return y ? { x, y } : { x };
  }), cursors);
  setTitle(chart, curveTitle(stage, chart, chart.plot.layout.meta.quantity));
}

/** Draw the stage's step in every chart. */
export function drawStep(stage) {
  for (const chart of stage.charts) {
    if (!chart.plot._fullLayout || !chart.data) continue;
    if (chart.kind === "plane") {
      drawPlaneView(stage, chart);
      setTitle(chart, planeTitle(stage, chart));
    } else {
      drawCurveStep(stage, chart);
    }
  }
}
