// The keys of a stage: those of the transport, and undo and redo. (The plane takes its own keys first: edit.js.)

import { undoByKey } from "./edit.js";

const KEYS = {
  " ": "play",
  ArrowLeft: "back",
  ArrowRight: "step",
  Home: "restart",
  End: "end",
  l: "axis",
  L: "axis",
  "?": "help",
};
const WITH_SHIFT = { back: "tenth", step: "tenfold" };

const LISTENING = new Set(); // all stages of the page

/** Listen to the stage, and to the page where no control of the page has a use for the key. */
export function wireKeys(stage) {
  LISTENING.add(stage);
  stage.leaving.signal.addEventListener("abort", () => LISTENING.delete(stage));
  const onKey = (event) => {
    undoByKey(stage, event);
    transportByKey(stage, event);
  };
  stage.body.addEventListener("keydown", onKey);
  const onPageKey = (event) => {
    if (isFree(event) && stage === uppermost()) onKey(event);
  };
  document.addEventListener("keydown", onPageKey, { signal: stage.leaving.signal });
}

// Text fields and menus keep their keys, and Space or Enter on a button presses that button and nothing else.
function transportByKey(stage, event) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("select, textarea, input:not([type=range])")) return;
  if (event.key === " " && target.matches("button")) return;
  const help = stage.root.querySelector(".help");
  if (event.key === "Escape" && !help.hidden) return stage.commands.help();
  if (target.matches(".scrub") && (event.key === "PageUp" || event.key === "PageDown")) return passOn(event);
  const name = KEYS[event.key];
  if (!name || (event.repeat && name === "play")) return;
  event.preventDefault();
  event.stopPropagation();
  stage.commands[(event.shiftKey && WITH_SHIFT[name]) || name]();
}

// A presenter's clicker turns the page's pages, wherever the focus is: the scrub bar would move.
function passOn(event) {
  event.preventDefault();
  event.stopPropagation();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, bubbles: true }));
}

// Nothing on the page has the focus, or one of its plain buttons, which only use Space and Enter.
function isFree(event) {
  const target = event.composedPath()[0];
  return target === document.body || target === document.documentElement || target.matches("[data-testid^=stBaseButton]");
}

// Of the stages in view the page's keys are the uppermost one's, whichever was there first.
function uppermost() {
  const places = Array.from(LISTENING, (stage) => ({ stage, place: stage.body.getBoundingClientRect() }));
  const inView = places.filter(({ place }) => place.top < window.innerHeight && place.bottom > 0);
  return inView.sort((a, b) => a.place.top - b.place.top).map(({ stage }) => stage)[0];
}
