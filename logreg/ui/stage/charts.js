// The charts of a stage: where they stand, and when they are drawn.

import { labelOf } from "./aloud.js";
import { Curve } from "./curve.js";
import { hasLostHold } from "./edit_by_pointer.js";
import { Light } from "./light.js";
import { Plane } from "./plane.js";
import { adoptPlotlyStyle, loadPlotly, plotly } from "./plotly_loader.js";
import { clear, sketch } from "./sketch.js";

/** @typedef {import("./stage.js").Stage} Stage */

const STANDS_AFTER = 200; // milliseconds
const LOW = 56; // letters: a window of at most this height has no room for two planes one above the other,
const WIDE = 48; // and one of at least this width has it for two side by side

export class Charts {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {Plane[]} */
    this.planes = [];
    /** @type {Curve[]} */
    this.curves = [];
    this.drawn = 0; // how often everything was drawn
    this.isDirty = false; // there is something to be drawn anew
    this.isDrawing = false;
    this.isHeld = false; // a button of the mouse is down on one
    this.light = new Light(this); // a sample that the pointer is on is named in all of them
  }

  get all() {
    return [...this.planes, ...this.curves];
  }

  /** The plane whose points can be edited, or null. */
  get edited() {
    return this.planes.find((plane) => plane.of === this.stage.header.editable) || null;
  }

  /** Make the places of the charts; planes and curves stay as long as their number does. */
  layOut() {
    const { plane, curves } = this.stage.header.figures;
    this.enlarge();
    this.makePlanes(plane.length);
    this.makeCurves(curves.length);
    this.showLabels();
  }

  /** @param {number} wanted */
  makePlanes(wanted) {
    const column = this.stage.find(".planes");
    column.hidden = !wanted;
    if (this.planes.length !== wanted) {
      for (const name of ["nudge", ...this.planes.map(({ index }) => `hover ${index}`)]) this.stage.agenda.drop(name);
      for (const plane of this.planes) plane.retire();
      this.planes = Array.from({ length: wanted }, (_, index) => new Plane(this.stage, index));
      for (const plane of this.planes) this.stage.editor.listenTo(plane);
      column.replaceChildren(...this.planes.map(({ box }) => box));
    }
    for (const plane of this.planes) {
      const isEdited = plane === this.edited;
      plane.box.setAttribute("role", isEdited ? "application" : "figure");
      plane.box.dataset.editable = String(isEdited);
    }
  }

  /** @param {number} wanted */
  makeCurves(wanted) {
    const column = this.stage.find(".curves");
    const across = { explorer: 1, rows: Math.ceil(wanted / 2), columns: wanted, planes: 1 }[this.stage.header.layout];
    column.hidden = !wanted;
    column.style.setProperty("--across", String(across));
    if (this.curves.length === wanted) return;
    for (const curve of this.curves) curve.retire();
    this.curves = Array.from({ length: wanted }, (_, index) => new Curve(this.stage, index));
    column.replaceChildren(...this.curves.map(({ box }) => box));
  }

  showLabels() {
    for (const chart of this.all) chart.box.setAttribute("aria-label", labelOf(chart));
  }

  /** Draw everything; while it is being drawn later wishes wait, and only the last of them is drawn. */
  async redraw() {
    this.isDirty = true;
    if (!plotly()) this.planes.forEach(sketch);
    if (this.isDrawing || this.isHeld) return; // Plotly would lose a drag under way
    this.isDrawing = true;
    await this.stage.agenda.during(this.drawWhatIsWanted());
  }

  async drawWhatIsWanted() {
    try {
      while (this.isDirty && !this.stage.isGone) {
        this.isDirty = false;
        await this.drawAll();
      }
      this.showLabels(); // their titles are there now
      this.stage.countFrame();
      this.drawn += 1;
      Object.assign(this.stage.body.dataset, { drawn: this.drawn, ready: true });
    } catch (error) {
      console.error("The stage was not drawn.", error);
      this.stage.say("The charts could not be drawn. Reload the page to try again.");
    }
    this.isDrawing = false;
    this.stage.dialogue.askForMore();
  }

  async drawAll() {
    await loadPlotly();
    adoptPlotlyStyle(this.stage.root);
    const { step } = this.stage;
    if (this.edited?.isDragged) await this.drawOneByOne();
    else await Promise.all(this.all.map((chart) => chart.draw()));
    this.planes.forEach(clear);
    if (this.stage.isGone) return;
    if (this.stage.step !== step) this.drawStep(); // it played on while it was drawn
    else for (const plane of this.planes) plane.drawUnder();
  }

  /** Draw what follows a dragged point, and give way in between: to the point itself, and to what is newer. */
  async drawOneByOne() {
    for (const chart of this.all) {
      if (chart.hasLeft || (chart instanceof Curve && this.isDirty)) return; // the plane first
      await chart.draw();
      if (chart instanceof Plane) chart.drawUnder();
      await new Promise(requestAnimationFrame);
    }
  }

  /**
   * End a press on a plane that has got another size, once its page stands: two messages of one moment, by what was on
   * the page before and what is there now, Streamlit takes for one.
   * @param {import("./edit_by_pointer.js").Grab} grab
   */
  loseHold(grab) {
    this.stage.agenda.later("break off", STANDS_AFTER, grab.breakOff);
  }

  /** End a press on a plane: what was dragged goes back. */
  breakOff() {
    for (const plane of this.planes) plane.grab?.breakOff();
  }

  drawStep() {
    if (!plotly()) this.planes.forEach(sketch);
    for (const chart of this.all) if (chart.isDrawn) chart.drawStep();
  }

  /** Follow the size of the page: a sidebar that folds, a window that is resized. */
  resize() {
    this.enlarge();
    if (!plotly()) this.planes.forEach(sketch);
    for (const plane of this.planes) if (plane.grab && hasLostHold(plane, plane.grab)) this.loseHold(plane.grab);
    for (const chart of this.all) chart.resize();
  }

  /** Enlarge the charts as the page's text is: a figure is drawn for text of 16 pixels. */
  enlarge() {
    const page = getComputedStyle(document.documentElement);
    const letter = parseFloat(page.fontSize);
    const scale = (letter / 16) * (parseFloat(page.getPropertyValue("--chart-zoom")) || 1);
    const { body } = this.stage;
    body.style.setProperty("--scale", String(scale));
    body.dataset.low = String(window.innerHeight <= LOW * letter && window.innerWidth >= WIDE * letter);
  }

  /** The mouse lets go of a chart: what was to be drawn anew in the meantime is drawn. */
  release() {
    this.isHeld = false;
    if (this.isDirty) this.redraw();
  }

  /** Give titles the room that they have: the page's font may come after them. */
  fitTitles() {
    for (const chart of this.all) if (chart.isDrawn) chart.fitTitle();
  }

  refreshHover() {
    for (const plane of this.planes) plane.refreshHover();
  }

  retire() {
    for (const chart of this.all) chart.retire();
  }
}
