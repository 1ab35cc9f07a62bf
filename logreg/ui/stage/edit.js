// Editing the points of a plane: by mouse, by touch, by keys. Every edit shows at once and goes to Python, whose
// answer (verdict, new run, new curves) then replaces it.

import { isOnToolbar, onceReleased } from "./chart.js";
import { nextPoint, PlotArea, pointAt } from "./geometry.js";
import { formatCount, formatNumber } from "./numbers.js";
import { applyEdit, MOST_POINTS } from "./state.js";

/** @typedef {import("./contract.js").Edit} Edit */
/** @typedef {import("./contract.js").Move} Move */
/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./geometry.js").Pair} Pair */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./stage.js").Stage} Stage */

/**
 * A press under way.
 * @typedef {object} Grab
 * @property {PointerEvent} press
 * @property {PlotArea} area as it was then
 * @property {number} px where it is in the chart
 * @property {number} py
 * @property {number} index the point there, or -1
 * @property {boolean} taken whether it is on a point
 * @property {boolean} moved whether it is a drag by now
 * @property {number} frame in which the dragged point is drawn next
 * @property {Points|null} before the points before the drag
 */

/** @type {{[pointer: string]: number}} pixels: a press that moved less is a click */
const CLICK = { mouse: 4, pen: 6, touch: 10 };
/** @type {{[pointer: string]: number}} pixels from a point that still hit it */
const REACH = { mouse: 11, pen: 14, touch: 22 };
const NUDGE = 0.01; // of the window, for one press of Shift and an arrow
const SEND_NUDGES_AFTER = 350; // milliseconds

/** @type {{[key: string]: Pair}} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const UNDO = "M7 3 2 8l5 5V9.5h6a2.75 2.75 0 0 1 0 5.5H9v2.5h4A5.25 5.25 0 0 0 13 7H7z";
const REDO = "M13 3l5 5-5 5V9.5H7A2.75 2.75 0 0 0 7 15h4v2.5H7A5.25 5.25 0 0 1 7 7h6z";

/** @param {string} name @param {string} label @param {string} title @param {string} text */
const press = (name, label, title, text) =>
  `<button type="button" class="button" data-edit="${name}" aria-label="${label}" title="${title}">${text}</button>`;

/** @param {string} path */
const arrow = (path) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;

/** @param {string} group @param {string} value @param {string} text @param {boolean} checked */
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

/** @type {("undo"|"redo"|"reset")[]} */
const HISTORY = ["undo", "redo", "reset"];

/** The editing tools of a stage. The plane that is edited keeps what is under way on it. */
export class Editor {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.row = stage.find(".editor");
    /** @type {"edit"|"delete"|"look"|"flip"} what a click on the plane does */
    this.mode = "edit";
    this.label = 1; // of a new point
    for (const input of this.row.querySelectorAll("input")) {
      // names of radio buttons are shared by a document; two stages on a page must not share them
      input.name = `${input.name}-${stage.id}`;
      input.addEventListener("change", () => this.choose(input));
    }
    for (const op of HISTORY) this.button(op).addEventListener("click", () => this.send({ op }));
  }

  /** @param {string} op */
  button(op) {
    return this.stage.find(`[data-edit="${op}"]`);
  }

  /** @param {HTMLInputElement} input */
  choose({ name, value }) {
    if (name.startsWith("label")) this.label = Number(value);
    else this.mode = /** @type {"edit"|"delete"|"look"} */ (value);
    this.show();
  }

  get plane() {
    return this.stage.charts.edited;
  }

  /** Let the tools say what can be done. */
  show() {
    const { editable, can, click } = this.stage.header;
    const edits = editable !== null && click === "edit";
    if (click === "flip") this.mode = "flip";
    this.row.hidden = !edits;
    for (const part of this.stage.all(".for-editing")) part.hidden = !edits;
    const flips = this.stage.find(".for-flipping");
    flips.hidden = editable === null || click !== "flip";
    if (editable !== null) flips.children[0].textContent = `Plane ${this.stage.runs[editable].name}`;
    for (const op of HISTORY) this.button(op).toggleAttribute("disabled", !can[op]);
    const points = this.plane ? this.plane.points : this.stage.runs[0]?.points;
    Object.assign(this.stage.body.dataset, { mode: this.mode, points: points ? points.y.length : 0 });
  }

  /**
   * Show an edit at once and send it.
   * @param {Edit} edit
   */
  send(edit) {
    const { plane, stage } = this;
    if (!plane) return;
    const isChange = edit.op === "add" || edit.op === "flip" || edit.op === "move" || edit.op === "delete";
    if (!isChange) this.select(-1); // the points may stand in another order then
    const { points } = plane;
    if (edit.op === "add" && points.y.length >= MOST_POINTS) {
      return stage.say(`There are ${formatCount(MOST_POINTS)} points, and no room for more.`);
    }
    if (edit.op === "delete" && points.y.length === 1) {
      return stage.say("The last point stays: a run needs at least one.");
    }
    if (edit.op === "delete") this.select(-1);
    stage.say("");
    stage.outbox.push({ kind: "edit", message: edit });
    plane.edited = applyEdit(points, edit);
    this.show();
    plane.placeRing();
    if (!isChange) return;
    // Plotly takes 20 milliseconds, and the edit should be on its way to Python before that
    /** @param {(moved: Promise<boolean>) => void} done */
    const move = (done) => requestAnimationFrame(() => setTimeout(() => done(plane.movePoints())));
    stage.agenda.during(new Promise(move));
  }

  /** Put the edits that Python has not answered yet on top of the points it sent. */
  replayWaiting() {
    for (const each of this.stage.charts.planes) each.edited = null;
    const { plane } = this;
    if (!plane) return;
    const waiting = [...this.stage.outbox.edits, ...(plane.nudged ? [plane.nudged] : [])];
    plane.edited = waiting.reduce(applyEdit, plane.points);
    if (plane.selected >= plane.points.y.length) plane.selected = -1;
  }

  // ---------------------------------------------------------------- mouse and touch

  /**
   * Listen to a plane. Plotly pans it; presses on a point are taken before Plotly sees them.
   * @param {Plane} plane
   */
  listenTo(plane) {
    const { box } = plane;
    box.addEventListener("pointerdown", (event) => this.onPress(plane, event), true);
    box.addEventListener("mousedown", (event) => plane.isGrabbed && event.stopPropagation(), true);
    box.addEventListener("pointermove", (event) => this.showHit(plane, event));
    box.addEventListener("keydown", (event) => this.onKey(plane, event));
    box.addEventListener("focus", () => plane.placeRing());
  }

  /** @param {Plane} plane */
  canEdit(plane) {
    return this.plane === plane && this.mode !== "look" && plane.isDrawn;
  }

  /** @param {Plane} plane @param {PointerEvent} event */
  hit(plane, event) {
    const area = new PlotArea(plane.plot);
    const [px, py] = plane.placeOf(event);
    const inside = area.holds(px, py);
    const reach = REACH[event.pointerType] || REACH.mouse;
    return { area, px, py, inside, index: inside ? pointAt(area, plane.points.X, px, py, reach) : -1 };
  }

  /** @param {Plane} plane @param {PointerEvent} event */
  showHit(plane, event) {
    if (plane.grab || event.pointerType === "touch") return;
    plane.box.dataset.over = String(this.canEdit(plane) && this.hit(plane, event).index >= 0);
  }

  /** @param {Plane} plane @param {PointerEvent} event */
  onPress(plane, event) {
    plane.grab = null;
    if (!this.canEdit(plane) || event.button !== 0 || !event.isPrimary || isOnToolbar(event)) return;
    const { inside, ...where } = this.hit(plane, event);
    if (!inside) return;
    plane.box.focus({ preventScroll: true });
    /** @type {Grab} */
    const grab = { ...where, press: event, taken: where.index >= 0, moved: false, frame: 0, before: null };
    plane.grab = grab;
    /** @param {PointerEvent} end */
    const onEnd = (end) => {
      plane.grab = null;
      cancelAnimationFrame(grab.frame);
      if (end.type === "pointerup") this.onRelease(plane, grab, end);
      else if (grab.before) this.putBack(plane, grab.before);
    };
    onceReleased(onEnd, (move) => this.onDrag(plane, grab, move));
  }

  /** @param {Plane} plane @param {Grab} grab @param {PointerEvent} event */
  onDrag(plane, grab, event) {
    const path = Math.hypot(event.clientX - grab.press.clientX, event.clientY - grab.press.clientY);
    if (path >= (CLICK[event.pointerType] || CLICK.mouse)) grab.moved = true;
    if (!grab.moved || !grab.taken || this.mode !== "edit") return;
    grab.before ??= plane.points;
    plane.edited = applyEdit(grab.before, dragged(plane, grab, grab.before, event));
    grab.frame ||= requestAnimationFrame(() => {
      grab.frame = 0;
      plane.movePoints();
      plane.placeRing();
    });
  }

  /** @param {Plane} plane @param {Points} points */
  putBack(plane, points) {
    plane.edited = points;
    plane.movePoints();
  }

  /** @param {Plane} plane @param {Grab} grab @param {PointerEvent} event */
  onRelease(plane, grab, event) {
    const { index, taken, moved, before, area, px, py } = grab;
    if (moved) {
      if (!before) return; // the plane was panned
      plane.edited = before;
      return this.send(dragged(plane, grab, before, event));
    }
    const deletes = event.altKey || this.mode === "delete";
    if (this.mode === "flip" && (!taken || deletes)) return;
    if (taken && deletes) return this.send({ op: "delete", index });
    if (taken) {
      this.select(-1);
      return this.send({ op: "flip", index });
    }
    if (deletes) return;
    const [x, y] = area.toData(px, py);
    this.send({ op: "add", x, y, label: this.labelFor(event) });
  }

  /** @param {MouseEvent|KeyboardEvent} event */
  labelFor({ shiftKey }) {
    return shiftKey ? 1 - this.label : this.label;
  }

  // ---------------------------------------------------------------- keys

  /**
   * Undo or redo, if that is what the key says.
   * @param {KeyboardEvent} event
   */
  undoByKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    const { editable, click, can } = this.stage.header;
    if (editable === null || click !== "edit") return;
    const key = event.key.toLowerCase();
    const op = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (!op) return;
    take(event);
    if (can[op] || (op === "undo" && this.stage.outbox.edits.length)) this.send({ op });
  }

  /** @param {Plane} plane @param {KeyboardEvent} event */
  onKey(plane, event) {
    if (event.composedPath()[0] !== plane.box || !this.canEdit(plane)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.moveOf(plane, event) || this.editOf(plane, event);
    if (!action) return;
    take(event);
    action();
  }

  /**
   * Return what a key does to the selection, or to the place of the selected point.
   * @param {Plane} plane @param {KeyboardEvent} event
   */
  moveOf(plane, { key, shiftKey }) {
    const { selected, points } = plane;
    const direction = ARROWS[key];
    if (direction && shiftKey) return () => this.mode !== "flip" && selected >= 0 && this.nudge(plane, direction);
    if (direction) return () => this.select(selected < 0 ? 0 : nextPoint(points.X, selected, direction));
    return key === "Escape" && selected >= 0 ? () => this.select(-1) : null;
  }

  /**
   * Return what a key does to the points.
   * @param {Plane} plane @param {KeyboardEvent} event
   */
  editOf(plane, event) {
    const key = event.key.toLowerCase();
    const onlyFlips = this.mode === "flip";
    if (!onlyFlips && (key === "a" || key === "insert")) return () => this.addInTheMiddle(plane, this.labelFor(event));
    if (plane.selected < 0) return null;
    if (key === "f" || key === "enter") return () => this.change("flip");
    return !onlyFlips && (key === "delete" || key === "backspace") ? () => this.change("delete") : null;
  }

  /**
   * Change the selected point.
   * @param {"flip"|"delete"} op
   */
  change(op) {
    this.flushNudges();
    if (this.plane) this.send({ op, index: this.plane.selected });
    this.announce();
  }

  /** @param {Plane} plane @param {number} label */
  addInTheMiddle(plane, label) {
    const [xmin, xmax, ymin, ymax] = plane.window;
    this.flushNudges();
    this.send({ op: "add", x: (xmin + xmax) / 2, y: (ymin + ymax) / 2, label });
    this.select(plane.points.y.length - 1);
  }

  /**
   * Several presses of an arrow are one move: it is sent when the keys have rested.
   * @param {Plane} plane @param {Pair} direction
   */
  nudge(plane, [dx, dy]) {
    const [xmin, xmax, ymin, ymax] = plane.window;
    const { points, selected: index } = plane;
    const x = points.X[2 * index] + dx * NUDGE * (xmax - xmin);
    const y = points.X[2 * index + 1] + dy * NUDGE * (ymax - ymin);
    plane.nudged = { op: "move", index, x, y };
    plane.edited = applyEdit(points, plane.nudged);
    plane.movePoints();
    plane.placeRing();
    this.stage.agenda.later("nudge", SEND_NUDGES_AFTER, () => this.flushNudges());
  }

  flushNudges() {
    this.stage.agenda.drop("nudge");
    const edit = this.plane?.nudged;
    if (!this.plane || !edit) return;
    this.plane.nudged = null;
    this.send(edit);
    this.announce();
  }

  /** @param {number} index a point, or -1 */
  select(index) {
    this.flushNudges();
    if (!this.plane) return;
    this.plane.selected = index;
    this.plane.placeRing();
    this.announce();
  }

  announce() {
    const { plane } = this;
    if (!plane || plane.selected < 0) return;
    const i = plane.selected;
    const { X, y } = plane.points;
    const place = `(${formatNumber(X[2 * i])}, ${formatNumber(X[2 * i + 1])})`;
    this.stage.say(`Point ${i + 1} of ${y.length}: ${place}, class ${y[i]}`);
  }
}

/**
 * Return where a dragged point goes: it keeps its distance from the pointer, and stays in the window.
 * @param {Plane} plane @param {Grab} grab @param {Points} before @param {PointerEvent} event
 * @returns {Move}
 */
function dragged(plane, { area, px, py, index }, { X }, event) {
  /** @param {number} value @param {number} low @param {number} size */
  const held = (value, low, size) => Math.min(Math.max(value, low), low + size);
  const place = plane.placeOf(event);
  const from = area.toData(px, py);
  const to = area.toData(held(place[0], area.left, area.width), held(place[1], area.top, area.height));
  return { op: "move", index, x: X[2 * index] + to[0] - from[0], y: X[2 * index + 1] + to[1] - from[1] };
}

/** @param {KeyboardEvent} event */
function take(event) {
  event.preventDefault();
  event.stopPropagation();
}
