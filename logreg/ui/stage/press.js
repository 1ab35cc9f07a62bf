// Presses on a chart: how one ends, and which are Plotly's own.

/**
 * Wait for the end of a press, or for a second finger. It may come anywhere on the page: Plotly lays a sheet of its own
 * over it while it pans.
 * Return a function that breaks the press off.
 * @param {(end: PointerEvent) => void} onEnd
 * @param {(move: PointerEvent) => void} [onMove] called on the way
 */
export function onceReleased(onEnd, onMove = () => {}) {
  const ended = new AbortController();
  const listening = { capture: true, signal: ended.signal };
  /** @param {PointerEvent} event */
  const end = (event) => {
    ended.abort();
    onEnd(event);
  };
  const breakOff = () => end(new PointerEvent("pointercancel"));
  /** @param {PointerEvent} event */
  const onAnother = (event) => event.isPrimary || breakOff(); // a second finger: the hand pinches
  window.addEventListener("pointerdown", onAnother, listening);
  window.addEventListener("pointermove", onMove, listening);
  window.addEventListener("pointerup", end, listening);
  window.addEventListener("pointercancel", end, listening);
  return breakOff;
}

/**
 * Return whether an event is one of Plotly's toolbar.
 * @param {Event} event
 */
export function isOnToolbar(event) {
  return event.composedPath().some((node) => node instanceof Element && node.classList.contains("modebar"));
}

/**
 * Return whether the menu at the side lies over the page here, as on a phone: a press beside it only closes it.
 * @param {Element} element of the page
 */
export function isUnderMenu(element) {
  const menu = document.querySelector("[data-testid=stSidebar]");
  return menu !== null && menu.getBoundingClientRect().right > element.getBoundingClientRect().left;
}
