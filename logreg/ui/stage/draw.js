// Draws: Plotly makes the charts when data change, and moves lines and cursors while the run plays.
//
// Python sends figures from logreg/figures. Each trace says in meta.role and meta.part what it is; what depends on
// the step or follows from the run's numbers is left out of them and filled in by plane.js and curves.js.

import { adoptPlotlyStyle, loadPlotly } from "./plotly_loader.js";
import { curveFigure, drawCurveStep } from "./curves.js";
import { windowOf } from "./geometry.js";
import { drawPlaneStep, drawPlaneView, drawUnder, planeFigure, refreshPoints } from "./plane.js";
import { animate, setTitle } from "./plotting.js";

const HOVER_AFTER = 300; // milliseconds: labels on hovering need a redraw, which quick edits do not wait for

/** Draw all charts anew from the data: on arrival, after an edit, on another axis. */
export async function drawAll(stage) {
  const Plotly = await loadPlotly();
  adoptPlotlyStyle(stage.root);
  const { step } = stage;
  await Promise.all(stage.charts.map((chart) => drawChart(stage, chart, Plotly)));
  if (stage.removed) return;
  if (stage.step !== step) drawStep(stage); // it played on while it was drawn
  else for (const chart of stage.charts) if (chart.kind === "plane") drawUnder(stage, chart);
}

async function drawChart(stage, chart, Plotly) {
  const figure = (chart.kind === "plane" ? planeFigure : curveFigure)(stage, chart, viewOf);
  const looks = looksOf(chart, figure);
  if (chart.looks === looks && (await movePlane(stage, chart, figure))) return;
  chart.looks = looks;
  [chart.width, chart.height] = sizeOf(chart);
  const layout = { ...figure.layout, width: chart.width, height: chart.height };
  await Plotly.react(chart.plot, figure.data, layout, config(stage, chart, Plotly));
  adoptPlotlyStyle(stage.root); // some versions make their rules with the first chart
  listen(stage, chart);
}

function listen(stage, chart) {
  if (chart.listens) return;
  chart.listens = true;
  chart.plot.on("plotly_relayout", (changes) => keepView(stage, chart, changes));
  if (chart.kind !== "plane") return;
  // while the plane is dragged Plotly moves its lines itself, and would lose the drag if it were told to draw
  chart.plot.on("plotly_relayouting", () => drawUnder(stage, chart));
  chart.plot.on("plotly_relayout", () => drawPlaneView(stage, chart));
}

// What a plane looks like apart from where things are; null where it must be drawn in full.
function looksOf(chart, { data, layout }) {
  if (chart.kind !== "plane") return null;
  const looks = data.map(({ x, y, hovertext, ...look }) => [look, Boolean(x && x.length)]);
  const { title, ...frame } = layout;
  return JSON.stringify([looks, frame, sizeOf(chart)]);
}

// Move what is in a plane to its new place, which is all that most edits do: half the time of drawing it in full.
// Returns false where that did not work.
async function movePlane(stage, chart, figure) {
  if (chart.kind !== "plane" || stage.playing || !chart.plot._fullLayout) return false;
  const drawn = figure.data.map(({ x, y }, at) => ({ x, y, at })).filter(({ x }) => x && x.length);
  const places = drawn.map(({ x, y }) => ({ x, y }));
  const moved = await animate(chart, places, drawn.map(({ at }) => at));
  setTitle(chart, figure.layout.title.text);
  stage.agenda.later(`hover ${chart.index}`, HOVER_AFTER, () => stage.playing || chart.grab || refreshPoints(stage, chart));
  return moved;
}

/** Let the labels on hovering say what is true at the step shown. */
export function refreshHover(stage) {
  for (const chart of stage.charts) {
    if (chart.kind === "plane" && !chart.grab && chart.plot._fullLayout) refreshPoints(stage, chart);
  }
}

/** Draw the stage's step in every chart. */
export function drawStep(stage) {
  for (const chart of stage.charts) {
    if (!chart.plot._fullLayout || !chart.data) continue;
    (chart.kind === "plane" ? drawPlaneStep : drawCurveStep)(stage, chart);
  }
}

// ---------------------------------------------------------------- zoom and size

// Note the reader's zoom or pan. (Plotly's own memory of it, uirevision, does not survive `animate`.)
function keepView(stage, chart, changes) {
  if (!Object.keys(changes).some((name) => /^[xy]axis\.range/.test(name))) return;
  const { xaxis, yaxis } = chart.plot._fullLayout;
  chart.view = { of: viewName(stage, chart), x: xaxis.range.slice(), y: yaxis.range.slice() };
}

// A zoom belongs to a data set, and on a curve to one kind of step axis and to what the page has moved the stage to.
function viewName(stage, chart) {
  return `${stage.header.scene} ${chart.kind === "curve" ? `${stage.axis} ${stage.header.seek}` : ""}`;
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
  const save = {
    name: "save",
    title: "Save as a picture",
    icon: Plotly.Icons.camera,
    click: () => savePicture(stage, chart, Plotly),
  };
  return {
    displaylogo: false,
    doubleClick: false, // two quick clicks are two clicks
    scrollZoom: false,
    modeBarButtons: [["zoomIn2d", "zoomOut2d", home, save]],
  };
}

// Save what is on the screen: on the page's own background, with the field, which Plotly does not know of.
function savePicture(stage, chart, Plotly) {
  const { data, layout, _fullLayout: drawn } = chart.plot;
  const [[x0, x1], [y0, y1]] = [drawn.xaxis.range, drawn.yaxis.range];
  const field = {
    ...{ source: chart.image && chart.canvas.toDataURL(), xref: "x", yref: "y", x: x0, y: y1 },
    ...{ sizex: x1 - x0, sizey: y1 - y0, sizing: "stretch", layer: "below" },
  };
  const paper = getComputedStyle(stage.body).getPropertyValue("--st-background-color").trim() || "white";
  const whole = { ...layout, paper_bgcolor: paper, images: chart.image ? [field] : [] };
  const size = { width: chart.width, height: chart.height, scale: 2 };
  const name = `${chart.kind} at step ${Math.round(stage.step)}`;
  return Plotly.downloadImage({ data, layout: whole }, { format: "png", filename: name, ...size });
}

function showWholeRun(stage, chart) {
  chart.view = null;
  drawChart(stage, chart, window.Plotly);
}

/** Show every point, also those that an edit put outside the window. */
function showAllPoints(stage, chart) {
  const home = windowOf(stage.pointsOf(chart).X);
  chart.home = home;
  chart.view = null;
  window.Plotly.relayout(chart.plot, { "xaxis.range": home.slice(0, 2), "yaxis.range": home.slice(2) });
}

/** Enlarge the charts as the page's text is: a figure is drawn for text of 16 pixels. */
export function enlarge(stage) {
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  stage.body.style.setProperty("--scale", String(scale));
}

function sizeOf(chart) {
  const { clientWidth, clientHeight } = chart.plot;
  return [clientWidth, clientHeight];
}

/** Follow the size of the page: a sidebar that folds, a window that is resized. */
export function resize(stage) {
  enlarge(stage);
  for (const chart of stage.charts) {
    const [width, height] = sizeOf(chart);
    if (!chart.plot._fullLayout || !width || (width === chart.width && height === chart.height)) continue;
    chart.width = width;
    chart.height = height;
    window.Plotly.relayout(chart.plot, { width, height });
  }
}
