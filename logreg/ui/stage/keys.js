// The keys of a stage: those of the transport, and undo and redo. (The plane takes its own keys first: edit.js.)

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./transport.js").Command} Command */

/** @type {{[key: string]: Command}} */
const KEYS = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "next",
  Home: "first",
  End: "last",
  l: "axis",
  L: "axis",
  "?": "help",
};
/** @type {{[name: string]: Command}} */
const WITH_SHIFT = { back: "tenth", next: "timesTen" };

/** @type {Set<Stage>} all stages of the page */
const LISTENING = new Set();

/**
 * Listen to the stage, and to the page where no control of the page has a use for the key.
 * @param {Stage} stage
 */
export function wireKeys(stage) {
  LISTENING.add(stage);
  stage.leaving.signal.addEventListener("abort", () => LISTENING.delete(stage));
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    stage.editor.undoByKey(event);
    transportByKey(stage, event);
  };
  stage.body.addEventListener("keydown", onKey);
  /** @param {KeyboardEvent} event */
  const onPageKey = (event) => {
    if (isFree(event) && stage === uppermost()) onKey(event);
  };
  document.addEventListener("keydown", onPageKey, { signal: stage.leaving.signal });
}

/**
 * Text fields and menus keep their keys, and Space or Enter on a button presses that button and nothing else.
 * @param {Stage} stage
 * @param {KeyboardEvent} event
 */
function transportByKey(stage, event) {
  const target = targetOf(event);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("select, textarea, input:not([type=range])")) return;
  if (event.key === " " && target.matches("button")) return;
  const { help } = stage.transport;
  const isPage = event.key === "PageUp" || event.key === "PageDown";
  if (isPage && target.matches(".scrub")) return passOn(event);
  const name = event.key === "Escape" && !help.hidden ? "help" : KEYS[event.key];
  if (!name || (event.repeat && name === "play")) return;
  event.preventDefault();
  event.stopPropagation();
  stage.transport.obey((event.shiftKey && WITH_SHIFT[name]) || name);
}

/**
 * A presenter's clicker turns the page's pages, wherever the focus is: the scrub bar would move.
 * @param {KeyboardEvent} event
 */
function passOn(event) {
  event.preventDefault();
  event.stopPropagation();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, bubbles: true }));
}

/** @param {KeyboardEvent} event */
function targetOf(event) {
  return /** @type {Element} */ (event.composedPath()[0]);
}

/**
 * Nothing on the page has the focus, or one of its plain buttons, which only use Space and Enter.
 * @param {KeyboardEvent} event
 */
function isFree(event) {
  return targetOf(event).matches("html, body, [data-testid^=stBaseButton]");
}

/** Of the stages in view the page's keys are the uppermost one's, whichever was there first. */
function uppermost() {
  const places = Array.from(LISTENING, (stage) => ({ stage, place: stage.body.getBoundingClientRect() }));
  const inView = places.filter(({ place }) => place.top < window.innerHeight && place.bottom > 0);
  return inView.sort((a, b) => a.place.top - b.place.top).map(({ stage }) => stage)[0];
}
