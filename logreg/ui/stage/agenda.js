// What a stage has still to do besides playing. The names of it stand in data-pending, so that whoever looks from
// outside, as a test does, knows when it rests.

export class Agenda {
  /** @param {HTMLElement} body where the names are shown */
  constructor(body) {
    this.body = body;
    this.timers = new Map(); // by name, what comes later
    this.running = 0; // drawings under way
    this.show();
  }

  /** Do something in a moment; what was to come by this name is put off until then. */
  later(name, milliseconds, action) {
    this.drop(name);
    const act = () => {
      this.drop(name);
      action();
    };
    this.timers.set(name, setTimeout(act, milliseconds));
    this.show();
  }

  /** Let go of what was to come by this name. */
  drop(name) {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
    this.show();
  }

  /** Count a drawing as under way until its promise settles. */
  async during(drawing) {
    this.running += 1;
    this.show();
    await Promise.allSettled([drawing]);
    this.running -= 1;
    this.show();
  }

  clear() {
    for (const name of [...this.timers.keys()]) this.drop(name);
  }

  show() {
    this.body.dataset.pending = [...(this.running ? ["drawing"] : []), ...this.timers.keys()].join(" ");
  }
}
