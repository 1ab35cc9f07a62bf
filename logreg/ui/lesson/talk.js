// The time beside a cue goes on between two runs of the page (talk.py).

/** @typedef {{data: {passed: number}}} Component seconds since the run sheet was begun */

const CLOCK = ".st-key-talk p strong";
const OFTEN = 250; // milliseconds

let timer = 0;

/** @param {Component} component */
export default function ({ data }) {
  const began = performance.now() - 1000 * data.passed;
  clearInterval(timer); // of the run before
  timer = setInterval(() => {
    const clock = document.querySelector(CLOCK)?.firstChild;
    const now = written(Math.floor((performance.now() - began) / 1000));
    if (clock && clock.nodeValue !== now) clock.nodeValue = now;
  }, OFTEN);
  const mine = timer;
  return () => clearInterval(mine);
}

/**
 * As talk.py writes it.
 * @param {number} seconds
 */
function written(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
