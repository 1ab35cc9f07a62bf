// The dialogue with Python: what has been sent and answered, what is still to be asked for, and where the stage rests.

import { CONNECTION, isAsking } from "./connection.js";
import { Outbox, RestReport } from "./messages.js";

/** @typedef {import("./contract.js").Payload} Payload */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{requests: Outbox["waiting"], taken: number}} Unanswered */

/** @type {Map<string, Unanswered>} by page and data set: what stages that left in the middle of a cut had asked */
const UNANSWERED = new Map();
const SILENCE = "The server has not answered yet. What you did is kept, and is sent once more.";

export class Dialogue {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.taken = 0; // of the sessions that have taken over the address, the last one that it has heard
    this.place = ""; // page and data set
    /** @type {string|null} the part of a run for the rest of which Python was asked */
    this.asked = null;
    this.report = new RestReport(stage.agenda, (rest) => stage.component.setStateValue("rest", rest), isAsking);
    this.outbox = new Outbox(
      stage.agenda,
      (name, value) => CONNECTION.isReady && stage.component.setTriggerValue(name, value),
      () => stage.say(SILENCE),
    );
  }

  /** A stage that comes in the place of one that left in the middle of a cut goes on with what that one had asked. */
  arrive() {
    this.place = `${window.location.pathname} ${this.stage.header.scene}`;
    const left = UNANSWERED.get(this.place);
    UNANSWERED.delete(this.place);
    if (!left) return;
    this.taken = left.taken;
    this.outbox.resume(left.requests);
  }

  leave() {
    if (CONNECTION.isReady || this.outbox.isEmpty) return;
    UNANSWERED.set(this.place, { requests: this.outbox.waiting, taken: this.taken });
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

  /** Let Python go on with a run of which the first part has been drawn; what the reader asks for goes first. */
  askForMore() {
    const { header, isGone, charts } = this.stage;
    if (isGone || !this.outbox.isEmpty || charts.edited?.isDragged) return;
    if (header.more !== null && header.more !== this.asked) {
      this.outbox.push({ kind: "more", message: { part: header.more } });
    }
    this.asked = header.more;
  }
}
