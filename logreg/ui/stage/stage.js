// The stage itself: what Python sent, what is on the screen, and the parts that show it. component.js says which they are.

import { showActions, wireActions } from "./actions.js";
import { linkLook, linkPoints } from "./address.js";
import { Agenda } from "./agenda.js";
import { markScene, spokenOf } from "./aloud.js";
import { Ask } from "./ask.js";
import { showCaption } from "./caption.js";
import { Charts } from "./charts.js";
import { dialOf } from "./dial.js";
import { Dialogue } from "./dialogue.js";
import { Editor } from "./edit.js";
import { EDITOR } from "./edit_row.js";
import { wireKeys } from "./keys.js";
import { Legend } from "./legend.js";
import { formatStep } from "./numbers.js";
import { offersOf } from "./offers.js";
import { ThemeWatch } from "./page_theme.js";
import { fitPaper } from "./paper.js";
import { Share } from "./share.js";
import { recordAt } from "./state.js";
import { PLACE, Timeline } from "./timeline.js";
import { Transport, TRANSPORT } from "./transport.js";
import { Words } from "./words.js";

/** @typedef {import("./contract.js").Axis} Axis */
/** @typedef {import("./contract.js").Component} Component */
/** @typedef {import("./contract.js").Payload} Payload */

const SETTLED_AFTER = 250; // milliseconds
let count = 0;

export class Stage {
  /**
   * @param {Component} component
   * @param {Payload} payload
   */
  constructor(component, payload) {
    this.component = component;
    this.root = component.parentElement;
    this.body = this.find(".stage");
    this.body.innerHTML = `<div class="charts"><div class="planes"></div><div class="curves"></div></div>${TRANSPORT}
      <p class="caption" hidden><strong></strong><span></span></p><p class="unseen" aria-live="polite"></p>
      <div class="below">${EDITOR}<div class="status" role="status" aria-live="polite"></div></div>`;
    this.id = count += 1;

    // what Python sent
    this.header = payload;
    this.runs = payload.runs;
    /** @type {Timeline|null} what bound traces follow */
    this.timeline = null;
    this.dial = dialOf(payload);
    this.isNew = true; // nothing has been taken over yet

    // what is on the screen
    this.step = 0; // of a run; of any other dial the number of its value
    this.reached = 0; // the furthest step that has been seen: curves are drawn up to it
    /** @type {Axis} */
    this.axis = "log";
    this.frames = 0;
    this.isGone = false;

    // where it goes
    this.wanted = 0; // the step at which it was put to rest, which a shorter run may not have
    this.followsEnd = true; // it rests at the last step, whichever that is

    this.agenda = new Agenda(this.body);
    this.dialogue = new Dialogue(this);
    this.outbox = this.dialogue.outbox;
    this.report = this.dialogue.report;
    this.theme = new ThemeWatch(this.body, (seen) => this.component.setStateValue("theme", seen));
    this.charts = new Charts(this);
    this.transport = new Transport(this);
    this.editor = new Editor(this);
    this.menu = new Share(this, () => offersOf(this));
    this.captionPlace = this.find(".caption");
    this.status = this.find(".status");
    this.spoken = this.find(".unseen");
    this.leaving = new AbortController(); // ends what listens outside the stage
    this.words = new Words(this);
    this.legend = new Legend(this);
    this.ask = new Ask(this);
    wireKeys(this);
    wireActions(this);
    const { signal } = this.leaving;
    for (const panel of [this.menu, this.legend]) window.addEventListener("resize", () => panel.fit(), { signal });
    document.fonts.addEventListener("loadingdone", () => this.charts.fitTitles(), { signal });
    fitPaper(this);
    this.watch = new ResizeObserver(() => this.charts.resize());
    this.watch.observe(this.body);
  }

  /** @param {string} selector */
  find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  /** @param {string} selector */
  all(selector) {
    return /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll(selector));
  }

  /** The page's own background. */
  get paper() {
    return getComputedStyle(this.body).getPropertyValue("--st-background-color").trim() || "white";
  }

  /** Whether two runs stand side by side; with one plane the second is a pinned one, drawn faint. */
  get isPair() {
    return this.header.layout !== "explorer";
  }

  get playing() {
    return this.transport.playing;
  }

  /** The places of the dial that can be shown. */
  get steps() {
    return this.dial.records;
  }

  get last() {
    return this.dial.last;
  }

  /** Whether a chart has its step axis in both forms; where none has, there is nothing to switch. */
  get switchesAxes() {
    return this.dial.hasAxes && this.header.figures.curves.some(({ layout }) => "log" in layout.meta);
  }

  /** Whether the whole has been seen: until then what gives the end away is not shown. */
  get isRevealed() {
    return this.reached >= this.last;
  }

  /** How far the dial is on its way from the value shown to the next. */
  get share() {
    return this.playing && this.dial.isSmooth ? this.transport.clock - this.step : 0;
  }

  /** Free what the stage holds outside its place. */
  leave() {
    this.isGone = true;
    this.charts.breakOff();
    this.dialogue.leave();
    this.transport.stop();
    this.leaving.abort();
    document.documentElement.removeAttribute("data-still");
    this.agenda.clear();
    this.watch.disconnect();
    this.charts.retire();
  }

  // ---------------------------------------------------------------- data in

  /**
   * Take over what Python sent. A playing stage plays on, a resting one stays on its step, one at its end at its end;
   * where Python moves it, it rests.
   * @param {Payload} header
   */
  async take(header) {
    const isFirst = this.isNew;
    const told = this.header.message;
    const isMoved = this.adopt(header);
    this.keepLinks(isFirst);
    this.refresh();
    const said = header.message || (isFirst ? this.notRecorded : "");
    if (isFirst || said || told) this.say(said);
    if (isFirst) this.report.known(this.whereItRests);
    else if (!this.playing) this.report.later(this.whereItRests); // another run may have moved the step
    await this.charts.redraw();
    this.legend.refresh();
    if (isMoved && !isFirst) this.spoken.textContent = spokenOf(this);
  }

  /**
   * Hold what Python sent in place of what it sent before. Return whether Python says where the stage is to be.
   * @param {Payload} header
   */
  adopt(header) {
    const isMoved = this.isNew || header.seek !== this.header.seek;
    const wasRevealed = !this.isNew && this.isRevealed;
    this.isNew = false;
    this.header = header;
    this.runs = header.runs;
    this.timeline = header.timeline && new Timeline(header.timeline);
    this.dial = dialOf(header);
    if (isMoved) {
      this.transport.stop(); // what plays belongs to what was there
      this.moveTo(header.step, header.axis);
    }
    this.keepStep();
    this.reached = isMoved ? this.step : wasRevealed ? this.last : Math.max(this.reached, this.step);
    this.theme.check(header.theme.name);
    return isMoved;
  }

  /**
   * Bring the page's address up to date.
   * @param {boolean} isFirst whether the stage is new
   */
  keepLinks(isFirst) {
    const { header } = this;
    if (isFirst) this.dialogue.arrive();
    const isLinked = this.dialogue.hears(header) && header.link && !this.charts.edited?.isDragged;
    if (isLinked) linkPoints(this, isFirst); // at once: a cut may come at any time; of a drag when it has ended
    if (!isFirst && !this.playing && header.link) linkLook(this); // Python may have written an address without it
  }

  /** Bring all that stands around the charts up to date. */
  refresh() {
    this.ask.hide();
    this.layOut();
    this.words.take();
    this.agenda.later("scene", SETTLED_AFTER, markScene);
    this.editor.replayWaiting();
    this.editor.pointer.onAnswer();
    this.transport.show();
    this.editor.show();
    showActions(this);
    this.menu.refresh();
    this.showStepNumber();
  }

  /**
   * Go where Python wants a new stage to be, or one that its page has moved.
   * @param {number|null} step
   * @param {Axis} axis
   */
  moveTo(step, axis) {
    this.axis = axis;
    this.followsEnd = step === null;
    this.wanted = step ?? this.last;
  }

  /** What is to be said of a link whose step lies between two records; nothing while the run is not there whole. */
  get notRecorded() {
    const { step: asked, more } = this.header;
    if (asked === null || more || !(Math.ceil(this.step) < asked) || asked > this.last) return "";
    return `Step ${formatStep(asked)} is not recorded: this is the last record before it.`;
  }

  /** Stand at a record of the runs that are there now. */
  keepStep() {
    const wanted = this.playing ? this.step : this.followsEnd ? this.last : this.wanted;
    this.step = this.steps[recordAt(this.steps, wanted)];
    if (this.playing) this.transport.clock = Math.min(this.transport.clock, this.dial.clockOf(this.last));
  }

  /** Give everything its place and its colours. */
  layOut() {
    const { layout, theme, caption, seek } = this.header;
    Object.assign(this.body.dataset, { layout, seek });
    this.body.style.colorScheme = theme.name;
    this.body.style.setProperty("--zero", theme.classes[0]);
    this.body.style.setProperty("--one", theme.classes[1]);
    this.transport.layOut(this.header);
    // a caption keeps its lines' room, so that nothing below jumps while its numbers change
    this.captionPlace.hidden = !caption;
    this.captionPlace.style.setProperty("--lines", String(caption.split("\n").length - 1));
    this.charts.layOut();
  }

  // ---------------------------------------------------------------- what the stage shows

  countFrame() {
    this.frames += 1;
    this.body.dataset.frames = String(this.frames);
  }

  /** @param {number} step */
  show(step) {
    this.step = step;
    const wasRevealed = this.isRevealed;
    this.reached = Math.max(this.reached, step);
    this.showStepNumber();
    this.charts.drawStep();
    if (this.isRevealed && !wasRevealed) this.charts.redraw();
  }

  showStepNumber() {
    this.body.dataset.step = String(this.step);
    this.transport.where.textContent = this.dial.written(this.step);
    showCaption(this);
  }

  /**
   * Go to a step and rest there.
   * @param {number} step
   */
  goTo(step) {
    this.show(step);
    this.countFrame();
    this.rest();
  }

  /**
   * Stop playing and go to a step.
   * @param {number} step
   */
  jumpTo(step) {
    this.transport.pause();
    this.goTo(step);
  }

  get whereItRests() {
    // a flow's records need not stand at whole steps; rounded up, the record is found again
    return { step: Math.ceil(this.step), axis: this.axis, at_end: this.followsEnd, seek: this.header.seek };
  }

  rest() {
    this.wanted = this.step;
    this.followsEnd = this.step >= this.last;
    this.transport.show();
    this.report.later(this.whereItRests);
    this.agenda.later("settle", SETTLED_AFTER, () => this.settle());
  }

  /** Do what need not keep up with every step: the address, the labels on hovering, the spoken state. */
  settle() {
    if (this.header.link) linkLook(this);
    this.charts.refreshHover();
    this.charts.showLabels();
    this.menu.refresh();
    this.words.scanLater();
    this.legend.refresh();
    this.say(this.dial.announced(this.step), "heard");
    this.spoken.textContent = spokenOf(this);
  }

  /** @param {Axis} axis */
  setAxis(axis) {
    this.axis = axis;
    this.transport.show();
    this.charts.redraw();
    if (!this.playing) this.rest();
  }

  /**
   * Return what the timeline says by a name at the step shown, or null.
   * @param {string} name
   */
  said(name) {
    return this.timeline ? this.timeline.said(name, this.timeline.rowAt(this.step)) : null;
  }

  /**
   * Return a text with the timeline's numbers in their places.
   * @param {string} text
   */
  filled(text) {
    return text.replace(PLACE, (_, name) => this.said(name) ?? "–");
  }

  /**
   * Write into the status.
   * @param {string} text
   * @param {"seen"|"heard"} how whether it has to be seen where it lies on other text, or stands elsewhere on the screen
   */
  say(text, how = "seen") {
    this.status.dataset.how = how;
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}
