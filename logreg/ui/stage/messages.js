// What goes to Python: edits and other requests, in their order, and the step at which the stage rests.

/** @typedef {import("./agenda.js").Agenda} Agenda */
/** @typedef {import("./contract.js").Edit} Edit */
/** @typedef {import("./contract.js").Rest} Rest */
/** @typedef {{kind: "edit", message: Edit}} EditRequest a change of the points */
/** @typedef {{kind: "act", message: {name: string}}} ActRequest a button of the page's own */
/** @typedef {{kind: "more", message: {part: string}}} MoreRequest the rest of a run */
/** @typedef {EditRequest|ActRequest|MoreRequest} Request */

const PATIENCE = { edit: 6000, act: 6000, more: 60000 }; // milliseconds until an unanswered request is sent once more
const REST_AFTER = 250; // milliseconds without a change that count as rest
export const MOST_EDITS = 300; // of one message (messages.py)

/**
 * Requests on their way. Streamlit keeps only the last of two triggers that come between two runs, whatever their
 * names, so the next one waits until Python has answered the one before; the picture does not wait. Edits that wait
 * go together. Nothing is dropped: what is not answered is sent once more, and Python knows it again by its id.
 */
export class Outbox {
  /**
   * @param {Agenda} agenda
   * @param {(name: string, value: object) => void} send hands a request to Streamlit, if it can be sent now
   * @param {() => void} onSilence called when no answer came
   */
  constructor(agenda, send, onSilence) {
    this.agenda = agenda;
    this.send = send;
    this.onSilence = onSilence;
    /** @type {(Request & {id: number})[]} requests that Python has not answered, the oldest first */
    this.waiting = [];
    this.onItsWay = 0; // how many of them
    this.lastId = 0;
  }

  get isEmpty() {
    return this.waiting.length === 0;
  }

  /** The edits among what waits, the first one first. */
  get edits() {
    return this.waiting.flatMap((request) => (request.kind === "edit" ? [request.message] : []));
  }

  /** @param {Request} request */
  push(request) {
    this.lastId = Math.max(this.lastId + 1, Date.now()); // never used before, in this window or an earlier one
    this.waiting.push({ ...request, id: this.lastId });
    if (this.waiting.length === 1) this.start();
  }

  /**
   * Go on with requests of another outbox.
   * @param {(Request & {id: number})[]} requests
   */
  resume(requests) {
    this.waiting = requests;
    this.lastId = requests[requests.length - 1].id;
    this.start();
  }

  start() {
    this.onItsWay = Math.min(this.waiting.length, 1);
    if (this.isEmpty) return this.agenda.drop("answer");
    if (this.waiting[0].kind === "edit") {
      const other = this.waiting.findIndex(({ kind }) => kind !== "edit");
      this.onItsWay = Math.min(other < 0 ? this.waiting.length : other, MOST_EDITS);
    }
    this.sendAgain();
  }

  /** Send what is on its way, the same as before. */
  sendAgain() {
    if (this.isEmpty) return;
    const sent = this.waiting.slice(0, this.onItsWay);
    const { id } = sent[sent.length - 1];
    const [{ kind, message }] = sent;
    this.agenda.later("answer", PATIENCE[kind], () => {
      this.onSilence();
      this.sendAgain();
    });
    this.send(kind, kind === "edit" ? { edits: sent.map((request) => request.message), id } : { ...message, id });
  }

  /**
   * Take note of the last request that Python has answered.
   * @param {number} id
   */
  answered(id) {
    if (this.isEmpty || this.waiting[this.onItsWay - 1].id !== id) return;
    this.waiting.splice(0, this.onItsWay);
    this.start();
  }
}

/** Reports the step and the axis once they have rested for a moment, and when nothing else is asked of Python. */
export class RestReport {
  /**
   * @param {Agenda} agenda
   * @param {(rest: Rest) => void} send hands the rest to Streamlit
   * @param {() => boolean} isAsking whether the page itself may be asking Python for something
   */
  constructor(agenda, send, isAsking) {
    this.agenda = agenda;
    this.send = send;
    this.isAsking = isAsking;
    this.last = "";
  }

  /**
   * What Python knows already need not be told; the end is the end, whichever step it is.
   * @param {Rest} rest
   */
  known(rest) {
    this.last = nameOfRest(rest);
  }

  /** @param {Rest} rest */
  later(rest) {
    this.agenda.later("report", REST_AFTER, () => {
      if (this.isAsking()) return this.later(rest);
      if (nameOfRest(rest) === this.last) return;
      this.known(rest);
      this.send(rest);
    });
  }
}

/** @param {Rest} rest */
function nameOfRest({ step, axis, at_end: atEnd }) {
  return `${atEnd ? "end" : step} ${axis}`;
}
