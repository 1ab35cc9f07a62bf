// Editing the points of a plane by mouse, pen and finger.

import { Follower } from "./edit_follow.js";
import { PlotArea, pointAt } from "./geometry.js";
import { isOnToolbar, isUnderMenu, onceReleased } from "./press.js";
import { applyEdit } from "./state.js";

/** @typedef {import("./contract.js").Move} Move */
/** @typedef {import("./edit.js").Editor} Editor */
/** @typedef {import("./geometry.js").Pair} Pair */
/** @typedef {import("./plane.js").Plane} Plane */

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
 * @property {number[]} size of the chart then
 * @property {boolean} isLost whether the chart has got another size: then nothing can be put down any more
 * @property {number} frame in which the dragged point is drawn next
 * @property {number} drag by which Python knows the moves of this drag
 * @property {Pair} from where the point was, as data
 * @property {Move|null} move where it is now
 * @property {Move|null} told where Python last heard that it is
 * @property {() => void} breakOff ends it, and a drag where it began
 */

/** @type {{[pointer: string]: number}} pixels: a press that moved less is a click */
const CLICK = { mouse: 4, pen: 6, touch: 10 };
/** @type {{[pointer: string]: number}} pixels from a point that still hit it */
const REACH = { mouse: 11, pen: 14, touch: 22 };

export class PointEditor {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.follower = new Follower(editor.stage);
  }

  /**
   * Listen to a plane. Plotly pans it; presses on a point are taken before Plotly sees them.
   * @param {Plane} plane
   */
  listenTo(plane) {
    const { box } = plane;
    box.addEventListener("pointerdown", (event) => this.onPress(plane, event), true);
    box.addEventListener("mousedown", (event) => plane.isGrabbed && event.stopPropagation(), true);
    box.addEventListener("pointermove", (event) => this.showHit(plane, event));
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
    plane.box.dataset.over = String(this.editor.canEdit(plane) && this.hit(plane, event).index >= 0);
  }

  /** @param {Plane} plane @param {PointerEvent} event */
  onPress(plane, event) {
    if (!event.isPrimary) return;
    plane.grab = null;
    if (!this.editor.canEdit(plane) || event.button !== 0 || isOnToolbar(event) || isUnderMenu(plane.box)) return;
    const { inside, ...where } = this.hit(plane, event);
    if (!inside) return;
    plane.box.focus({ preventScroll: true });
    const { X } = plane.points;
    /** @type {Pair} */
    const from = [X[2 * where.index], X[2 * where.index + 1]];
    const taken = where.index >= 0;
    /** @type {Grab} */
    const grab = {
      ...where, press: event, taken, moved: false, size: plane.sizeNow, isLost: false, frame: 0, drag: Date.now(), from,
      move: null, told: null, breakOff: () => {},
    };
    plane.grab = grab;
    if (taken) this.editor.stage.charts.isHeld = false; // Plotly has no part in it
    /** @param {PointerEvent} end */
    const onEnd = (end) => {
      plane.grab = null;
      cancelAnimationFrame(grab.frame);
      this.follower.stop();
      if (end.type === "pointerup" && !hasLostHold(plane, grab)) this.onRelease(plane, grab, end);
      else if (grab.move) this.putBack(plane, grab);
    };
    grab.breakOff = onceReleased(onEnd, (move) => this.onDrag(plane, grab, move));
  }

  /** @param {Plane} plane @param {Grab} grab @param {PointerEvent} event */
  onDrag(plane, grab, event) {
    const path = Math.hypot(event.clientX - grab.press.clientX, event.clientY - grab.press.clientY);
    if (path >= (CLICK[event.pointerType] || CLICK.mouse)) grab.moved = true;
    if (!grab.moved || !grab.taken || hasLostHold(plane, grab) || this.editor.mode !== "edit") return;
    grab.move = dragged(plane, grab, event);
    plane.edited = applyEdit(plane.points, grab.move);
    this.follower.tell(plane);
    grab.frame ||= requestAnimationFrame(() => this.drawDrag(plane, grab));
  }

  /** @param {Plane} plane @param {Grab} grab */
  drawDrag(plane, grab) {
    // what is being drawn would be lost: Plotly draws only the last of two movements
    grab.frame = plane.isDrawing ? requestAnimationFrame(() => this.drawDrag(plane, grab)) : 0;
    if (grab.frame) return;
    plane.movePoints();
    plane.placeRing();
  }

  /** Python has answered. */
  onAnswer() {
    this.follower.answered(this.editor.plane);
  }

  /**
   * A drag that is broken off leaves the point where it was.
   * @param {Plane} plane @param {Grab} grab
   */
  putBack(plane, { index, drag, told, from: [x, y] }) {
    /** @type {Move} */
    const move = { op: "move", index, x, y, drag };
    if (told) return this.editor.send(move);
    plane.edited = applyEdit(plane.points, move);
    plane.movePoints();
  }

  /** @param {Plane} plane @param {Grab} grab @param {PointerEvent} event */
  onRelease(plane, grab, event) {
    const { index, taken, moved, move, area, px, py } = grab;
    if (moved) return move && this.editor.send(dragged(plane, grab, event)); // without one the plane was panned
    const deletes = event.altKey || this.editor.mode === "delete";
    if (this.editor.mode === "flip" && (!taken || deletes)) return;
    if (taken && deletes) return this.editor.send({ op: "delete", index });
    if (taken) {
      this.editor.select(-1);
      return this.editor.send({ op: "flip", index });
    }
    if (deletes) return;
    const [x, y] = area.toData(px, py);
    this.editor.send({ op: "add", x, y, label: this.editor.labelFor(event) });
  }
}

/**
 * Return whether a plane has had another size since it was pressed. What it was drawn for last does not tell: the answer
 * to a drag that is followed may draw it in its new size before anybody hears that it has one.
 * @param {Plane} plane @param {Grab} grab
 */
export function hasLostHold(plane, grab) {
  grab.isLost ||= String(plane.sizeNow) !== String(grab.size);
  return grab.isLost;
}

/**
 * Return where a dragged point goes: it keeps its distance from the pointer, and stays in the window.
 * @param {Plane} plane @param {Grab} grab @param {PointerEvent} event
 * @returns {Move}
 */
function dragged(plane, { area, px, py, index, drag, from: [x, y] }, event) {
  /** @param {number} value @param {number} low @param {number} size */
  const held = (value, low, size) => Math.min(Math.max(value, low), low + size);
  const place = plane.placeOf(event);
  const start = area.toData(px, py);
  const end = area.toData(held(place[0], area.left, area.width), held(place[1], area.top, area.height));
  return { op: "move", index, x: x + end[0] - start[0], y: y + end[1] - start[1], drag };
}
