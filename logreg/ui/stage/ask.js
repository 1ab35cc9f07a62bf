// Ask anything: where the mouse rests, or a finger taps, on a mark or a term, a small tip says in one sentence what it
// is. The tip takes no click and no key, keeps out of the way of what it speaks of, and goes with the next move.
//
// A tap asks only where it does nothing else: not in a plane whose points it would edit, and not in a chart where it
// leads to a step. There the legend answers (legend.js).

import { marksAt } from "./marks.js";
import { swatch } from "./swatch.js";

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./chart.js").Chart} Chart */
/** @typedef {HTMLElement & {showPopover?: () => void, hidePopover?: () => void}} Tip */

const RESTS_AFTER = 450; // milliseconds
const LONG_AFTER = 1500; // milliseconds: on colours that are everywhere the mouse may rest for other reasons
const STILL = 8; // pixels that a resting mouse may move, and a tap
const REACH = { mouse: 8, touch: 18 };
const BELOW = 26; // pixels under the pointer
const EDGE = 8; // pixels to the edge of the window

export class Ask {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.tip = /** @type {Tip} */ (document.createElement("div"));
    Object.assign(this.tip, { className: "tip", hidden: true }).setAttribute("role", "tooltip");
    this.tip.setAttribute("popover", "manual"); // over everything, and placed in the window
    this.tip.dataset.testid = "tip";
    stage.body.append(this.tip);
    this.timer = 0;
    this.last = [0, 0]; // where the mouse rests, or a press began
    const heard = { capture: true, passive: true, signal: stage.leaving.signal };
    document.addEventListener("pointermove", (event) => this.onMove(event), heard);
    document.addEventListener("pointerdown", (event) => this.onPress(event), heard);
    document.addEventListener("pointerup", (event) => this.onTap(event), heard);
    for (const name of ["keydown", "scroll", "wheel"]) document.addEventListener(name, () => this.hide(), heard);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (event.pointerType === "touch" || event.buttons || (!this.tip.hidden && this.isStill(event))) return;
    this.hide();
    this.last = [event.clientX, event.clientY];
    const path = event.composedPath(); // it is known only now
    this.timer = window.setTimeout(() => this.onRest(event, path), RESTS_AFTER);
  }

  /** @param {PointerEvent} event @param {EventTarget[]} path */
  onRest(event, path) {
    const { text, isEverywhere } = this.answer(event, path, REACH.mouse);
    if (!isEverywhere) return this.show(text, event);
    this.timer = window.setTimeout(() => this.show(text, event), LONG_AFTER - RESTS_AFTER);
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    this.hide();
    this.last = [event.clientX, event.clientY];
  }

  /** @param {PointerEvent} event */
  onTap(event) {
    const path = event.composedPath();
    const chart = this.chartOf(path);
    const isFree = !chart || (event.pointerType === "touch" && !chart.isClicked);
    if (!isFree || !this.isStill(event)) return;
    const { text, isEverywhere } = this.answer(event, path, REACH.touch);
    if (!isEverywhere) this.show(text, event);
  }

  /** @param {PointerEvent} event */
  isStill({ clientX, clientY }) {
    return Math.hypot(clientX - this.last[0], clientY - this.last[1]) < STILL;
  }

  /** @param {EventTarget[]} path @returns {Chart|undefined} */
  chartOf(path) {
    return this.stage.charts.all.find(({ box, isDrawn }) => isDrawn && path.includes(box));
  }

  /**
   * Return what the tip says of a place, as HTML: "" for nothing.
   * @param {PointerEvent} event @param {EventTarget[]} path @param {number} reach
   */
  answer(event, path, reach) {
    const chart = this.chartOf(path);
    const { words } = this.stage;
    const terms = chart ? words.inChart(chart, event.clientX, event.clientY) : words.at(event.clientX, event.clientY);
    const marks = chart && !terms.length ? marksAt(chart, chart.placeOf(event), reach) : [];
    const lines = [
      ...terms.map(({ term, says }) => `<p><b>${term}</b> ${says}</p>`),
      ...marks.map(({ look, says }) => `<p>${swatch(look)} ${says}</p>`),
    ];
    return { text: lines.join(""), isEverywhere: marks.some((mark) => mark.isEverywhere) };
  }

  /** @param {string} text @param {PointerEvent} event */
  show(text, { clientX, clientY }) {
    if (!text || this.stage.playing || this.stage.isGone) return;
    const { tip } = this;
    tip.innerHTML = text;
    tip.hidden = false;
    tip.showPopover?.();
    const { width, height } = tip.getBoundingClientRect();
    const [above, below] = this.around(clientY);
    const hasRoom = below + height + EDGE < window.innerHeight;
    const left = Math.min(clientX + EDGE, window.innerWidth - width - EDGE);
    tip.style.left = `${Math.max(left, EDGE)}px`;
    tip.style.top = `${hasRoom ? below : Math.max(above - height, EDGE)}px`;
  }

  /**
   * Return the ends of what the tip must not cover: the pointer, and what Plotly says there.
   * @param {number} y of the pointer
   */
  around(y) {
    const labels = Array.from(this.stage.all(".hoverlayer .hovertext"), (label) => label.getBoundingClientRect());
    const tops = labels.map(({ top }) => top - EDGE);
    return [Math.min(y - BELOW, ...tops), Math.max(y + BELOW, ...labels.map(({ bottom }) => bottom + EDGE))];
  }

  hide() {
    clearTimeout(this.timer);
    if (this.tip.hidden) return;
    this.tip.hidePopover?.();
    this.tip.hidden = true;
  }
}
