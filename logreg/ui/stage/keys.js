// The keys of a stage: those of the transport, and undo and redo. (The plane takes its own keys first: edit_by_keys.js.)

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./transport.js").Command} Command */

/** @type {{[key: string]: Command}} */
const KEYS = {
  " ": "play",
  ".": "play", // and b: the button of a presenter's clicker that blanks the screen of slides
  b: "play",
  B: "play",
  ArrowLeft: "back",
  ArrowRight: "next",
  Home: "first",
  End: "last",
  l: "axis",
  L: "axis",
  w: "legend",
  W: "legend",
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
    stage.editor.keys.undoByKey(event);
    transportByKey(stage, event);
  };
  stage.body.addEventListener("keydown", onKey);
  /** @param {KeyboardEvent} event */
  const onPageKey = (event) => {
    if (!isOfAStage(event) && isFree(event) && stage === uppermost()) onKey(event);
  };
  // before the page's own controls see it: some of them keep every key to themselves
  document.addEventListener("keydown", onPageKey, { capture: true, signal: stage.leaving.signal });
  const release = { capture: true, signal: stage.leaving.signal };
  for (const kind of ["pointerup", "change"]) document.addEventListener(kind, () => setTimeout(() => letGo()), release);
  stage.body.addEventListener("change", () => setTimeout(() => letGo())); // it ends at the shadow root
}

/**
 * A control that was pressed lets go of the keyboard, so that the lecturer's keys work after any click. One that was
 * reached by Tab keeps it, and so does what is typed into, an open list, and a plane, whose points have keys.
 * @param {string} [kinds] of control
 */
function letGo(kinds = PRESSED) {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (focused instanceof HTMLElement && focused.matches(kinds) && !isReachedByTab) focused.blur();
}

const PRESSED = `button, summary, a, select, input[type=radio], input[type=checkbox], input[type=range], [role=slider],
  [role=switch], [role=radio], [role=tab], [role=combobox][aria-expanded=false]`;
const FIELDS = "input:not([aria-expanded=true])";
const KEEPS_KEYS = `textarea, select, input:not([type=range], [type=radio], [type=checkbox]), [contenteditable=true],
  [role=listbox], [role=option], [role=menu], [role=grid], canvas`;
let isReachedByTab = false; // what has the focus: by Tab, or by whatever else is no press
let isPressed = false;
/** @type {Element|null} the last control that was pressed, until Tab leads on; what it opened gives it the focus back */
let opener = null;
document.addEventListener("pointerdown", onPress, true);
document.addEventListener("pointerup", () => setTimeout(() => (isPressed = false)), true);
document.addEventListener("focusin", onFocus, true);
document.addEventListener("keydown", onAnyKey, true);

/** @param {Event} event */
function onPress(event) {
  [isPressed, isReachedByTab] = [true, false]; // of a focus that moves inside a stage the document hears nothing
  opener = targetOf(event).closest(PRESSED);
}

/** @param {Event} event */
function onFocus(event) {
  const isGivenBack = !isPressed && targetOf(event) === opener;
  isReachedByTab = !isPressed && !isGivenBack;
  if (isGivenBack) setTimeout(() => letGo());
}

/** @param {KeyboardEvent} event */
function onAnyKey({ key }) {
  if (key === "Tab") [opener, isPressed, isReachedByTab] = [null, false, true]; // also before the press's timer
  if (key === "Escape") setTimeout(() => letGo(FIELDS)); // a list that was open, a field that was typed into
}

/**
 * Text fields and menus keep their keys, and Space or Enter on a button presses that button and nothing else.
 * @param {Stage} stage
 * @param {KeyboardEvent} event
 */
function transportByKey(stage, event) {
  const target = targetOf(event);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && stage.menu.isOpen) return closeShare(stage, event);
  if (target.matches("select, textarea, input:not([type=range])")) return;
  if (event.key === " " && target.matches("button") && isReachedByTab) return;
  const { help } = stage.transport;
  const isPage = event.key === "PageUp" || event.key === "PageDown";
  if (isPage && target.matches(".scrub")) return passOn(event);
  const opened = !help.hidden ? "help" : stage.legend.isOpen ? "legend" : undefined;
  const name = event.key === "Escape" ? opened : KEYS[event.key];
  if (!name || (event.repeat && name === "play")) return;
  event.preventDefault();
  event.stopPropagation();
  stage.transport.obey((event.shiftKey && WITH_SHIFT[name]) || name);
}

/** @param {Stage} stage @param {KeyboardEvent} event */
function closeShare(stage, event) {
  event.preventDefault();
  event.stopPropagation();
  stage.menu.close();
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

/** @param {Event} event */
function targetOf(event) {
  return /** @type {Element} */ (event.composedPath()[0]);
}

/**
 * Return whether a key belongs to no control of the page: none is typed into, and none was reached by Tab that has a use
 * for it. A plain button uses Space and Enter only.
 * @param {KeyboardEvent} event
 */
function isFree(event) {
  const target = targetOf(event);
  if (target.closest(KEEPS_KEYS)) return false;
  return !isReachedByTab || target.matches("html, body") || (target.matches("button") && event.key !== " ");
}

/** @param {KeyboardEvent} event */
function isOfAStage(event) {
  return event.composedPath().some((node) => node instanceof ShadowRoot);
}

/** Of the stages in view the page's keys are the uppermost one's, whichever was there first. */
function uppermost() {
  const places = Array.from(LISTENING, (stage) => ({ stage, place: stage.body.getBoundingClientRect() }));
  const inView = places.filter(({ place }) => place.top < window.innerHeight && place.bottom > 0);
  return inView.sort((a, b) => a.place.top - b.place.top).map(({ stage }) => stage)[0];
}
