// The connection to the server. After a cut Streamlit connects again, but may find another session, one that knows only
// the address of its own last run, or does not run at all. So the page is then run from the address that stands in the
// window, as on a step back in the history; until that is answered, nothing is sent, and a session that does not know
// the address does not write it. session.py is the other side.

import { writeLink } from "./address.js";

export const APP = "[data-testid=stApp]";
export const RUN_STATE = "data-test-script-state";
const STATE = "data-test-connection-state";
const RUNS = `[${RUN_STATE}=running]`;
const PRESS_TAKES = 250; // milliseconds until Python has what a key or a click of the page asks of it
const ASK_AGAIN_AFTER = 10000; // milliseconds
const MOST_TIMES = 3;

class Connection {
  constructor() {
    this.session = ""; // the name of the session that knows this window
    this.wanted = ""; // the name that it will have once it has taken over the address; empty where none is awaited
    this.asked = 0; // how often for that
    this.taken = 0; // how many sessions have taken over the address
    this.isUp = true;
    const app = document.querySelector(APP);
    if (app) new MutationObserver(() => this.look(app)).observe(app, { attributeFilter: [STATE] });
  }

  /** Whether what is sent now reaches a session that knows this window. */
  get isReady() {
    return this.isUp && !this.wanted;
  }

  /** @param {Element} app */
  look(app) {
    const wasUp = this.isUp;
    this.isUp = app.getAttribute(STATE) === "CONNECTED";
    if (!this.isUp || wasUp) return;
    this.asked = 0;
    this.ask();
  }

  /** Have the page run from the address that stands in the window. */
  ask() {
    this.asked += 1;
    const wanted = Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");
    this.wanted = wanted;
    writeLink({ session: `${this.session}.${wanted}` });
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
    setTimeout(() => {
      if (this.wanted !== wanted || !this.isUp) return;
      if (this.asked < MOST_TIMES) this.ask();
      else this.take(""); // whichever answers next
    }, ASK_AGAIN_AFTER);
  }

  /**
   * Take note of the session that an answer came from; return whether it knows the address. A late answer of the
   * session before does not count: the one that comes may not have heard of it.
   * @param {string} session
   */
  hears(session) {
    if (this.wanted ? session === this.wanted : !this.session) this.take(session);
    if (!this.wanted && session !== this.session) this.ask();
    return !this.wanted;
  }

  /** @param {string} session */
  take(session) {
    this.session = session;
    this.wanted = "";
    this.taken += 1;
  }
}

export const CONNECTION = new Connection();

let pressed = -Infinity; // when a key or a control of the page was
for (const kind of ["keydown", "pointerup", "change"]) {
  document.addEventListener(kind, () => (pressed = performance.now()), { capture: true, passive: true });
}

/**
 * Return whether the page itself may be asking Python for something. Streamlit drops what a key or a button asks for
 * where another message comes before it is done, so what has time waits.
 */
export function isAsking() {
  return pressTakes() > 0 || document.querySelector(APP + RUNS) !== null;
}

/** Return for how many milliseconds more Python may not have what a key or a control of the page asks of it. */
export function pressTakes() {
  return pressed + PRESS_TAKES - performance.now();
}
