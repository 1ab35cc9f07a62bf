// A curve: a quantity over the steps of one run or two, or a picture of weight space with a dot where a run is.
//
// What a figure's layout.meta.quantity names as loss or a norm follows from the runs' numbers and is filled in here;
// any other quantity came with its values. A figure without a quantity is a picture; only its dots move.

import { Chart } from "./chart.js";
import { PlotArea } from "./geometry.js";
import { Growth } from "./growth.js";
import { formatNumber, formatPositive, formatStep } from "./numbers.js";
import { NOWHERE } from "./places.js";
import { isOnToolbar, onceReleased } from "./press.js";
import { acrossAxis, isAnswer, isBlank, movedTo, NAMES, pathOf, placeOf, seriesOf, withoutCrowd } from "./series.js";
import { recordAt, stepNear } from "./state.js";

/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./series.js").Line} Line */
/** @typedef {import("./series.js").Series} Series */

const PARTS = ["run", "pinned"]; // of a curve, by run
const MARKERS = ["marker", "marker 1"]; // of the cursor, by run
const ANSWER = "answer"; // the name of annotations that give the end of a run away (logreg/figures/labels.py)
const LETTER = 0.58; // how wide one of a label is, of its height, with the room around the label
const TICK = 1.6; // how high a label of the value axis is, with the room above it, of its font size
const MANY = 6; // of those labels
const LOW = 0.08; // of a chart's height: there a letter beside its dot would stand on the frame
const HIGH = 0.85; // there one above its dot would stand in the title
const NEAR = 0.15; // of a chart's height: a letter
const CLICK = 4; // pixels: a press that moved less is a click

export class Curve extends Chart {
  /** @param {Stage} stage @param {number} index */
  constructor(stage, index) {
    super(stage, "curve", index);
    this.box.tabIndex = -1;
    this.box.setAttribute("role", "figure");
    /** @type {string|undefined} what it shows, if not a picture */
    this.quantity = undefined;
    this.isLog = false; // its values' axis
    this.growth = new Growth(this.plot);
    /** @type {(Series|null)[]} one a run */
    this.series = [];
    this.box.addEventListener("pointerdown", (press) => onceReleased((end) => this.onRelease(press, end)), true);
  }

  /** What Python sent of it. */
  get sent() {
    return this.stage.header.figures.curves[this.index];
  }

  /** Whether its x axis is logarithmic. */
  get isLogAcross() {
    const { meta, xaxis } = this.sent.layout;
    return (meta[this.stage.axis]?.xaxis || xaxis).type === "log";
  }

  /** A zoom belongs to one kind of step axis, and to what the page has moved the stage to. */
  get viewOf() {
    return `${this.stage.axis} ${this.stage.header.seek}`;
  }

  get isClicked() {
    return Boolean(this.quantity) && this.stage.dial.hasAxes;
  }

  get homeTitle() {
    return "Show the whole run";
  }

  showHome() {
    this.view = null;
    this.draw();
  }

  /**
   * A click on the plot area goes to that step; a drag is Plotly's.
   * @param {PointerEvent} press @param {PointerEvent} end
   */
  onRelease(press, end) {
    const path = Math.hypot(end.clientX - press.clientX, end.clientY - press.clientY);
    if (end.type !== "pointerup" || path >= CLICK || end.button !== 0 || isOnToolbar(end)) return;
    if (this.stage.isGone || !this.isDrawn || !this.isClicked) return;
    const area = new PlotArea(this.plot);
    const [px, py] = this.placeOf(end);
    if (area.holds(px, py)) this.stage.jumpTo(stepNear(this.stage.steps, area.toData(px, py)[0], this.stage.axis));
  }

  // ---------------------------------------------------------------- the figure

  /** Return the figure at the stage's step, and note what it is made of. */
  figure() {
    const { data, layout } = this.sent;
    const { runs, axis } = this.stage;
    this.quantity = layout.meta.quantity;
    this.isLog = layout.yaxis.type === "log";
    this.series = this.quantity ? PARTS.map((part, index) => seriesOf(runs[index], data, layout, part)) : [];
    const steps = layout.meta[axis]; // the step axis in the form asked for; a picture has none
    const xaxis = steps ? { ...steps.xaxis, ...this.labels } : layout.xaxis;
    this.data = data.map((trace) => this.filled(trace, xaxis));
    const [x, y] = this.ranges(xaxis.range, layout.yaxis.range);
    /** @type {{[name: string]: any}} */
    const axes = { xaxis: { ...xaxis, range: x }, yaxis: { ...layout.yaxis, range: y } };
    for (const [name, nticks] of this.mostTicks) axes[name] = { ...layout[name], ...axes[name], nticks };
    const shapes = steps ? [...steps.shapes, ...(layout.shapes || [])] : layout.shapes;
    const title = { ...layout.title, text: this.title };
    /** @type {{name?: string}[]} */
    const named = [...(layout.annotations || []), ...((steps && steps.annotations) || [])];
    const annotations = this.stage.isRevealed ? named : named.filter(({ name }) => name !== ANSWER);
    return { data: this.data, layout: { ...layout, ...axes, title, shapes, annotations, uirevision: undefined } };
  }

  /** The labels of the step axis for which there is room: Plotly would lay all of them on their side. */
  get labels() {
    const { margin, font, meta } = this.sent.layout;
    const { ticktext: all, tickvals, range, type } = meta[this.stage.axis]?.xaxis || {};
    if (!all) return {};
    const scale = (this.sizeNow[0] - margin.l - margin.r) / (range[1] - range[0]);
    const places = tickvals.map((/** @type {number} */ value) => scale * (type === "log" ? Math.log10(value) : value));
    const widths = all.map((/** @type {string} */ text) => LETTER * font.size * text.length);
    return { ticktext: withoutCrowd(all, places, widths), tickangle: 0 };
  }

  /**
   * How many labels each value axis has at most, 0 for as many as Plotly likes: it draws five on the lowest chart.
   * @returns {[string, number][]}
   */
  get mostTicks() {
    const { layout } = this.sent;
    const room = (this.sizeNow[1] - layout.margin.t - layout.margin.b) / (TICK * layout.font.size);
    return Object.keys(layout).flatMap((name) => {
      if (!name.startsWith("yaxis")) return [];
      const { domain = [0, 1], nticks = 0 } = layout[name];
      const most = Math.max(2, Math.floor((domain[1] - domain[0]) * room));
      return [[name, most < MANY ? Math.min(most, nticks || MANY) : nticks]];
    });
  }

  /** What else of its layout changes with its size. */
  get resized() {
    const { ticktext } = this.labels;
    const ticks = Object.fromEntries(this.mostTicks.map(([name, nticks]) => [`${name}.nticks`, nticks]));
    return { ...ticks, ...(ticktext ? { "xaxis.ticktext": ticktext } : {}) };
  }

  /** @param {Trace} trace @param {{[name: string]: any}} xaxis @returns {Trace} */
  filled(trace, xaxis) {
    const { role = "", part = "", bind } = trace.meta || {};
    if (bind && this.stage.timeline) return { ...trace, ...this.boundPart(trace) };
    if (isBlank(trace)) return trace;
    if (isAnswer(trace) && !this.stage.isRevealed) return { ...trace, ...NOWHERE };
    if (role === "path") return { ...trace, ...pathOf(this.stage.runs[Number(part)]) };
    if (role === "cursor") return { ...trace, ...this.cursorPart(part) };
    if (!this.quantity) return trace;
    if (role === "curve" && PARTS.includes(part)) {
      const series = this.series[PARTS.indexOf(part)];
      return { ...trace, ...(series ? this.line(series) : NOWHERE) };
    }
    if (role === "curve" && part === "part") return { ...trace, ...this.dataLoss };
    if (role === "curve") return { ...trace, x: movedTo(this.stage.axis, trace.x || []) };
    if (role === "optimum" && trace.y) return { ...trace, x: acrossAxis(xaxis) };
    if (role === "start") return { ...trace, ...this.marker(this.series[0], 0) };
    return trace;
  }

  /**
   * Return where the timeline has a trace at the stage's step.
   * @param {Trace} trace
   */
  boundPart({ meta, x, y }) {
    const { timeline, step, share } = this.stage;
    if (!timeline || !meta?.bind) return {};
    const part = timeline.part(meta.bind, { x, y }, timeline.rowAt(step), share);
    if (!part.x || !this.isLogAcross) return part;
    if (meta.bind.how === "along") return { ...part, x: Array.from(part.x, (value) => (value > 0 ? value : null)) }; // no line leads to 0
    const isOverSteps = timeline.isSteps && meta.bind.x === timeline.sent.name;
    return isOverSteps ? { ...part, x: Array.from(part.x, (value) => placeOf(value, "log")) } : part;
  }

  /** The cross-entropy of a run with a penalty, beside its objective. */
  get dataLoss() {
    const { steps, part } = this.stage.runs[0];
    return part ? this.line({ steps, values: part }) : NOWHERE;
  }

  /** @param {Line} line */
  line({ steps, values }) {
    const isLog = this.stage.axis === "log";
    return {
      x: Array.from(steps, (step) => (step === 0 && isLog ? null : step)), // no line leads from the gutter to step 1
      y: Array.from(values, (value) => this.drawable(value)),
    };
  }

  /** @param {number} value */
  drawable(value) {
    return Number.isFinite(value) && (!this.isLog || value > 0) ? value : null;
  }

  /** @param {Series|null|undefined} series @param {number} step */
  marker(series, step) {
    if (!series) return NOWHERE;
    const { steps, values } = series;
    const i = recordAt(steps, step);
    const rests = i + 1 < steps.length && values[i] === values[i + 1]; // a run that has ended goes along with the other
    const [at, value] = [rests ? step : steps[i], values[i]];
    const isNamed = this.stage.runs.length > 1 && series.run.name && !this.sent.layout.meta.anonymous;
    const said = `${isNamed ? `${series.run.name}<br>` : ""}step ${formatStep(at)}: ${this.written(value)}`;
    return { x: [placeOf(at, this.stage.axis)], y: [this.drawable(value)], hovertext: [said] };
  }

  /**
   * Return the letter right of a dot, where no curve has grown yet; at the end names stand there. The upper dot's
   * stands higher: both dots may be at one place.
   * @param {number} at of its series @returns {Trace}
   */
  letter(at) {
    const [own, other] = [this.series[at], this.series[1 - at]];
    if (!own || !other || !this.stage.isPair || this.sent.layout.meta.anonymous) return {};
    const { step, isRevealed } = this.stage;
    if (isRevealed) return { text: [""] };
    const [height, beside] = [own, other].map(({ steps, values }) => this.heightOf(values[recordAt(steps, step)]));
    const isUpper = at === 0 ? !(height < beside) : height > beside;
    const isNear = Math.abs(height - beside) < NEAR;
    const { name } = own.run;
    if (Math.max(height, beside) > HIGH) {
      return { text: [name], textposition: isNear && !isUpper ? "bottom right" : "middle right" };
    }
    const isLow = Math.min(height, beside) < LOW;
    const isRaised = isLow && isNear && isUpper;
    return { text: [isRaised ? `${name}<br> ` : name], textposition: isUpper || isLow ? "top right" : "middle right" };
  }

  /**
   * Return where a value stands between the bottom of the chart, 0, and its top, 1.
   * @param {number} value
   */
  heightOf(value) {
    const [low, high] = this.sent.layout.yaxis.range;
    return ((this.isLog ? Math.log10(value) : value) - low) / (high - low);
  }

  /** @param {string} part @returns {Trace} */
  cursorPart(part) {
    const { step, axis, runs } = this.stage;
    if (part === "line") return { x: [placeOf(step, axis), placeOf(step, axis)] };
    if (MARKERS.includes(part)) {
      const at = MARKERS.indexOf(part);
      return { ...this.marker(this.series[at], step), ...this.letter(at) };
    }
    const [kind, index] = part.split(" ");
    const run = runs[Number(index)];
    if (!run) return NOWHERE;
    const i = recordAt(run.steps, step);
    const [w1, w2] = [run.w1[i], run.w2[i]];
    if (kind === "weights") return { x: [w1], y: [w2] };
    const size = Math.hypot(w1, w2);
    return size > 0 ? { x: [w1 / size], y: [w2 / size] } : NOWHERE;
  }

  /** @param {number} value */
  written(value) {
    return this.quantity === "loss" ? formatPositive(value) : formatNumber(value);
  }

  get title() {
    const { title, meta } = this.sent.layout;
    if (!this.quantity) return this.stage.filled((this.stage.timeline && meta.title) || title.text);
    const { step, isPair } = this.stage;
    const { label = NAMES[this.quantity] || this.quantity, unit = "", none = "none" } = meta;
    const shown = this.series.slice(0, isPair ? 2 : 1).flatMap((series) => (series ? [series] : []));
    const numbers = shown.map(({ steps, values }) => {
      const value = values[recordAt(steps, step)];
      return Number.isNaN(value) ? none : `${this.written(value)}${unit}`;
    });
    const at = isPair || !shown.length ? step : shown[0].steps[recordAt(shown[0].steps, step)];
    const named = shown.map(({ run }, i) => (isPair ? `${run.name} ${numbers[i]}`.trim() : numbers[i]));
    const said = meta.anonymous ? numbers.join(" and ") : named.join(", ");
    return `${label} at step ${formatStep(at)}${said ? `: ${said}` : ""}`;
  }

  /** Draw the stage's step. */
  drawStep() {
    const { data } = this;
    const moving = Array.from(data.keys()).filter((at) => this.moves(data[at]));
    const places = moving.map((at) =>
      data[at].meta?.bind ? this.boundPart(this.sent.data[at]) : this.cursorPart(data[at].meta?.part || ""),
    );
    if (moving.length) this.animate(places, moving);
    this.grow();
    this.setTitle(this.title);
  }

  /**
   * Return whether a trace is drawn anew at every step.
   * @param {Trace} trace
   */
  moves(trace) {
    const { role, bind } = trace.meta || {};
    if (bind && this.stage.timeline) return !this.stage.timeline.isUncovered(bind);
    return role === "cursor" && !isBlank(trace);
  }

  /** @param {import("./contract.js").Figure} figure */
  async drawInFull(figure) {
    await super.drawInFull(figure);
    const { isRevealed, timeline } = this.stage;
    /** @param {Trace} trace */
    const grows = (trace) =>
      trace.meta?.bind && timeline ? timeline.isUncovered(trace.meta.bind) : Boolean(this.quantity) && trace.meta?.role === "curve";
    this.growth.cover(isRevealed ? [] : Array.from(this.data.keys()).filter((at) => grows(this.data[at])));
    this.grow();
  }

  listen() {
    super.listen();
    this.plot.on("plotly_afterplot", () => {
      this.afterDrawing(); // a zoom, another size: so many pixels are another place now
      this.grow();
    });
  }

  /**
   * Keep the contours while traces move over them: Plotly takes away a layer of which no trace moves. It no longer
   * knows this one as its own, and makes another where it draws all.
   */
  afterDrawing() {
    const [layer] = this.plot.querySelectorAll(".contourlayer.mlayer");
    const isWanted = this.data.some(({ type }) => type === "contour");
    if (isWanted && !layer) return;
    for (const before of this.plot.querySelectorAll(".contourlayer:not(.mlayer)")) before.remove();
    layer?.classList.remove("mlayer");
  }

  /** @param {number} at */
  uncoveredTo(at) {
    return this.growth.covered.includes(at) ? this.growth.end : Infinity;
  }

  uncovered() {
    return this.growth.cut(this.plot.data);
  }

  /** Show curves up to where the stage has come. */
  grow() {
    const { reached, timeline, axis, dial, share, isRevealed } = this.stage;
    if (isRevealed) return;
    if (reached === dial.records[0]) return this.growth.openTo(-Infinity); // a steep line shows half of its width there
    if (dial.hasAxes) return this.growth.openTo(this.quantity ? placeOf(reached, axis) : reached);
    if (timeline) this.growth.openTo(timeline.numbers(timeline.sent.name, reached, share)[0]);
  }
}
