// Editing the points of a plane by mouse, pen and finger.

import { isOnToolbar, onceReleased } from "./chart.js";
import { PlotArea, pointAt } from "./geometry.js";
import { applyEdit } from "./state.js";

/** @typedef {import("./contract.js").Move} Move */
/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./edit.js").Editor} Editor */
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
 * @property {number} frame in which the dragged point is drawn next
 * @property {Points|null} before the points before the drag
 */

/** @type {{[pointer: string]: number}} pixels: a press that moved less is a click */
const CLICK = { mouse: 4, pen: 6, touch: 10 };
/** @type {{[pointer: string]: number}} pixels from a point that still hit it */
const REACH = { mouse: 11, pen: 14, touch: 22 };

export class PointEditor {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
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
    plane.grab = null;
    if (!this.editor.canEdit(plane) || event.button !== 0 || !event.isPrimary || isOnToolbar(event)) return;
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
    if (!grab.moved || !grab.taken || this.editor.mode !== "edit") return;
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
      return this.editor.send(dragged(plane, grab, before, event));
    }
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
