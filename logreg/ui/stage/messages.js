// What goes to Python: edits and other requests, one at a time, and the step at which the stage rests. And what goes
// into the address.

const PATIENCE = { edit: 6000, act: 6000, more: 60000 }; // milliseconds until an unanswered request is given up
const REST_AFTER = 250; // milliseconds without a change that count as rest

/**
 * Requests on their way: "edit" (the points), "act" (a button of the page's own), "more" (the rest of a run).
 * Streamlit keeps only the last of two triggers that come between two runs, whatever their names, so the next one
 * waits until Python has answered the one before; the picture does not wait.
 */
export class Outbox {
  /**
   * @param {Agenda} agenda
   * @param {(kind: string, message: object) => void} send hands a request to Streamlit
   * @param {() => void} onGivingUp called when no answer came
   */
  constructor(agenda, send, onGivingUp) {
    this.agenda = agenda;
    this.send = send;
    this.onGivingUp = onGivingUp;
    this.waiting = []; // requests that Python has not answered, the one under way first
    this.lastId = 0;
  }

  get isEmpty() {
    return this.waiting.length === 0;
  }

  /** The edits among what waits, the first one first. */
  get edits() {
    return this.waiting.filter(({ kind }) => kind === "edit").map(({ message }) => message);
  }

  push(kind, message) {
    this.lastId = Math.max(this.lastId + 1, Date.now()); // never used before, in this window or an earlier one
    this.waiting.push({ kind, message: { ...message, id: this.lastId } });
    if (this.waiting.length === 1) this.start();
  }

  start() {
    if (this.isEmpty) return this.agenda.drop("answer");
    const { kind, message } = this.waiting[0];
    this.agenda.later("answer", PATIENCE[kind], () => {
      this.waiting = [];
      this.onGivingUp();
    });
    this.send(kind, message);
  }

  /** Take note of the last request that Python has answered. */
  answered(id) {
    if (this.isEmpty || this.waiting[0].message.id !== id) return;
    this.waiting.shift();
    this.start();
  }
}

/** Reports the step and the axis once they have rested for a moment. */
export class RestReport {
  /**
   * @param {Agenda} agenda
   * @param {(rest: object) => void} send hands the rest to Streamlit
   */
  constructor(agenda, send) {
    this.agenda = agenda;
    this.send = send;
    this.last = "";
  }

  /** What Python knows already need not be told; the end is the end, whichever step it is. */
  known(rest) {
    this.last = nameOfRest(rest);
  }

  later(rest) {
    this.agenda.later("report", REST_AFTER, () => {
      if (nameOfRest(rest) === this.last) return;
      this.known(rest);
      this.send(rest);
    });
  }
}

function nameOfRest({ step, axis, at_end: atEnd }) {
  return `${atEnd ? "end" : step} ${axis}`;
}

/**
 * Write parameters into the address without a new entry in the history.
 * @param {Object<string, string|number|null>} values null takes a parameter out
 */
export function writeLink(values) {
  const url = new URL(window.location.href);
  const before = url.search;
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  if (url.search !== before) window.history.replaceState(window.history.state, "", url);
}
