// What goes to Python: edits, one at a time, and the step at which the stage rests. And what goes into the address.

const PATIENCE = 6000; // milliseconds until an unanswered edit is given up
const REST_AFTER = 250; // milliseconds without a change that count as rest

/**
 * Edits on their way. Streamlit keeps only the last of two triggers that come between two runs, so the next edit
 * waits until Python has answered the one before; the picture does not wait.
 */
export class Outbox {
  /**
   * @param {(edit: object) => void} send hands an edit to Streamlit
   * @param {() => void} onGivingUp called when no answer came
   */
  constructor(send, onGivingUp) {
    this.send = send;
    this.onGivingUp = onGivingUp;
    this.waiting = []; // edits that Python has not answered, the one under way first
    this.lastId = 0;
  }

  push(edit) {
    this.lastId = Math.max(this.lastId + 1, Date.now()); // never used before, in this window or an earlier one
    this.waiting.push({ ...edit, id: this.lastId });
    if (this.waiting.length === 1) this.start();
  }

  start() {
    clearTimeout(this.timer);
    if (!this.waiting.length) return;
    this.timer = setTimeout(() => {
      this.waiting = [];
      this.onGivingUp();
    }, PATIENCE);
    this.send(this.waiting[0]);
  }

  /** Take note of the last edit that Python has answered. */
  answered(id) {
    if (!this.waiting.length || this.waiting[0].id !== id) return;
    this.waiting.shift();
    this.start();
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting = [];
  }
}

/** Reports the step and the axis once they have rested for a moment. */
export class RestReport {
  constructor(send) {
    this.send = send;
    this.last = "";
  }

  /** What Python knows already need not be told; the end is the end, whichever step it is. */
  known(rest) {
    this.last = nameOfRest(rest);
  }

  later(rest) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (nameOfRest(rest) === this.last) return;
      this.known(rest);
      this.send(rest);
    }, REST_AFTER);
  }

  cancel() {
    clearTimeout(this.timer);
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
