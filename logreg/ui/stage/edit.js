// Editing the points of a plane: by mouse, by touch, by keys. Every edit shows at once and goes to Python, whose
// answer (verdict, new run, new curves) then replaces it.

import { movePoints } from "./plane.js";
import { nextPoint, PlotArea, pointAt } from "./geometry.js";
import { formatCount, formatNumber } from "./numbers.js";
import { isOnToolbar, placeIn } from "./plotting.js";
import { applyEdit, MOST_POINTS } from "./state.js";

const CLICK = { mouse: 4, pen: 6, touch: 10 }; // pixels: a press that moved less is a click
const REACH = { mouse: 11, pen: 14, touch: 22 }; // pixels from a point that still hit it
const NUDGE = 0.01; // of the window, for one press of Shift and an arrow
const SEND_NUDGES_AFTER = 350; // milliseconds

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const UNDO = "M7 3 2 8l5 5V9.5h6a2.75 2.75 0 0 1 0 5.5H9v2.5h4A5.25 5.25 0 0 0 13 7H7z";
const REDO = "M13 3l5 5-5 5V9.5H7A2.75 2.75 0 0 0 7 15h4v2.5H7A5.25 5.25 0 0 1 7 7h6z";
const press = (name, label, title, text) =>
  `<button type="button" class="button" data-edit="${name}" aria-label="${label}" title="${title}">${text}</button>`;
const arrow = (path) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;
const choice = (group, value, text, checked) =>
  `<label class="choice"><input type="radio" name="${group}" value="${value}" ${checked ? "checked" : ""}>` +
  `<span>${text}</span></label>`;

export const EDITOR = `
  <div class="editor" role="group" aria-label="Editing">
    <fieldset class="choices" data-choice="label"><legend>New point</legend>
      ${choice("label", "0", '<i class="dot zero"></i>class 0', false)}
      ${choice("label", "1", '<i class="dot one"></i>class 1', true)}</fieldset>
    <fieldset class="choices" data-choice="mode"><legend>Click</legend>
      ${choice("mode", "edit", "add, flip, drag", true)}${choice("mode", "delete", "delete", false)}
      ${choice("mode", "look", "look", false)}</fieldset>
    ${press("undo", "Undo", "Undo (Ctrl+Z)", arrow(UNDO))}
    ${press("redo", "Redo", "Redo (Ctrl+Y)", arrow(REDO))}
    ${press("reset", "Back to the preset", "The points as they were before all edits", "Back to the preset")}
    <span class="actions" data-place="editor"></span>
  </div>`;

/** Wire the editing tools, and the plane that can be edited. */
export function wireEditing(stage) {
  stage.mode = "edit";
  stage.label = 1;
  const editor = stage.root.querySelector(".editor");
  for (const input of editor.querySelectorAll("input")) {
    // names of radio buttons are shared by a document; two stages on a page must not share them
    input.name = `${input.name}-${stage.id}`;
    input.addEventListener("change", () => {
      if (input.closest("fieldset").dataset.choice === "label") stage.label = Number(input.value);
      else stage.mode = input.value;
      showEditing(stage);
    });
  }
  for (const element of editor.querySelectorAll("[data-edit]")) {
    element.addEventListener("click", () => send(stage, { op: element.dataset.edit }));
  }
}

/** Let the tools say what can be done. */
export function showEditing(stage) {
  const { editable, can, click } = stage.header;
  const edits = editable !== null && click === "edit";
  stage.root.querySelector(".editor").hidden = !edits;
  for (const part of stage.root.querySelectorAll(".for-editing")) part.hidden = !edits;
  const flips = stage.root.querySelector(".for-flipping");
  flips.hidden = editable === null || click !== "flip";
  if (!flips.hidden) flips.querySelector("dt").textContent = `Plane ${stage.runs[editable].name}`;
  for (const name of ["undo", "redo", "reset"]) {
    stage.root.querySelector(`[data-edit="${name}"]`).disabled = !can[name];
  }
  stage.body.dataset.mode = stage.mode;
  const chart = stage.editedChart();
  if (chart) stage.body.dataset.points = String(stage.pointsOf(chart).y.length);
  else stage.body.dataset.points = String(stage.runs[0].points.y.length);
}

/** Show an edit at once and send it. */
export function send(stage, edit) {
  const chart = stage.editedChart();
  if (!chart) return;
  if (["undo", "redo", "reset"].includes(edit.op)) {
    flushNudges(stage, chart);
    select(stage, chart, -1); // the points may stand in another order then
  }
  const points = stage.pointsOf(chart);
  if (edit.op === "add" && points.y.length >= MOST_POINTS) {
    return stage.say(`There are ${formatCount(MOST_POINTS)} points, and no room for more.`);
  }
  if (edit.op === "delete" && points.y.length === 1) {
    return stage.say("The last point stays: a run needs at least one.");
  }
  if (edit.op === "delete") select(stage, chart, -1);
  stage.say("");
  stage.outbox.push("edit", edit);
  chart.points = applyEdit(points, edit);
  showEditing(stage);
  placeRing(stage, chart);
  // Plotly takes 20 milliseconds, and the edit should be on its way to Python before that
  if (["add", "move", "flip", "delete"].includes(edit.op)) {
    const start = (done) => requestAnimationFrame(() => setTimeout(() => done(movePoints(stage, chart))));
    stage.agenda.during(new Promise(start));
  }
}

/** Put the edits that Python has not answered yet on top of the points it sent. */
export function replayWaiting(stage) {
  const chart = stage.editedChart();
  for (const each of stage.charts) each.points = null;
  if (!chart) return;
  const sent = stage.pointsOf(chart);
  const here = [...stage.outbox.edits, ...(chart.nudged ? [chart.nudged] : [])];
  chart.points = here.reduce(applyEdit, sent);
  if (chart.selected >= chart.points.y.length) chart.selected = -1;
}

// ---------------------------------------------------------------- mouse and touch

/** Listen to a plane. Plotly pans it; presses on a point are taken before Plotly sees them. */
export function wirePlane(stage, chart) {
  chart.selected = -1;
  const { box } = chart;
  box.addEventListener("pointerdown", (event) => onPress(stage, chart, event), true);
  box.addEventListener("mousedown", (event) => chart.grab && chart.grab.taken && event.stopPropagation(), true);
  box.addEventListener("pointermove", (event) => showHit(stage, chart, event));
  box.addEventListener("keydown", (event) => onPlaneKey(stage, chart, event));
  box.addEventListener("focus", () => placeRing(stage, chart));
}

function canEdit(stage, chart) {
  return stage.editedChart() === chart && stage.mode !== "look" && Boolean(chart.plot._fullLayout);
}

function hit(stage, chart, event) {
  const area = new PlotArea(chart.plot);
  const [px, py] = placeIn(chart, event);
  const inside = area.holds(px, py);
  const reach = REACH[event.pointerType] || REACH.mouse;
  const index = inside ? pointAt(area, stage.pointsOf(chart).X, px, py, reach) : -1;
  return { area, px, py, inside, index };
}

function showHit(stage, chart, event) {
  if (chart.grab || event.pointerType === "touch") return;
  chart.box.dataset.over = String(canEdit(stage, chart) && hit(stage, chart, event).index >= 0);
}

function onPress(stage, chart, event) {
  chart.grab = null;
  if (!canEdit(stage, chart) || event.button !== 0 || !event.isPrimary) return;
  if (isOnToolbar(event)) return;
  const where = hit(stage, chart, event);
  if (!where.inside) return;
  chart.box.focus({ preventScroll: true });
  const grab = { ...where, x: event.clientX, y: event.clientY, taken: where.index >= 0, moved: false };
  chart.grab = grab;
  // the end may come anywhere: Plotly lays a sheet of its own over the page while it pans
  const move = (e) => onDrag(stage, chart, grab, e);
  const done = (e) => {
    window.removeEventListener("pointermove", move, true);
    window.removeEventListener("pointerup", done, true);
    window.removeEventListener("pointercancel", done, true);
    chart.grab = null;
    if (e.type === "pointerup") onRelease(stage, chart, grab, e);
    else if (grab.moved && grab.taken) undoDrag(stage, chart, grab);
  };
  window.addEventListener("pointermove", move, true);
  window.addEventListener("pointerup", done, true);
  window.addEventListener("pointercancel", done, true);
}

function onDrag(stage, chart, grab, event) {
  if (Math.hypot(event.clientX - grab.x, event.clientY - grab.y) >= (CLICK[event.pointerType] || CLICK.mouse)) grab.moved = true;
  if (!grab.moved || !grab.taken || stage.mode !== "edit") return;
  if (!grab.before) grab.before = stage.pointsOf(chart);
  const [x, y] = target(chart, grab, event);
  chart.points = applyEdit(grab.before, { op: "move", index: grab.index, x, y });
  if (grab.drawing) return;
  grab.drawing = requestAnimationFrame(() => {
    grab.drawing = 0;
    movePoints(stage, chart);
    placeRing(stage, chart);
  });
}

// Where a dragged point goes: it keeps its distance from the pointer, and stays in the window.
function target(chart, grab, event) {
  const { area } = grab;
  const held = (value, low, size) => Math.min(Math.max(value, low), low + size);
  const place = placeIn(chart, event);
  const px = held(place[0], area.left, area.width);
  const py = held(place[1], area.top, area.height);
  const from = area.toData(grab.px, grab.py);
  const to = area.toData(px, py);
  const X = (grab.before || {}).X;
  return X ? [X[2 * grab.index] + to[0] - from[0], X[2 * grab.index + 1] + to[1] - from[1]] : to;
}

function undoDrag(stage, chart, grab) {
  if (!grab.before) return;
  chart.points = grab.before;
  movePoints(stage, chart);
}

function onRelease(stage, chart, grab, event) {
  cancelAnimationFrame(grab.drawing);
  if (grab.moved) {
    if (!grab.taken || !grab.before) return; // the plane was panned
    const [x, y] = target(chart, grab, event);
    chart.points = grab.before;
    return send(stage, { op: "move", index: grab.index, x, y });
  }
  if (stage.mode === "flip" && (!grab.taken || event.altKey)) return undefined;
  if (grab.taken && (event.altKey || stage.mode === "delete")) return send(stage, { op: "delete", index: grab.index });
  if (grab.taken) {
    select(stage, chart, -1);
    return send(stage, { op: "flip", index: grab.index });
  }
  if (event.altKey || stage.mode === "delete") return undefined;
  const [x, y] = grab.area.toData(grab.px, grab.py);
  return send(stage, { op: "add", x, y, label: event.shiftKey ? 1 - stage.label : stage.label });
}

// ---------------------------------------------------------------- keys

/** Undo or redo, if that is what the key says. */
export function undoByKey(stage, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
  if (stage.header.editable === null || stage.header.click !== "edit") return;
  const key = event.key.toLowerCase();
  const op = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  if (!op) return;
  event.preventDefault();
  event.stopPropagation();
  if (stage.header.can[op] || (op === "undo" && stage.outbox.edits.length)) send(stage, { op });
}

function onPlaneKey(stage, chart, event) {
  if (event.composedPath()[0] !== chart.box || !canEdit(stage, chart)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const done = planeAction(stage, chart, event, stage.mode === "flip");
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function planeAction(stage, chart, event, onlyFlips) {
  const { X } = stage.pointsOf(chart);
  const chosen = chart.selected >= 0;
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) {
    if (chosen && !onlyFlips) nudge(stage, chart, arrow);
    return true;
  }
  if (arrow) {
    select(stage, chart, chosen ? nextPoint(X, chart.selected, arrow) : 0);
    return true;
  }
  if (event.key === "Escape" && chosen) {
    select(stage, chart, -1);
    return true;
  }
  if (!onlyFlips && (event.key.toLowerCase() === "a" || event.key === "Insert")) {
    const [xmin, xmax, ymin, ymax] = new PlotArea(chart.plot).window;
    const label = event.shiftKey ? 1 - stage.label : stage.label;
    flushNudges(stage, chart);
    send(stage, { op: "add", x: (xmin + xmax) / 2, y: (ymin + ymax) / 2, label });
    select(stage, chart, stage.pointsOf(chart).y.length - 1);
    return true;
  }
  if (!chosen) return false;
  if (event.key.toLowerCase() === "f" || event.key === "Enter") {
    flushNudges(stage, chart);
    send(stage, { op: "flip", index: chart.selected });
    announce(stage, chart);
    return true;
  }
  if (!onlyFlips && (event.key === "Delete" || event.key === "Backspace")) {
    flushNudges(stage, chart);
    send(stage, { op: "delete", index: chart.selected });
    return true;
  }
  return false;
}

// Several presses of an arrow are one move: it is sent when the keys have rested.
function nudge(stage, chart, [dx, dy]) {
  const [xmin, xmax, ymin, ymax] = new PlotArea(chart.plot).window;
  const before = stage.pointsOf(chart);
  const index = chart.selected;
  const x = before.X[2 * index] + dx * NUDGE * (xmax - xmin);
  const y = before.X[2 * index + 1] + dy * NUDGE * (ymax - ymin);
  chart.nudged = { op: "move", index, x, y };
  chart.points = applyEdit(before, chart.nudged);
  movePoints(stage, chart);
  placeRing(stage, chart);
  stage.agenda.later("nudge", SEND_NUDGES_AFTER, () => flushNudges(stage, chart));
}

function flushNudges(stage, chart) {
  stage.agenda.drop("nudge");
  if (!chart.nudged) return;
  const edit = chart.nudged;
  chart.nudged = null;
  send(stage, edit);
  announce(stage, chart);
}

function select(stage, chart, index) {
  if (chart.nudged) flushNudges(stage, chart);
  chart.selected = index;
  placeRing(stage, chart);
  announce(stage, chart);
}

function announce(stage, chart) {
  if (chart.selected < 0) return;
  const { X, y } = stage.pointsOf(chart);
  const i = chart.selected;
  const place = `(${formatNumber(X[2 * i])}, ${formatNumber(X[2 * i + 1])})`;
  stage.say(`Point ${i + 1} of ${y.length}: ${place}, class ${y[i]}`);
}

/** Put the ring around the selected point. */
export function placeRing(stage, chart) {
  const { ring } = chart;
  const chosen = stage.editedChart() === chart && chart.selected >= 0 && chart.plot._fullLayout;
  ring.hidden = !chosen;
  if (!chosen) return;
  const { X } = stage.pointsOf(chart);
  const area = new PlotArea(chart.plot);
  const [px, py] = area.toPixels(X[2 * chart.selected], X[2 * chart.selected + 1]);
  ring.hidden = !area.holds(px, py);
  ring.style.transform = `translate(${px}px, ${py}px)`;
}
