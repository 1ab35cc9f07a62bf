// The stage: training that can be played, scrubbed and edited. Streamlit calls `show` when the data or the theme
// changed, always for the same place on the page; between two calls the stage lives on its own.
//
//   state.js      what the stage knows, and pure functions on it
//   geometry.js   lines, windows, pixels
//   draw.js       when and how charts are drawn; plane.js, field.js, curves.js: what is in them
//   caption.js    the sentence under the charts, with the step's numbers
//   transport.js  buttons, scrub bar, the clock that plays
//   keys.js       which keys the stage takes, and when
//   edit.js       points by mouse, touch and keys
//   actions.js    the page's own buttons
//   messages.js   what goes to Python and into the address
//   agenda.js     what is still to be done
//   page_theme.js whether the page is light or dark; plotly_loader.js: Plotly, once a page

import { showActions, wireActions } from "./actions.js";
import { Agenda } from "./agenda.js";
import { showCaption } from "./caption.js";
import { drawAll, drawStep, enlarge, refreshHover, resize } from "./draw.js";
import { EDITOR, placeRing, replayWaiting, showEditing, wireEditing, wirePlane } from "./edit.js";
import { PlotArea } from "./geometry.js";
import { wireKeys } from "./keys.js";
import { Outbox, RestReport, writeLink } from "./messages.js";
import { formatStep } from "./numbers.js";
import { ThemeWatch } from "./page_theme.js";
import { isOnToolbar, isPair, placeIn } from "./plotting.js";
import { allSteps, clockOf, recordAt, stepNear, unpack } from "./state.js";
import { pause, play, showTransport, TRANSPORT, wireTransport } from "./transport.js";

// Every stage on the page, by the root of its component. It survives Streamlit's reruns.
const STAGES = new WeakMap();
const GONE = new WeakSet();
const CLICK = 4; // pixels: a press on a curve that moved less is a click
const SETTLED_AFTER = 250; // milliseconds
let count = 0;

/** Show what Python sent. */
export async function show(component) {
  const root = component.parentElement;
  GONE.delete(root);
  const stage = STAGES.get(root) || (await mount(root, component));
  if (GONE.has(root)) return remove(root); // it left the page before its style was there
  stage.component = component;
  take(stage, unpack(component.data));
}

/** Called when the stage leaves the page. */
export function remove(root) {
  GONE.add(root);
  const stage = STAGES.get(root);
  if (!stage) return;
  STAGES.delete(root);
  delete root.logregStage;
  stage.removed = true;
  stage.leaving.abort();
  stage.playing = false;
  cancelAnimationFrame(stage.tick);
  stage.agenda.clear();
  stage.watch.disconnect();
  for (const chart of stage.charts) retire(stage, chart);
}

function mount(root, component) {
  if (!root.logregStage) root.logregStage = build(root, component); // two calls may come before the style is there
  return root.logregStage;
}

async function build(root, component) {
  const body = root.querySelector(".stage");
  await styleSheet(root);
  count += 1;
  const stage = {
    root,
    body,
    component,
    id: count,
    charts: [],
    runs: [],
    steps: [0],
    step: 0,
    last: 0,
    axis: "log",
    speed: 1,
    playing: false,
    clock: 0,
    frames: 0,
    followsEnd: true,
    header: null,
    leaving: new AbortController(), // ends what listens outside the stage
  };
  STAGES.set(root, stage);
  body.innerHTML = `<div class="charts"><div class="planes"></div><div class="curves"></div></div>${TRANSPORT}
    <p class="caption" hidden></p><div class="below">${EDITOR}<div class="status" role="status" aria-live="polite"></div></div>`;
  stage.pointsOf = (chart) => chart.points || stage.runs[chart.index].points;
  stage.editedChart = () =>
    stage.charts.find((chart) => chart.kind === "plane" && chart.index === stage.header.editable) || null;
  stage.goTo = (step) => goTo(stage, step);
  stage.show = (step) => showStep(stage, step);
  stage.rest = () => rest(stage);
  stage.setAxis = (axis) => setAxis(stage, axis);
  stage.onView = (chart) => placeRing(stage, chart);
  stage.say = (text) => say(stage, text);
  stage.agenda = new Agenda(body);
  stage.report = new RestReport(stage.agenda, (value) => stage.component.setStateValue("rest", value));
  stage.theme = new ThemeWatch(body, (seen) => stage.component.setStateValue("theme", seen));
  stage.outbox = new Outbox(
    stage.agenda,
    (kind, message) => stage.component.setTriggerValue(kind, message),
    () => giveUp(stage),
  );
  wireTransport(stage);
  wireEditing(stage);
  wireKeys(stage);
  wireActions(stage);
  stage.watch = new ResizeObserver(() => resize(stage));
  stage.watch.observe(body);
  body.dataset.frames = "0";
  return stage;
}

function styleSheet(root) {
  if (root.querySelector("link[data-stage]")) return undefined;
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.dataset.stage = "";
    link.href = new URL("./stage.css", import.meta.url).href;
    link.onload = resolve;
    link.onerror = resolve; // plain looks are better than none
    root.append(link);
  });
}

// ---------------------------------------------------------------- data in

// Take over what Python sent. A playing stage plays on, a resting one stays on its step; one at its end stays at
// its end.
async function take(stage, header) {
  const first = stage.header === null;
  const moved = !first && header.seek !== stage.header.seek;
  stage.header = header;
  stage.runs = header.runs;
  stage.steps = allSteps(isPair(stage) ? stage.runs : stage.runs.slice(0, 1)); // a pinned run only stands behind
  stage.last = stage.steps[stage.steps.length - 1];
  if (first || moved) {
    stage.axis = header.axis;
    stage.followsEnd = header.step === null;
    stage.wanted = header.step === null ? stage.last : header.step;
  }
  if (!stage.playing) {
    const wanted = stage.followsEnd ? stage.last : stage.wanted;
    stage.step = stage.steps[recordAt(stage.steps, wanted)];
  } else {
    stage.step = Math.min(stage.steps[recordAt(stage.steps, stage.step)], stage.last);
    stage.clock = Math.min(stage.clock, clockOf(stage.last));
  }
  stage.root.querySelector(".transport").hidden = !movesWithSteps(header.figures);
  if (header.click === "flip") stage.mode = "flip";
  showCaptionPlace(stage);
  stage.body.style.colorScheme = header.theme.name;
  stage.body.style.setProperty("--zero", header.theme.classes[0]);
  stage.body.style.setProperty("--one", header.theme.classes[1]);
  stage.theme.check(header.theme.name);
  stage.outbox.answered(header.answered);
  enlarge(stage);
  layOut(stage);
  replayWaiting(stage);
  showTransport(stage);
  showEditing(stage);
  showActions(stage);
  showStepNumber(stage);
  if (first || header.message || stage.told) say(stage, header.message || "");
  stage.told = header.message;
  if (first) stage.report.known(restOf(stage));
  else if (!stage.playing) stage.report.later(restOf(stage)); // another run may have moved the step
  await redraw(stage);
  if (header.link && !stage.removed) {
    // at first the look too: it may be that of an earlier visit, or stand in for a damaged one
    const look = first ? { step: header.step, axis: header.axis === "log" ? null : header.axis } : {};
    writeLink({ pts: stage.header.points, ...look });
  }
  if (first && header.autoplay && !window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    stage.goTo(0);
    play(stage);
  }
}

// Let Python go on with a run of which the first part has been drawn; what the reader asks for goes first.
function askForMore(stage) {
  const { more } = stage.header;
  if (stage.busy || stage.removed || !stage.outbox.isEmpty) return;
  if (more !== null && more !== stage.asked) stage.outbox.push("more", { part: more });
  stage.asked = more;
}

// Make the places of the charts; planes and curves stay as long as their number does.
function layOut(stage) {
  const { figures, layout } = stage.header;
  stage.body.dataset.layout = layout;
  stage.body.dataset.seek = stage.header.seek;
  const [planes, curves] = ["planes", "curves"].map((name) => stage.root.querySelector(`.${name}`));
  fillPlaces(stage, "plane", figures.plane.length, planes);
  fillPlaces(stage, "curve", figures.curves.length, curves);
  planes.hidden = !figures.plane.length;
  const across = { explorer: 1, rows: Math.ceil(figures.curves.length / 2), columns: figures.curves.length };
  curves.style.gridTemplateColumns = `repeat(${across[layout] || 1}, minmax(0, 1fr))`;
  for (const chart of stage.charts) {
    const isEdited = stage.editedChart() === chart;
    chart.box.setAttribute("role", isEdited ? "application" : "figure");
    showLabel(stage, chart);
    chart.box.dataset.editable = String(isEdited);
  }
}

function fillPlaces(stage, kind, count, column) {
  const here = stage.charts.filter((chart) => chart.kind === kind);
  if (here.length === count) return;
  for (const chart of here) retire(stage, chart);
  column.replaceChildren();
  const fresh = Array.from({ length: count }, (_, index) => makeChart(stage, kind, index, column));
  const others = stage.charts.filter((chart) => chart.kind !== kind);
  stage.charts = kind === "plane" ? [...fresh, ...others] : [...others, ...fresh];
}

// Plotly may still be at work on a chart that leaves the page: its memory is freed a little later.
function retire(stage, chart) {
  stage.agenda.drop("nudge");
  stage.agenda.drop(`hover ${chart.index}`);
  setTimeout(() => chart.plot._fullLayout && window.Plotly.purge(chart.plot), 2000);
}

// What a chart says in words: at the step shown, by its title, and of the whole run, by the text that Python wrote.
function showLabel(stage, chart) {
  const alt = stage.header.alt[chart.kind === "plane" ? "plane" : "curves"][chart.index] || chart.kind;
  const now = chart.plot._fullLayout ? chart.plot.layout.title.text : "";
  const keys = stage.editedChart() === chart ? "Plane. Arrows select points; ? in the transport shows all keys. " : "";
  chart.box.setAttribute("aria-label", `${keys}${now ? `${now}. ` : ""}${alt}`);
}

function makeChart(stage, kind, index, column) {
  const box = document.createElement("div");
  box.className = `box ${kind}`;
  box.dataset.testid = `stage-${kind}-${index}`;
  box.tabIndex = kind === "plane" ? 0 : -1;
  box.innerHTML = `<div class="layer"><canvas class="field" aria-hidden="true"></canvas><div class="plot"></div>
    <div class="note" hidden></div><div class="ring" hidden></div></div>`;
  column.append(box);
  box.addEventListener("pointerdown", (event) => hold(stage, event), true);
  const part = (name) => box.querySelector(`.${name}`);
  const chart = { kind, index, box, plot: part("plot"), canvas: part("field"), note: part("note"), ring: part("ring") };
  box.addEventListener("touchstart", (event) => onTouch(chart, event), { capture: true, passive: false });
  if (kind === "plane") wirePlane(stage, chart);
  else wireCurve(stage, chart);
  return chart;
}

// A finger that swipes over a chart scrolls the page, where Plotly would pan the axes; one on a point drags it.
function onTouch(chart, event) {
  if (isOnToolbar(event)) return;
  event.stopPropagation();
  if (chart.grab && chart.grab.taken && event.cancelable) event.preventDefault();
}

// While a button of the mouse is down on a chart, the run waits.
function hold(stage, event) {
  if (event.button !== 0) return;
  const release = () => {
    stage.held = false;
    if (stage.dirty) redraw(stage);
    for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, release, true);
  };
  stage.held = true;
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, release, true);
}

// A click on a curve's plot area goes to that step; a drag is Plotly's.
function wireCurve(stage, chart) {
  const onPress = (press) => {
    const onEnd = (event) => {
      for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, onEnd, true);
      const moved = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY);
      if (event.type === "pointerup" && moved < CLICK && event.button === 0) onCurveClick(stage, chart, event);
    };
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, onEnd, true);
  };
  chart.box.addEventListener("pointerdown", onPress, true);
}

function onCurveClick(stage, chart, event) {
  if (stage.removed || !chart.plot._fullLayout || !chart.quantity || isOnToolbar(event)) return;
  const area = new PlotArea(chart.plot);
  const place = placeIn(chart, event);
  if (!area.holds(...place)) return;
  pause(stage);
  stage.goTo(stepNear(stage.steps, area.toData(...place)[0], stage.axis));
}

// ---------------------------------------------------------------- what the stage shows

// Draw everything; while it is being drawn later wishes wait, and only the last of them is drawn.
async function redraw(stage) {
  stage.dirty = true;
  if (stage.busy || stage.held) return; // Plotly would lose a drag under way
  await stage.agenda.during(drawWhatIsWanted(stage));
}

async function drawWhatIsWanted(stage) {
  stage.busy = true;
  try {
    while (stage.dirty && !stage.removed) {
      stage.dirty = false;
      await drawAll(stage);
    }
    stage.frames += 1;
    stage.body.dataset.frames = String(stage.frames);
    stage.body.dataset.drawn = String(Number(stage.body.dataset.drawn || 0) + 1);
    stage.body.dataset.ready = "true";
  } catch (error) {
    console.error("The stage was not drawn.", error);
    say(stage, "The charts could not be drawn. Reload the page to try again.");
  }
  stage.busy = false;
  askForMore(stage);
}

function showStep(stage, step) {
  stage.step = step;
  showStepNumber(stage);
  drawStep(stage);
}

function showStepNumber(stage) {
  stage.body.dataset.step = String(stage.step);
  stage.transport.where.textContent = `step ${formatStep(stage.step)}`;
  showCaption(stage);
}

// Whether anything shown depends on the step.
function movesWithSteps({ plane, curves }) {
  const moves = ({ data, layout }) => layout.meta.quantity || data.some(({ meta }) => meta && meta.role === "cursor");
  return plane.length > 0 || curves.some(moves);
}

// A caption keeps its lines' room, so that nothing below jumps while its numbers change.
function showCaptionPlace(stage) {
  const place = stage.root.querySelector(".caption");
  place.hidden = !stage.header.caption;
  place.style.minHeight = `${1.3 * (stage.header.caption || "").split("\n").length}em`;
}

// Go to a step and rest there.
function goTo(stage, step) {
  showStep(stage, step);
  stage.frames += 1;
  stage.body.dataset.frames = String(stage.frames);
  rest(stage);
}

function restOf(stage) {
  // a flow's records need not stand at whole steps; rounded up, the record is found again
  return { step: Math.ceil(stage.step), axis: stage.axis, at_end: stage.followsEnd };
}

function rest(stage) {
  stage.wanted = stage.step;
  stage.followsEnd = stage.step >= stage.last;
  showTransport(stage);
  stage.report.later(restOf(stage));
  stage.agenda.later("settle", SETTLED_AFTER, () => settle(stage));
}

// What need not keep up with every step: the address, the labels on hovering, the spoken state.
function settle(stage) {
  if (stage.header.link) {
    writeLink({
      step: stage.followsEnd ? null : Math.ceil(stage.step),
      axis: stage.axis === "log" ? null : stage.axis,
    });
  }
  refreshHover(stage);
  for (const chart of stage.charts) showLabel(stage, chart);
  say(stage, `Step ${formatStep(stage.step)} of ${formatStep(stage.last)}`);
}

function setAxis(stage, axis) {
  stage.axis = axis;
  showTransport(stage);
  redraw(stage);
  if (!stage.playing) rest(stage);
}

function say(stage, text) {
  const status = stage.root.querySelector(".status");
  if (status.textContent !== text) status.textContent = text;
}

function giveUp(stage) {
  stage.asked = null;
  replayWaiting(stage);
  redraw(stage);
  say(stage, "The server did not answer; what was asked of it last may not have been done.");
}
