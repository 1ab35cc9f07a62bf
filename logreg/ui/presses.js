// The keys that press a button of the page, written down as they come (presses.py). While some are on their way the
// others wait, for what the browser sends says the address that it knows, and an answer may change that.
//
// And a way back leads to its page: of two runs that are asked for in one moment Streamlit may drop that of the page.

/** @typedef {{answered: number, session: string, run: number, closed: number, page: string}} Counts */
/** @typedef {Counts & {look: {[name: string]: string|null}}} Sent */
/** @typedef {{data: Sent[], setStateValue: (name: string, value: unknown) => void}} Component */

/** @type {{[key: string]: string}} the names of buttons by their keys; those of scenes have their number */
const BUTTONS = { p: "projector", n: "next_cue", pageup: "pageup", pagedown: "pagedown" };
/** @type {{[key: string]: string}} */
const SHIFTED = { n: "previous_cue" };
const KEEPS_KEYS = `textarea, select, [contenteditable=true], [role=listbox], [role=option], [role=menu], [role=grid],
  canvas.dvn-scroller, input:not([type=range], [type=radio], [type=checkbox], [readonly])`;
const POPOVER = "[data-testid=stPopoverBody]";
const OPENER = "[data-testid=stPopoverButton]";
const CLOSED_AFTER = 250; // milliseconds
const PATIENCE = 5000; // milliseconds until what is not answered is sent once more
const RUNS = "[data-testid=stApp][data-test-script-state=running]";
const TITLE = "[data-testid=stMain] h1";
const WAY_TAKES = 700; // milliseconds until the page that a way back leads to is on its way
const MOST_WAYS = 3;

let last = 0; // the number of the last press: never used before, in this window or an earlier one
let sent = 0; // the number of the last press that is on its way
let session = "";
let seen = 0; // the run of the page that drew it last: it may be drawn again by the browser alone
let shut = 0; // how often what is open has been closed
let timer = 0;
let page = ""; // that is drawn, by its part of the address
/** @type {string|null} the address before that part */
let base = null;
let ways = 0; // how often the page of the address has been asked for
let wayTimer = 0;
/** @type {{id: number, button: string}[]} the presses that are not answered */
let waiting = [];
/** @type {Component|undefined} */
let drawn;

/** @param {Component} component */
export default function (component) {
  const [{ answered, session: name, run, closed, look, page: shown }] = component.data;
  drawn = component;
  page = shown;
  base ??= window.location.pathname.slice(0, window.location.pathname.length - page.length);
  window.addEventListener("popstate", onWay);
  document.addEventListener("keydown", onKey, true); // before a control sees it; the same listener is added once
  document.documentElement.dataset.presses = "counted"; // from now on
  waiting = waiting.filter(({ id }) => id > answered);
  if (name !== session) [sent, seen, shut] = [0, 0, closed]; // another session may not have heard of them
  session = name;
  if (closed !== shut) close();
  shut = closed;
  if (run !== seen) write(look);
  seen = run;
  document.documentElement.dataset.run = String(run); // a stage looks whether the address still says what it shows
  send();
  return () => {
    if (drawn !== component) return;
    document.removeEventListener("keydown", onKey, true);
    window.removeEventListener("popstate", onWay);
    drawn = undefined;
  };
}

/** Close the popover; its button gets the focus back, and from a mouse that is no use: its tip would lie on the page. */
function close() {
  document.querySelector(POPOVER)?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  setTimeout(() => {
    const opener = document.querySelector(`${OPENER}:focus:not(:focus-visible)`);
    if (opener instanceof HTMLElement) opener.blur();
  }, CLOSED_AFTER);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest(KEEPS_KEYS)) return;
  const digit = /^(?:Digit)?([1-9])$/.exec(event.code) || /^([1-9])$/.exec(event.key);
  const name = event.key.toLowerCase();
  const button = event.shiftKey ? SHIFTED[name] : digit ? `scene_${digit[1]}` : BUTTONS[name];
  if (!button || !document.querySelector(`.st-key-${button}`)) return;
  event.preventDefault();
  event.stopPropagation(); // Streamlit's own listener would press it too
  if (event.repeat) return;
  last = Math.max(last + 1, Date.now());
  waiting.push({ id: last, button });
  send();
}

/** @param {PopStateEvent} event */
function onWay({ isTrusted }) {
  if (isTrusted) ways = 0;
  clearTimeout(wayTimer);
  wayTimer = setTimeout(arrive, WAY_TAKES);
}

/** Ask once more for the page of the address, as a way back does, where another one was drawn, or no more than its frame. */
function arrive() {
  const isThere = window.location.pathname === `${base}${page}` && document.querySelector(TITLE) !== null;
  if (isThere || ways === MOST_WAYS) return;
  if (document.querySelector(RUNS)) wayTimer = setTimeout(arrive, WAY_TAKES);
  else {
    ways += 1;
    window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
  }
}

/** Send what waits, if nothing is on its way. */
function send() {
  if (waiting.length === 0) return clearTimeout(timer);
  if (waiting[0].id <= sent) return;
  sent = waiting[waiting.length - 1].id;
  const pressed = { session, keys: [...waiting] };
  setTimeout(() => drawn?.setStateValue("pressed", pressed)); // after what a stage may have sent just now: not with it
  clearTimeout(timer);
  timer = setTimeout(() => {
    sent = 0;
    send();
  }, PATIENCE);
}

/**
 * Let the address say what a bare link has kept, and nothing that is the default.
 * @param {{[name: string]: string|null}} look
 */
function write(look) {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(look)) {
    if (value === null) url.searchParams.delete(name);
    else if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
}
