// The plane: points, the line p = 1/2, the proof, the probability field.

import { Chart } from "./chart.js";
import { drawField, shadesOf } from "./field.js";
import { grown, lineInWindow, logOdds, PlotArea, sigmoid, windowOf } from "./geometry.js";
import { formatNumber, formatStep } from "./numbers.js";
import { showOutside } from "./outside.js";
import { hasPlaces, isAt, NOWHERE, placesOf, sharedPlaces } from "./places.js";
import { plotly } from "./plotly_loader.js";
import { recordAt } from "./state.js";

/** @typedef {import("./contract.js").Figure} Figure */
/** @typedef {import("./contract.js").Move} Move */
/** @typedef {import("./contract.js").Points} Points */
/** @typedef {import("./contract.js").Run} Run */
/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {import("./edit_by_pointer.js").Grab} Grab */
/** @typedef {import("./geometry.js").Window} Window */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {[number, number, number]} Model w1, w2, b */

const LABELS = [0, 1];
const HOVER_AFTER = 300; // milliseconds: labels on hovering need a redraw, which quick edits do not wait for

export class Plane extends Chart {
  /** @param {Stage} stage @param {number} index of its run */
  constructor(stage, index) {
    super(stage, "plane", index);
    this.box.tabIndex = 0;
    this.canvas = /** @type {HTMLCanvasElement} */ (this.find("field"));
    this.note = this.find("note"); // says what is out of sight
    this.ring = this.find("ring"); // around the selected point
    /** @type {string|null} the scene that its window is of */
    this.scene = null;
    /** @type {Window} shows all points */
    this.home = [0, 1, 0, 1];
    this.looks = ""; // what it was drawn like, apart from where things are
    this.shades = new Uint32Array(0); // the colours of p from 0 to 1
    /** @type {ImageData|null} the field, a pixel a cell */
    this.image = null;
    /** @type {Points|null} the edited points, while Python has not answered */
    this.edited = null;
    this.selected = -1; // the point with the ring, or -1
    /** @type {Grab|null} a press under way */
    this.grab = null;
    /** @type {Move|null} a move by keys that has not been sent yet */
    this.nudged = null;
    this.isDrawing = false;
  }

  /** @returns {number} */
  get of() {
    return this.stage.header.figures.plane[this.index]?.layout.meta.run ?? this.index;
  }

  get run() {
    return this.stage.runs[this.of];
  }

  /** The points as the reader has edited them. */
  get points() {
    return this.edited || /** @type {Points} */ (this.run.points);
  }

  /** A run that is hidden for a question shows neither its line nor its probabilities. */
  get isHidden() {
    return this.stage.header.hidden === this.of;
  }

  get isGrabbed() {
    return Boolean(this.grab?.taken);
  }

  /** Whether one of its points is on its way. */
  get isDragged() {
    return Boolean(this.grab?.move);
  }

  /** @returns {boolean} */
  get isClicked() {
    return this.stage.editor.canEdit(this);
  }

  get homeTitle() {
    return "Show all points";
  }

  /** The part of the plane on the screen. */
  get window() {
    return this.isDrawn ? new PlotArea(this.plot).window : this.home;
  }

  // ---------------------------------------------------------------- the figure

  /** Return the figure at the stage's step, and note what it is made of. */
  figure() {
    const { header } = this.stage;
    const { data, layout } = header.figures.plane[this.index];
    if (this.scene !== header.scene) {
      const [[xmin, xmax], [ymin, ymax]] = [layout.xaxis.range, layout.yaxis.range];
      this.home = [xmin, xmax, ymin, ymax]; // an edit does not move the window
      this.scene = header.scene;
    }
    this.data = data.map((trace) => this.filled(trace)).filter(hasPlaces); // Plotly takes its time for the others, too
    this.shades = shadesOf(layout.meta.field);
    const [x, y] = this.ranges(this.home.slice(0, 2), this.home.slice(2));
    return {
      data: this.data,
      layout: {
        ...layout,
        title: { ...layout.title, text: this.title },
        uirevision: undefined,
        margin: { ...layout.margin, b: layout.margin.b + (layout.xaxis.title ? 4 : 0) }, // room for the index of x₁
        xaxis: { ...layout.xaxis, range: x },
        yaxis: { ...layout.yaxis, range: y },
      },
    };
  }

  /** @param {Trace} trace @returns {Trace} */
  filled(trace) {
    const { role = "", part = "" } = trace.meta || {};
    if (role === "points") return { ...trace, ...placesOf(this.points.X, this.membersOf(part)), showlegend: !this.stage.isPair };
    if (role === "shared") return { ...trace, ...sharedPlaces(this.points) };
    if (role !== "boundary") return trace;
    const run = this.runOf(part);
    const named = part === "pinned" && run ? { name: run.name } : {};
    return { ...trace, ...this.boundary(part), ...named, showlegend: Boolean(run) };
  }

  /**
   * Return the run whose boundary a trace shows, or null.
   * @param {string} part
   */
  runOf(part) {
    if (part === "line") return this.run;
    return this.stage.isPair ? null : this.stage.runs[1] || null;
  }

  /**
   * Return the model of a run at the stage's step.
   * @param {Run} run @returns {Model}
   */
  modelOf(run) {
    const i = recordAt(run.steps, this.stage.step);
    return [run.w1[i], run.w2[i], run.bias[i]];
  }

  /**
   * The model at the stage's step, as far as it is shown.
   * @returns {Model}
   */
  get shownModel() {
    return this.isHidden ? [0, 0, 0] : this.modelOf(this.run);
  }

  /** @param {string} part */
  boundary(part) {
    const run = this.runOf(part);
    if (!run || this.isHidden) return NOWHERE;
    // drawn one window beyond each side, so that panning uncovers more of the line
    const ends = lineInWindow(...this.modelOf(run), grown(this.window, 3));
    return ends ? { x: [ends[0], ends[2]], y: [ends[1], ends[3]] } : NOWHERE;
  }

  /**
   * Return the points of a class, as they are and as they are labelled on hovering: two hundred labels take a while.
   * @param {string} part a class, by its name
   */
  labelled(part) {
    const { X } = this.points;
    const step = formatStep(this.run.steps[recordAt(this.run.steps, this.stage.step)]);
    const [w1, w2, b] = this.modelOf(this.run);
    /** @param {number} index */
    const said = (index) => {
      const [x1, x2] = [X[2 * index], X[2 * index + 1]];
      const where = `point ${index + 1}: (${formatNumber(x1)}, ${formatNumber(x2)})<br>${part}`;
      if (this.isHidden) return where;
      return `${where}<br>p = ${formatNumber(sigmoid(logOdds(w1, w2, b, x1, x2)))} at step ${step}`;
    };
    const members = this.membersOf(part);
    return { ...placesOf(X, members), hovertext: members.length ? members.map(said) : ["", ""] };
  }

  /** @param {string} part a class, by its name */
  membersOf(part) {
    return this.samplesOf(LABELS.findIndex((label) => part === `class ${label}`));
  }

  /** What Python called it, or the equation of its line. */
  get title() {
    const given = this.stage.header.figures.plane[this.index].layout.title.text;
    if (this.stage.isPair && given) return given;
    const [w1, w2, b] = this.modelOf(this.run);
    if (w1 === 0 && w2 === 0) return `w = 0: no boundary, p = ${formatNumber(sigmoid(b))} everywhere`;
    /** @param {number} value */
    const signed = (value) => `${value < 0 ? "−" : "+"} ${formatNumber(Math.abs(value))}`;
    return `${formatNumber(w1)}·x₁ ${signed(w2)}·x₂${b ? ` ${signed(b)}` : ""} = 0`;
  }

  // ---------------------------------------------------------------- drawing

  async draw() {
    this.isDrawing = true;
    const figure = this.figure();
    if (!(await this.move(figure)) && !this.hasLeft) await this.drawInFull(figure);
    this.isDrawing = false;
  }

  /**
   * Move what is in the plane to its new place, which is all that most edits do: half the time of drawing it in full.
   * @param {Figure} figure
   * @returns {Promise<boolean>} false where it must be drawn in full
   */
  async move({ data, layout }) {
    const traces = data.map(({ x, y, ...look }) => look);
    const looks = JSON.stringify([traces, { ...layout, title: "" }, this.sizeNow]);
    const isMuchTheSame = this.looks === looks;
    this.looks = looks;
    if (!isMuchTheSame || this.stage.playing || !this.isDrawn) return false;
    const moved = Array.from(data.keys()).filter((at) => !isAt(this.plot.data[at], data[at]));
    const isMoved = await this.animate(moved.map((at) => ({ x: data[at].x, y: data[at].y })), moved);
    if (this.hasLeft) return false;
    this.setTitle(layout.title.text);
    this.stage.agenda.later(`hover ${this.index}`, HOVER_AFTER, () => this.stage.playing || this.refreshHover());
    return isMoved;
  }

  /** @param {Figure} figure */
  async drawInFull({ data, layout }) {
    /** @param {Trace} trace */
    const whole = (trace) => (trace.meta?.role === "points" ? { ...trace, ...this.labelled(trace.meta.part) } : trace);
    await super.drawInFull({ data: data.map(whole), layout });
  }

  listen() {
    super.listen();
    // while the plane is dragged Plotly moves its lines itself, and would lose the drag if it were told to draw
    this.plot.on("plotly_relayouting", () => this.isDrawn && this.drawUnder());
    this.plot.on("plotly_relayout", () => this.drawView());
  }

  /** @param {import("./light.js").Place} place */
  sampleAt({ curveNumber, pointNumber }) {
    const label = this.tracesOfPoints.indexOf(curveNumber);
    return this.samplesOf(label)[pointNumber] ?? null;
  }

  /** @param {number} sample */
  placesOfSample(sample) {
    const label = this.points.y[sample];
    const pointNumber = this.samplesOf(label).indexOf(sample);
    return pointNumber < 0 ? [] : [{ curveNumber: this.tracesOfPoints[label], pointNumber }];
  }

  /**
   * Return the numbers of a class' points.
   * @param {number} label
   */
  samplesOf(label) {
    const { y } = this.points;
    return Array.from(y.keys()).filter((index) => y[index] === label);
  }

  get tracesOfPoints() {
    return LABELS.map((label) => this.traceOf("points", `class ${label}`));
  }

  /** Let the points' labels on hovering say p at the step shown; only at rest, it takes a redraw. */
  refreshHover() {
    if (this.grab || !this.isDrawn) return;
    const parts = LABELS.map((label) => this.labelled(`class ${label}`));
    const labels = {
      x: parts.map(({ x }) => x),
      y: parts.map(({ y }) => y),
      hovertext: parts.map(({ hovertext }) => hovertext),
    };
    this.stage.agenda.during(plotly().restyle(this.plot, labels, this.tracesOfPoints));
  }

  /** Draw the points as they are now, before Python knows of an edit: the cheap way, without a redraw. */
  movePoints() {
    const { X, y } = this.points;
    const indices = Array.from(y.keys());
    const places = LABELS.map((label) => placesOf(X, indices.filter((index) => y[index] === label)));
    const disc = this.traceOf("shared", "place");
    if (disc < 0) return this.animate(places, this.tracesOfPoints);
    const both = sharedPlaces(this.points);
    return this.animate([...places, both.x.length ? both : NOWHERE], [...this.tracesOfPoints, disc]);
  }

  /** Draw the line and the field: the step or the window changed. */
  drawView() {
    if (!this.isDrawn) return;
    const parts = ["pinned", "line"].filter((part) => this.runOf(part));
    const traces = parts.map((part) => this.traceOf("boundary", part));
    this.animate(parts.map((part) => this.boundary(part)), traces);
    this.drawUnder();
  }

  /** Draw the stage's step. */
  drawStep() {
    this.drawView();
    this.setTitle(this.title);
  }

  /** Draw what Plotly does not: the field, the note of what is out of sight, and the ring. */
  drawUnder() {
    const area = new PlotArea(this.plot);
    drawField(this, this.shownModel, area);
    showOutside(this, this.shownModel, area);
    this.placeRing();
  }

  /** Put the ring around the selected point. */
  placeRing() {
    const isChosen = this === this.stage.charts.edited && this.selected >= 0 && this.isDrawn;
    this.ring.hidden = !isChosen;
    if (!isChosen) return;
    const { X } = this.points;
    const area = new PlotArea(this.plot);
    const [px, py] = area.toPixels(X[2 * this.selected], X[2 * this.selected + 1]);
    this.ring.hidden = !area.holds(px, py);
    this.ring.style.transform = `translate(${px}px, ${py}px)`;
  }

  /** Show every point, also those that an edit put outside the window. */
  showHome() {
    this.home = windowOf(this.points.X);
    this.view = null;
    plotly().relayout(this.plot, { "xaxis.range": this.home.slice(0, 2), "yaxis.range": this.home.slice(2) });
  }

  /** Return the field as an image of Plotly's. */
  imagesUnder() {
    if (!this.image) return [];
    const [x, xmax, ymin, y] = this.window;
    const place = { xref: "x", yref: "y", x, y, sizex: xmax - x, sizey: y - ymin };
    return [{ source: this.canvas.toDataURL(), ...place, sizing: "stretch", layer: "below" }];
  }
}
