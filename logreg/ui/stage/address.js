// What goes into the address: points, step and axis, so that a link shows the same screen.

/** @typedef {import("./stage.js").Stage} Stage */

/**
 * Write what Python says of the points and of a pinned run.
 * @param {Stage} stage @param {boolean} isFirst
 */
export function linkPoints(stage, isFirst) {
  const { points, pin } = stage.header;
  // at first the look too: it may be that of an earlier visit, or stand in for one that there is not
  writeLink({ pts: points, pin, ...(isFirst ? lookOf(stage) : {}) });
}

/**
 * Write where the stage rests.
 * @param {Stage} stage
 */
export function linkLook(stage) {
  writeLink(lookOf(stage));
}

/**
 * Return how the address says where the stage rests; or is to, once the rest of its run has come.
 * @param {Stage} stage
 */
function lookOf({ header: { home, more }, last, wanted, whereItRests: { step, axis, at_end: atEnd } }) {
  const stands = more !== null && wanted > last ? wanted : step;
  return { step: linked(home, last, stands, atEnd), axis: axis === "log" ? null : axis };
}

/**
 * Return how the address says a step; null where it need not.
 * @param {"start"|"end"} home @param {number} last @param {number} step @param {boolean} atEnd
 */
function linked(home, last, step, atEnd) {
  const isHome = home === "start" ? step === 0 && !(atEnd && last > 0) : atEnd;
  return isHome ? null : atEnd ? "end" : step;
}

/**
 * Write parameters into the address without a new entry in the history. Most are there already: to look costs less.
 * @param {{[name: string]: string|number|null}} values null takes a parameter out
 */
export function writeLink(values) {
  const written = new URLSearchParams(window.location.search);
  const isWritten = Object.entries(values).every(([name, value]) => {
    const there = written.getAll(name);
    return value === null ? !there.length : there.length === 1 && there[0] === String(value);
  });
  if (isWritten) return;
  const url = new URL(window.location.href);
  const before = url.search;
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  if (url.search !== before) window.history.replaceState(window.history.state, "", url);
}
