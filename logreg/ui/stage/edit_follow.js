// A dragged point is followed: while it is on its way Python is told where it is, and answers as to any edit, so that
// the boundary and the verdict move with it. Moves of one drag are one step back (points.py).

import { pressTakes } from "./connection.js";

/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./stage.js").Stage} Stage */

const MOST_FOLLOWED = 200; // points: of more the answer takes too long
const EVERY = 100; // milliseconds between two moves of a drag, at least
const PROMPT = 250; // milliseconds: an answer that takes longer comes from a server, or to a browser, with much to do
const PAUSE = 9; // how many times what it took longer the next move waits,
const LONGEST_PAUSE = 5000; // but not for ever

/**
 * Return how many milliseconds after it was asked Python is asked again.
 * @param {number} took until it answered
 */
export function pauseAfter(took) {
  return Math.max(EVERY, took + Math.min(PAUSE * Math.max(0, took - PROMPT), LONGEST_PAUSE));
}

export class Follower {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.told = 0; // when Python was told last
    this.next = 0; // when it can be told again
    this.isAsking = false;
  }

  /**
   * Tell Python where the dragged point is: one move at a time, and the latest one.
   * @param {Plane|null} plane
   * @returns {void}
   */
  tell(plane) {
    const { agenda, outbox } = this.stage;
    const grab = plane?.grab;
    if (!plane || !grab?.move || grab.move === grab.told || !outbox.isEmpty) return;
    if (plane.points.y.length > MOST_FOLLOWED) return;
    const now = performance.now();
    const wait = Math.max(this.next - now, pressTakes());
    if (wait > 0) return agenda.later("follow", wait, () => this.tell(plane));
    grab.told = grab.move;
    [this.told, this.isAsking] = [now, true];
    outbox.push({ kind: "edit", message: grab.move });
  }

  /**
   * Take note of an answer.
   * @param {Plane|null} plane
   */
  answered(plane) {
    if (!this.stage.outbox.isEmpty) return;
    if (this.isAsking) this.next = this.told + pauseAfter(performance.now() - this.told);
    this.isAsking = false;
    this.tell(plane);
  }

  stop() {
    this.stage.agenda.drop("follow");
  }
}
