// The transport: buttons, scrub bar, speed, axis; and the clock that plays.

import { LEGEND } from "./legend.js";
import { SHARE } from "./share.js";

/** @typedef {import("./contract.js").Payload} Payload */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {keyof import("./dial.js").Neighbours} Jump */
/** @typedef {Jump|"play"|"axis"|"legend"|"help"} Command */

/** @type {{[name: string]: string}} */
const ICONS = {
  restart: "M5 4h2v12H5zM16 4v12l-8-6z",
  back: "M12.6 3.6 14 5 9 10l5 5-1.4 1.4L6.2 10z",
  play: "M6 3v14l11-7z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  step: "M7.4 3.6 6 5l5 5-5 5 1.4 1.4 6.4-6.4z",
  end: "M4 4l8 6-8 6zM13 4h2v12h-2z",
};

/** @param {string} name */
const icon = (name) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

/** @param {Command} name @param {string} label @param {string} key @param {string} content */
const button = (name, label, key, content) =>
  `<button type="button" class="button" data-do="${name}" aria-label="${label}" title="${label} (${key})">${content}</button>`;

const LONGEST_FRAME = 250; // milliseconds of playing
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/** @param {string} name @param {string} what */
const key = (name, what) => `<dt>${name}</dt><dd>${what}</dd>`;

const HELP = `
  <div class="help" role="note" hidden>
    <dl><dt>Keys</dt>
      ${key("Space", "play or pause")}${key("B or .", "the same (a clicker)")}${key("← →", "one record back, on")}
      ${key("Shift+← →", "a tenth, ten times")}${key("Home, End", "first, last step")}
      <dt class="for-axes">L</dt><dd class="for-axes">log or linear step axis</dd>${key("W", "what is on the screen")}
      ${key("?", "this help")}${key("Esc", "close what is open")}</dl>
    <dl data-of=".st-key-next_cue"><dt>Scenes</dt>
      ${key("1 … 9", "a scene")}${key("PageUp, PageDown", "the one before, the next (a clicker)")}
      ${key("N, Shift+N", "next cue of the run sheet, the one before")}</dl>
    <dl data-of=".st-key-projector"><dt>Page</dt>
      ${key("P", "projector mode")}</dl>
    <dl class="for-editing"><dt>Mouse</dt>
      ${key("Click", "add a point (Shift: of the other class)")}${key("Click a point", "flip its label")}
      ${key("Drag a point", "move it")}${key("Alt+click", "delete it")}${key("Drag the plane", "pan")}</dl>
    <dl class="for-editing"><dt>Keys in the plane</dt>
      ${key("← → ↑ ↓", "select a point")}${key("Shift+← → ↑ ↓", "move it")}${key("F", "flip")}${key("Delete", "delete")}
      ${key("A", "add one in the middle")}${key("Esc", "let go")}${key("Ctrl+Z, Ctrl+Y", "undo, redo")}</dl>
    <dl class="for-flipping"><dt></dt>
      ${key("Click a point", "flip this label instead")}${key("← → ↑ ↓, F", "the same by keys")}</dl>
  </div>`;

export const TRANSPORT = `
  <div class="transport" role="group" aria-label="Transport" tabindex="0">
    ${button("first", "Restart", "Home", icon("restart"))}
    ${button("back", "Step back", "←", icon("back"))}
    ${button("play", "Play", "Space", icon("play"))}
    ${button("next", "Step", "→", icon("step"))}
    ${button("timesTen", "Times ten", "Shift+→", "×10")}
    ${button("last", "End", "End", icon("end"))}
    <input class="scrub" type="range" aria-label="Step slider" step="any" min="0" max="1" value="0">
    <span class="where" aria-hidden="true"></span>
    <span class="actions" data-place="transport"></span>
    <label class="speed"><span>Speed</span>
      <select aria-label="Speed">${SPEEDS.map(
        (speed) => `<option value="${speed}" ${speed === 1 ? "selected" : ""}>${speed}×</option>`,
      ).join("")}</select>
    </label>
    <button type="button" class="button wide" data-do="axis"></button>
    ${LEGEND}
    <button type="button" class="button" data-do="help" aria-label="Keys" aria-expanded="false" title="Keys (?)">?</button>
    ${HELP}
    ${SHARE}
  </div>`;

/** The transport of a stage, and the clock. */
export class Transport {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.row = stage.find(".transport");
    this.scrub = /** @type {HTMLInputElement} */ (stage.find(".scrub"));
    this.where = stage.find(".where"); // says the step
    this.playButton = /** @type {HTMLButtonElement} */ (stage.find('[data-do="play"]'));
    this.axis = stage.find('[data-do="axis"]');
    this.leapButton = stage.find('[data-do="timesTen"]');
    this.helpButton = stage.find('[data-do="help"]');
    this.help = stage.find(".help");
    this.playing = false;
    this.speed = 1;
    this.clock = 0; // where the dial is while it plays
    /** @type {number|null} the time of the frame before */
    this.before = null;
    this.tick = 0; // the frame that comes next
    this.held = [0, 0]; // the step, and the furthest seen, when the slider was pressed
    this.listen();
  }

  /**
   * Leave the buttons that play out where nothing shown depends on the step: then the row only has Share, and the page
   * does not say that Play is to be pressed.
   * @param {Payload} header
   */
  layOut({ timeline, figures: { plane, curves } }) {
    /** @param {import("./contract.js").Figure} figure */
    const moves = ({ data, layout }) => layout.meta.quantity || data.some(({ meta }) => meta && meta.role === "cursor");
    const isStill = timeline === null && plane.length === 0 && !curves.some(moves);
    this.row.dataset.still = String(isStill);
    document.documentElement.toggleAttribute("data-still", isStill);
  }

  listen() {
    const { stage, scrub } = this;
    for (const element of stage.all(".transport [data-do]")) {
      element.addEventListener("click", () => this.obey(/** @type {Command} */ (element.dataset.do)));
    }
    scrub.addEventListener("input", () => stage.jumpTo(stage.dial.near(Number(scrub.value), stage.axis)));
    scrub.addEventListener("change", () => this.show()); // the thumb rests on a record
    scrub.addEventListener("pointerdown", () => (this.held = [stage.step, stage.reached]));
    scrub.addEventListener("pointercancel", () => this.putBack()); // a finger that scrolls the page has set it all the same
    const speed = /** @type {HTMLSelectElement} */ (stage.find(".speed select"));
    speed.addEventListener("change", () => (this.speed = Number(speed.value)));
  }

  /** Go back to where the dial stood before a finger that only wanted to scroll the page came down on the slider. */
  putBack() {
    const { stage } = this;
    const wasRevealed = stage.isRevealed;
    const [step, reached] = this.held;
    stage.reached = reached;
    stage.jumpTo(step);
    if (wasRevealed !== stage.isRevealed) stage.charts.redraw();
  }

  /**
   * Do what a button or a key stands for.
   * @param {Command} command
   */
  obey(command) {
    const { stage } = this;
    if (command === "play") return this.playing ? this.pause() : this.play();
    if (command === "axis") return stage.switchesAxes && stage.setAxis(stage.axis === "log" ? "linear" : "log");
    if (command === "legend") return stage.legend.toggle();
    if (command === "help") return this.toggleHelp();
    stage.jumpTo(stage.dial.neighbours(stage.step)[command]);
  }

  toggleHelp() {
    for (const part of this.stage.all("[data-of]")) part.hidden = !document.querySelector(part.dataset.of || "");
    this.help.hidden = !this.help.hidden;
    this.helpButton.setAttribute("aria-expanded", String(!this.help.hidden));
  }

  /** Play from where the stage stands, or from the start if it stands at the end. */
  play() {
    const { stage } = this;
    if (this.playing || stage.last === 0) return;
    if (stage.step >= stage.last) stage.goTo(0);
    for (const name of ["report", "settle"]) stage.agenda.drop(name); // nothing is said while it plays
    stage.legend.close(); // nothing covers what moves
    stage.ask.hide();
    this.playing = true;
    this.clock = stage.dial.clockOf(stage.step);
    this.before = null;
    this.show();
    this.tick = requestAnimationFrame((now) => this.onFrame(now));
  }

  /** Stop playing; the stage rests on its step. */
  pause() {
    if (!this.playing) return;
    this.stop();
    this.show();
    this.stage.rest();
  }

  stop() {
    this.playing = false;
    cancelAnimationFrame(this.tick);
  }

  /** @param {number} now milliseconds */
  onFrame(now) {
    const { stage } = this;
    // a hidden tab does not leap; and while a chart is dragged the run waits (see plotly_relayouting in plane.js)
    const passed = this.before === null || stage.charts.isHeld ? 0 : Math.min(now - this.before, LONGEST_FRAME);
    this.before = now;
    this.clock = stage.dial.later(this.clock, passed, this.speed);
    const step = stage.dial.shownAt(this.clock);
    stage.countFrame();
    if (step !== stage.step || stage.dial.isSmooth) stage.show(step);
    if (step >= stage.last) return this.pause();
    this.moveThumb(stage.dial.thumbAt(this.clock, stage.axis));
    this.tick = requestAnimationFrame((next) => this.onFrame(next));
  }

  /** @param {number} position */
  moveThumb(position) {
    this.scrub.value = String(position);
  }

  /** Let buttons and scrub bar say what the stage does. */
  show() {
    const { scrub, playButton, axis } = this;
    const { step, last, axis: kind, dial } = this.stage;
    const name = this.playing ? "Pause" : "Play";
    if (playButton.getAttribute("aria-label") !== name) {
      playButton.setAttribute("aria-label", name);
      playButton.title = `${name} (Space)`;
      playButton.innerHTML = icon(this.playing ? "pause" : "play");
    }
    playButton.disabled = scrub.disabled = last === 0;
    axis.hidden = !this.stage.switchesAxes;
    for (const part of this.stage.all(".for-axes")) part.hidden = axis.hidden;
    this.leapButton.textContent = dial.leap;
    this.leapButton.setAttribute("aria-label", dial.leapName);
    this.leapButton.title = `${dial.leapName} (Shift+→)`;
    scrub.setAttribute("aria-label", `${dial.title} slider`);
    axis.textContent = `${kind} axis`; // what is there; the title says what a click does
    axis.title = `Switch to a ${kind === "log" ? "linear" : "log"} step axis (L)`;
    [scrub.min, scrub.max] = dial.ends(kind).map(String);
    scrub.setAttribute("aria-valuetext", dial.announced(step));
    if (!this.playing) this.moveThumb(dial.placeOf(step, kind));
    this.stage.body.dataset.playing = String(this.playing);
  }
}
