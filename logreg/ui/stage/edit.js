// Editing the points of a plane. Every edit shows at once and goes to Python, whose answer (verdict, new run, new curves)
// then replaces it. edit_by_pointer.js and edit_by_keys.js say what is edited, edit_row.js what the tools look like.

import { KeyEditor } from "./edit_by_keys.js";
import { PointEditor } from "./edit_by_pointer.js";
import { formatCount, formatNumber } from "./numbers.js";
import { applyEdit, MOST_POINTS } from "./state.js";

/** @typedef {import("./contract.js").Edit} Edit */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./stage.js").Stage} Stage */

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
    this.pointer = new PointEditor(this);
    this.keys = new KeyEditor(this);
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
    const { points, grab } = plane;
    if (grab?.taken && edit.op !== "move") return; // the point that is held might get another number
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
    const unsent = [plane.nudged, plane.grab?.move].flatMap((move) => move || []);
    plane.edited = [...this.stage.outbox.edits, ...unsent].reduce(applyEdit, plane.points);
    if (plane.selected >= plane.points.y.length) plane.selected = -1;
  }

  /**
   * Listen to a plane.
   * @param {Plane} plane
   */
  listenTo(plane) {
    this.pointer.listenTo(plane);
    plane.box.addEventListener("keydown", (event) => this.keys.onKey(plane, event));
    plane.box.addEventListener("focus", () => plane.placeRing());
  }

  /** @param {Plane} plane */
  canEdit(plane) {
    return this.plane === plane && this.mode !== "look" && plane.isDrawn;
  }

  /** @param {MouseEvent|KeyboardEvent} event */
  labelFor({ shiftKey }) {
    return shiftKey ? 1 - this.label : this.label;
  }

  /** @param {number} index a point, or -1 */
  select(index) {
    this.keys.flushNudges();
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
