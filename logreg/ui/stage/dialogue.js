// The dialogue with Python: what has been sent and answered, what is still to be asked for, and where the stage rests.

import { linkPoints } from "./address.js";
import { APP, CONNECTION, isAsking, pressTakes, RUN_STATE } from "./connection.js";
import { Outbox, RestReport } from "./messages.js";

/** @typedef {import("./contract.js").Payload} Payload */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{requests: Outbox["waiting"], taken: number}} Unanswered */

/** @type {Map<string, Unanswered>} by page and data set: what stages that left before they were answered had asked */
const UNANSWERED = new Map();
const HAS_RUN_AFTER = 100; // milliseconds until what a run of the page has changed stands on the screen
const SILENCE = "The server has not answered yet. What you did is kept, and is sent once more.";

export class Dialogue {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.taken = 0; // of the sessions that have taken over the address, the last one that it has heard
    this.page = ""; // its path
    this.place = ""; // page and data set
    this.report = new RestReport(stage.agenda, (rest) => stage.component.setStateValue("rest", rest), isAsking);
    this.outbox = new Outbox(
      stage.agenda,
      (name, value) => CONNECTION.isReady && !stage.isGone && stage.component.setTriggerValue(name, value),
      () => stage.say(SILENCE),
    );
  }

  /** A stage that comes in the place of one that left before it was answered goes on with what that one had asked. */
  arrive() {
    this.page = window.location.pathname;
    this.place = `${this.page} ${this.stage.header.scene}`;
    this.watch();
    const left = UNANSWERED.get(this.place);
    UNANSWERED.delete(this.place);
    if (!left) return;
    this.taken = left.taken;
    this.outbox.resume(left.requests);
  }

  leave() {
    const requests = this.outbox.waiting.filter(({ kind }) => kind !== "more"); // which the next stage asks for itself
    if (requests.length) UNANSWERED.set(this.place, { requests, taken: this.taken });
  }

  /** See that the address says what the stage shows after each run of the page: Streamlit writes it as it knows it. */
  watch() {
    const { agenda, leaving } = this.stage;
    const runs = new MutationObserver(() => agenda.later("address", HAS_RUN_AFTER, () => this.linkAgain()));
    const app = document.querySelector(APP);
    if (app) runs.observe(app, { attributeFilter: [RUN_STATE] });
    runs.observe(document.documentElement, { attributeFilter: ["data-run"] }); // a short run is not seen to begin and end
    leaving.signal.addEventListener("abort", () => runs.disconnect());
  }

  linkAgain() {
    const { header, playing, charts, menu } = this.stage;
    const isAtRest = CONNECTION.isReady && this.outbox.isEmpty && !playing && !charts.edited?.isDragged;
    if (!header.link || !isAtRest || window.location.pathname !== this.page) return;
    linkPoints(this.stage, true);
    menu.refresh();
  }

  /**
   * Take note of what is answered; return whether the session that answers knows this window. After a cut, what was
   * on its way is sent to it once more.
   * @param {Payload} header
   */
  hears({ session, answered }) {
    if (!CONNECTION.hears(session)) return false;
    this.outbox.answered(answered);
    if (this.taken > 0 && this.taken < CONNECTION.taken) this.outbox.sendAgain();
    this.taken = CONNECTION.taken;
    return true;
  }

  /**
   * Let Python go on with a run of which the first part has been drawn; what the reader asks for goes first.
   * @returns {void}
   */
  askForMore() {
    const { header, isGone, charts } = this.stage;
    if (isGone || header.more === null || !this.outbox.isEmpty || charts.edited?.isDragged) return;
    if (pressTakes() > 0) return this.stage.agenda.later("more", pressTakes(), () => this.askForMore());
    this.outbox.push({ kind: "more", message: { part: header.more } });
  }
}
