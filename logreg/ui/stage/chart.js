// A chart of the stage: a place on the page in which Plotly draws. Planes (plane.js) and curves (curve.js) are charts.
//
// Python sends figures from logreg/figures. Each trace says in meta.role and meta.part what it is; what depends on
// the step or follows from the run's numbers is left out of them and filled in by the charts.

import { placesOfSample, sampleAt } from "./light.js";
import { pictureOf } from "./pictures.js";
import { adoptPlotlyStyle, plotly } from "./plotly_loader.js";
import { isOnToolbar, onceReleased } from "./press.js";
import { save } from "./share.js";
import { fitTitle, writeTitle } from "./title.js";

/** @typedef {import("./contract.js").Figure} Figure */
/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{[name: string]: any}} Changes of a layout, by Plotly's names */
/** @typedef {(event: string, listener: (changes: Changes) => void) => void} Listen */
/** @typedef {HTMLElement & {data: any, layout: any, _fullData: any, _fullLayout: any, on: Listen}} Plot what Plotly has drawn in */

const AT_ONCE = { frame: { duration: 0, redraw: false }, transition: { duration: 0 }, mode: "immediate" };
const BESIDE_TITLE = 16; // pixels
const SMALLEST = 10; // of an axis title's letters
const FITTED_AFTER = 100; // milliseconds of rest after another size
const FREED_AFTER = 2000; // milliseconds: Plotly may still be at work on a chart that leaves the page

/** @abstract */
export class Chart {
  /** @param {Stage} stage @param {"plane"|"curve"} kind @param {number} index among its kind */
  constructor(stage, kind, index) {
    this.stage = stage;
    this.kind = kind;
    this.index = index;
    this.box = document.createElement("div");
    this.box.className = `box ${kind}`;
    this.box.dataset.testid = `stage-${kind}-${index}`;
    this.box.innerHTML = `<div class="layer"><canvas class="field" aria-hidden="true"></canvas><div class="plot"></div>
      <div class="note" hidden></div><div class="ring" hidden></div></div>`;
    this.plot = /** @type {Plot} */ (this.find("plot"));
    /** @type {Trace[]} what was drawn last, or is being drawn */
    this.data = [];
    /** @type {{of: string, x: number[], y: number[]}|null} the ranges of the reader's own, and what they are of */
    this.view = null;
    this.width = 0; // that it was drawn for
    this.height = 0;
    this.hasLeft = false; // the page: what its drawing or Plotly still has to say concerns nobody
    /** @type {(isShown: boolean) => void} settles the promise of a movement that a later one overtakes */
    this.overtake = () => {};
    this.box.addEventListener("pointerdown", (event) => this.hold(event), true);
    this.box.addEventListener("touchstart", (event) => this.onTouch(event), { capture: true, passive: false });
  }

  /** @param {string} name */
  find(name) {
    return /** @type {HTMLElement} */ (this.box.querySelector(`.${name}`));
  }

  /** Whether what it shows is hidden for a question. */
  get isHidden() {
    return false;
  }

  get isDrawn() {
    return !this.hasLeft && Boolean(this.plot._fullLayout);
  }

  /** Free Plotly's memory of a chart that leaves the page, a little later. */
  retire() {
    this.hasLeft = true;
    setTimeout(() => this.plot._fullLayout && plotly().purge(this.plot), FREED_AFTER);
  }

  /** The number of its run, of a plane. */
  get of() {
    return this.index;
  }

  /** Whether a finger is on something that it drags. */
  get isGrabbed() {
    return false;
  }

  /** Whether a click on it does something of its own. */
  get isClicked() {
    return false;
  }

  // ---------------------------------------------------------------- what a plane and a curve do in their own ways

  /** @returns {Figure} at the stage's step */
  figure() {
    throw new Error("A chart has a figure.");
  }

  /** What else a zoom or pan belongs to, besides the data set. */
  get viewOf() {
    return "";
  }

  /** What the button with the house shows. */
  get homeTitle() {
    return "";
  }

  showHome() {}

  /** See to what Plotly has just drawn. */
  afterDrawing() {}

  /** @returns {Changes} of its layout besides width and height, where it has another size */
  get resized() {
    return {};
  }

  /** Listen to Plotly, which forgets it where it draws from nothing. */
  listen() {
    this.plot.on("plotly_relayout", (changes) => this.keepView(changes));
    this.stage.charts.light.listenTo(this);
  }

  /**
   * Return which sample a point of the chart is, or null.
   * @param {import("./light.js").Place} place
   */
  sampleAt(place) {
    return sampleAt(this.data, place);
  }

  /**
   * Return where a sample is in the chart.
   * @param {number} sample
   */
  placesOfSample(sample) {
    return placesOfSample(this.data, sample);
  }

  /**
   * Return up to which place of its axis a trace is shown.
   * @param {number} _at its number
   */
  uncoveredTo(_at) {
    return Infinity;
  }

  /** @returns {object[]} what Plotly does not know of, as images for a picture */
  imagesUnder() {
    return [];
  }

  // ---------------------------------------------------------------- drawing

  /** Draw the chart anew. */
  async draw() {
    await this.drawInFull(this.figure());
  }

  /** @param {Figure} figure */
  async drawInFull({ data, layout }) {
    [this.width, this.height] = this.sizeNow;
    const sized = { ...layout, width: this.width, height: this.height };
    if (this.isDrawn && !isAnchored(layout)) {
      // without the config: Plotly takes the same one for another, and draws all from nothing, twice
      const drawn = plotly().react(this.plot, data, sized);
      this.afterDrawing();
      await drawn;
      this.setTitle(layout.title.text); // Plotly does not know that it had been changed
    } else {
      const drawn = plotly().newPlot(this.plot, data, sized, this.config());
      this.afterDrawing(); // at once: traces that are still moving may draw before the promise is kept
      await drawn;
      this.listen();
      this.fitTitle();
    }
    this.fitAxes();
    adoptPlotlyStyle(this.stage.root); // some versions make their rules with the first chart
    this.overtake(false); // what was moving stands where it goes, and Plotly may have lost its promise
  }

  /**
   * Move traces without drawing the rest anew.
   * @param {object[]} data the new x and y of each
   * @param {number[]} traces their indices
   * @returns {Promise<boolean>} false where a later call overtook this one, or a drawing in full, so that it never
   *   shows: Plotly itself leaves the promise of such a call open for good
   */
  animate(data, traces) {
    this.overtake(false);
    return new Promise((settle) => {
      this.overtake = settle;
      const done = plotly().animate(this.plot, { data, traces }, AT_ONCE);
      done.then(
        () => settle(true),
        () => settle(false),
      );
    });
  }

  /**
   * Change the title without drawing the rest anew.
   * @param {string} text
   */
  setTitle(text) {
    const shown = this.plot.querySelector(".gtitle");
    if (shown) writeTitle(shown, text);
    this.plot.layout.title.text = text; // for the picture file that the toolbar saves
    this.fitTitle();
  }

  fitTitle() {
    const place = /** @type {SVGTextContentElement|null} */ (this.plot.querySelector(".gtitle"));
    if (place) fitTitle(place, this.box, this.plot.layout.title.font.size, this.width - BESIDE_TITLE);
  }

  /** Make an upright title smaller that is longer than its axis, and would run into the chart's; or leave it out. */
  fitAxes() {
    const { yaxis } = this.plot._fullLayout;
    const room = yaxis._length + BESIDE_TITLE;
    for (const title of /** @type {NodeListOf<SVGTextElement>} */ (this.plot.querySelectorAll(".ytitle"))) {
      /** @param {number} pixels */
      const write = (pixels) => (title.style.fontSize = `${pixels}px`);
      let { size } = yaxis.title.font;
      if (title.style.fontSize !== `${size}px`) write(size);
      title.style.visibility = "";
      if ((title.textContent || "").length * size < room) continue; // no letter is wider than high; to measure costs more
      while (title.getComputedTextLength() > room && size > SMALLEST) write(--size);
      if (title.getComputedTextLength() > room) title.style.visibility = "hidden";
    }
  }

  /**
   * Return the index of the trace with this meaning, or -1.
   * @param {string} role @param {string} [part]
   */
  traceOf(role, part) {
    return this.data.findIndex(({ meta }) => meta && meta.role === role && (!part || meta.part === part));
  }

  get sizeNow() {
    return [this.plot.clientWidth, this.plot.clientHeight];
  }

  /** Whether its place has another size than it was drawn for. */
  get isResized() {
    const [width, height] = this.sizeNow;
    return this.isDrawn && width > 0 && (width !== this.width || height !== this.height);
  }

  /** Follow the size of the page: a sidebar that folds, a window that is resized. */
  resize() {
    if (!this.isResized) return;
    const [width, height] = this.sizeNow;
    Object.assign(this, { width, height });
    this.fitTitle();
    const laid = plotly().relayout(this.plot, { width, height, ...this.resized });
    this.stage.agenda.during(laid.then(() => this.fitAxes()));
    if (isAnchored(this.plot.layout)) this.stage.agenda.later("fitting", FITTED_AFTER, () => this.stage.charts.redraw());
  }

  // ---------------------------------------------------------------- the reader's own view

  /**
   * Note a zoom or pan. (Plotly's own memory of it, uirevision, does not survive `animate`.)
   * @param {Changes} changes
   */
  keepView(changes) {
    if (!Object.keys(changes).some((name) => /^[xy]axis\.range/.test(name))) return;
    const { xaxis, yaxis } = this.plot._fullLayout;
    this.view = { of: this.viewName, x: xaxis.range.slice(), y: yaxis.range.slice() };
  }

  get viewName() {
    return `${this.stage.header.scene} ${this.viewOf}`;
  }

  /**
   * Return the ranges to show: the reader's own, or these.
   * @param {number[]} x @param {number[]} y
   */
  ranges(x, y) {
    return this.view?.of === this.viewName ? [this.view.x.slice(), this.view.y.slice()] : [x.slice(), y.slice()];
  }

  // ---------------------------------------------------------------- the toolbar

  config() {
    const { home, camera } = plotly().Icons;
    const show = { name: "home", title: this.homeTitle, icon: home, click: () => this.showHome() };
    const save = { name: "save", title: "Save as a picture", icon: camera, click: () => this.savePicture() };
    return {
      displaylogo: false,
      doubleClick: false, // two quick clicks are two clicks
      scrollZoom: false,
      modeBarButtons: [["zoomIn2d", "zoomOut2d", show, save]],
    };
  }

  /** Return what is on the screen: on the page's own background, with what Plotly does not know of. */
  onPaper() {
    const layout = { ...this.plot.layout, paper_bgcolor: this.stage.paper, images: this.imagesUnder() };
    return { data: this.uncovered(), layout };
  }

  /** @returns {Trace[]} as far as they are shown */
  uncovered() {
    return this.plot.data;
  }

  async savePicture() {
    save(`${this.kind} at step ${Math.round(this.stage.step)}.png`, await pictureOf(this, "png"));
  }

  // ---------------------------------------------------------------- presses and swipes

  /**
   * While a button of the mouse is down on a chart, the run waits.
   * @param {PointerEvent} press
   */
  hold(press) {
    if (press.button !== 0) return;
    this.stage.charts.isHeld = true;
    onceReleased(() => this.stage.charts.release());
  }

  /**
   * A finger that swipes over a chart scrolls the page, where Plotly would pan the axes; one on a point drags it.
   * @param {TouchEvent} event
   */
  onTouch(event) {
    if (isOnToolbar(event)) return;
    event.stopPropagation();
    if (this.isGrabbed && event.cancelable) event.preventDefault();
  }

  /**
   * Return where a pointer is, in the chart's own pixels: its layer may be enlarged.
   * @param {MouseEvent} event
   * @returns {[number, number]}
   */
  placeOf({ clientX, clientY }) {
    const { left, top, width } = this.plot.getBoundingClientRect();
    const scale = width / this.plot.offsetWidth || 1;
    return [(clientX - left) / scale, (clientY - top) / scale];
  }
}

/**
 * Return whether one axis follows the scale of another: Plotly fits them only where it draws from nothing.
 * @param {import("./contract.js").Layout} layout
 */
function isAnchored({ xaxis, yaxis }) {
  return Boolean(xaxis?.scaleanchor || yaxis?.scaleanchor);
}
