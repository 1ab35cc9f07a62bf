// What a stage has still to do besides playing. The names of it stand in data-pending, so that whoever looks from
// outside, as a test does, knows when it rests.

export class Agenda {
  /** @param {HTMLElement} body where the names are shown */
  constructor(body) {
    this.body = body;
    /** @type {Map<string, number>} by name, what comes later */
    this.timers = new Map();
    this.running = 0; // drawings under way
    this.show();
  }

  /**
   * Do something in a moment; what was to come by this name is put off until then.
   * @param {string} name
   * @param {number} milliseconds
   * @param {() => void} action
   */
  later(name, milliseconds, action) {
    this.drop(name);
    const act = () => {
      this.drop(name);
      action();
    };
    this.timers.set(name, window.setTimeout(act, milliseconds));
    this.show();
  }

  /**
   * Let go of what was to come by this name.
   * @param {string} name
   */
  drop(name) {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
    this.show();
  }

  /**
   * Count a drawing as under way until its promise settles.
   * @param {Promise<unknown>} drawing
   */
  async during(drawing) {
    this.running += 1;
    this.show();
    await Promise.allSettled([drawing]);
    this.running -= 1;
    this.show();
  }

  /** Let go of all that was to come. */
  clear() {
    for (const name of this.timers.keys()) this.drop(name);
  }

  show() {
    this.body.dataset.pending = [...(this.running ? ["drawing"] : []), ...this.timers.keys()].join(" ");
  }
}
