// Editing the points of a plane by keys.

import { nextPoint } from "./geometry.js";
import { applyEdit } from "./state.js";

/** @typedef {import("./edit.js").Editor} Editor */
/** @typedef {import("./geometry.js").Pair} Pair */
/** @typedef {import("./plane.js").Plane} Plane */

const NUDGE = 0.01; // of the window, for one press of Shift and an arrow
const SEND_NUDGES_AFTER = 350; // milliseconds

/** @type {{[key: string]: Pair}} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class KeyEditor {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /**
   * Undo or redo, if that is what the key says.
   * @param {KeyboardEvent} event
   */
  undoByKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    const { editable, click, can } = this.editor.stage.header;
    if (editable === null || click !== "edit") return;
    const key = event.key.toLowerCase();
    const op = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (!op) return;
    take(event);
    if (can[op] || (op === "undo" && this.editor.stage.outbox.edits.length)) this.editor.send({ op });
  }

  /** @param {Plane} plane @param {KeyboardEvent} event */
  onKey(plane, event) {
    if (event.composedPath()[0] !== plane.box || !this.editor.canEdit(plane)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { grab } = plane;
    const ends = grab?.move && event.key === "Escape" ? grab.breakOff : null;
    const action = grab?.taken ? ends : this.moveOf(plane, event) || this.editOf(plane, event);
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
    if (direction && shiftKey) return () => this.editor.mode !== "flip" && selected >= 0 && this.nudge(plane, direction);
    if (direction) return () => this.editor.select(selected < 0 ? 0 : nextPoint(points.X, selected, direction));
    return key === "Escape" && selected >= 0 ? () => this.editor.select(-1) : null;
  }

  /**
   * Return what a key does to the points.
   * @param {Plane} plane @param {KeyboardEvent} event
   */
  editOf(plane, event) {
    const key = event.key.toLowerCase();
    const onlyFlips = this.editor.mode === "flip";
    if (!onlyFlips && (key === "a" || key === "insert")) return () => this.addInTheMiddle(plane, this.editor.labelFor(event));
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
    if (this.editor.plane) this.editor.send({ op, index: this.editor.plane.selected });
    this.editor.announce();
  }

  /** @param {Plane} plane @param {number} label */
  addInTheMiddle(plane, label) {
    const [xmin, xmax, ymin, ymax] = plane.window;
    this.flushNudges();
    this.editor.send({ op: "add", x: (xmin + xmax) / 2, y: (ymin + ymax) / 2, label });
    this.editor.select(plane.points.y.length - 1);
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
    this.editor.stage.agenda.later("nudge", SEND_NUDGES_AFTER, () => this.flushNudges());
  }

  flushNudges() {
    this.editor.stage.agenda.drop("nudge");
    const edit = this.editor.plane?.nudged;
    if (!this.editor.plane || !edit) return;
    this.editor.plane.nudged = null;
    this.editor.send(edit);
    this.editor.announce();
  }
}

/** @param {KeyboardEvent} event */
function take(event) {
  event.preventDefault();
  event.stopPropagation();
}
