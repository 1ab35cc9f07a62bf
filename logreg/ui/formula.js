// Numbers inside a formula: each is dragged sideways, typed, or stepped by the arrow keys (formula.py has the contract).

/** @typedef {{key: string, title: string, value: number, minimum: number, maximum: number, step: number}} Field */
/** @typedef {{parts: (string | Field)[], answered: number, session: string}} Sent */
/** @typedef {{parentElement: ShadowRoot, data: Sent, setTriggerValue: (name: string, value: unknown) => void}} Component */

const PER_STEP = 6; // pixels of a drag
const CLICK = 3; // pixels: a press that moved less is a click, and the number is typed
const BETWEEN = 60; // milliseconds between two messages of a drag

/** @type {WeakMap<ShadowRoot, Formula>} */
const FORMULAS = new WeakMap();

/** @param {Component} component */
export default function (component) {
  const { parentElement } = component;
  const formula = FORMULAS.get(parentElement) ?? new Formula(parentElement);
  FORMULAS.set(parentElement, formula);
  formula.show(component);
}

class Formula {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.body = /** @type {HTMLElement} */ (root.querySelector(".formula"));
    this.word = /** @type {HTMLElement} */ (root.querySelector(".said"));
    this.shape = "";
    this.asked = 0; // the number of the last message
    /** @type {{key: string, value: number, id: number}|undefined} that message */
    this.said = undefined;
    this.session = ""; // that knows it, unless a cut has come between
    this.waits = 0; // the timer of the next one
    /** @type {HTMLInputElement|null} what is typed into, and not yet said */
    this.open = null;
    /** @type {Map<string, HTMLInputElement>} */
    this.inputs = new Map();
  }

  /** @param {Component} component */
  show({ data, setTriggerValue }) {
    this.tell = (/** @type {unknown} */ said) => setTriggerValue("number", said);
    this.asked = Math.max(this.asked, data.answered);
    if (data.session !== this.session && this.said && data.answered < this.asked) this.tell(this.said);
    this.session = data.session;
    const shape = JSON.stringify(data.parts.map((part) => (typeof part === "string" ? part : part.key)));
    if (shape !== this.shape) this.build(data.parts);
    this.shape = shape;
    if (data.answered < this.asked) return; // an answer to what has been changed again since
    for (const part of data.parts) {
      const input = typeof part === "string" ? undefined : this.inputs.get(part.key);
      if (typeof part !== "string" && input && input !== this.open) write(input, part.value);
    }
  }

  /** @param {(string | Field)[]} parts */
  build(parts) {
    this.inputs.clear();
    const made = parts.map((part) => (typeof part === "string" ? document.createTextNode(part) : this.input(part)));
    this.body.replaceChildren(...made);
  }

  /** @param {Field} field */
  input(field) {
    const input = document.createElement("input");
    const { minimum: min, maximum: max, step } = field;
    Object.assign(input, { type: "number", min, max, step });
    input.setAttribute("aria-label", field.title);
    input.title = `${field.title}: drag it, type it, or step it by the arrow keys`;
    input.addEventListener("input", () => {
      this.open = input;
      fit(input);
    });
    input.addEventListener("change", () => this.take(field, input));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") input.blur();
    });
    input.addEventListener("pointerdown", (event) => this.drag(field, input, event));
    this.inputs.set(field.key, input);
    return input;
  }

  /**
   * Follow a press: sideways it changes the number, and the keyboard stays the page's.
   * @param {Field} field
   * @param {HTMLInputElement} input
   * @param {PointerEvent} press
   */
  drag(field, input, press) {
    const first = Number(input.value);
    let isDragged = false;
    press.preventDefault();
    input.setPointerCapture(press.pointerId);
    const done = new AbortController();
    /** @param {PointerEvent} move */
    const follow = (move) => {
      const path = move.clientX - press.clientX;
      isDragged ||= Math.abs(path) >= CLICK;
      if (!isDragged) return;
      write(input, first + Math.round(path / PER_STEP) * field.step);
      if (!this.waits) this.waits = setTimeout(() => this.say(field, input), BETWEEN);
    };
    const end = () => {
      done.abort();
      if (isDragged) this.say(field, input);
      else input.select();
    };
    input.addEventListener("pointermove", follow, done);
    input.addEventListener("pointerup", end, done);
    input.addEventListener("pointercancel", end, done);
  }

  /**
   * Take what was typed, and say where it is held to an end or to a whole step, until the next key or press.
   * @param {Field} field
   * @param {HTMLInputElement} input
   */
  take(field, input) {
    const typed = input.value; // of what is no number, nothing
    if (typed === "") input.value = input.defaultValue;
    this.say(field, input);
    if (typed !== "" && Number(typed) === Number(input.value)) return;
    const { title, minimum, maximum, step } = field;
    const came = typed === "" ? "what was typed is no number" : `${typed} became ${input.value}`;
    const said = `${title} goes from ${minimum} to ${maximum} in steps of ${step}: ${came}.`;
    this.word.textContent = said.replaceAll("-", "−");
    const clear = () => this.word.replaceChildren();
    for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, clear, { capture: true, once: true });
  }

  /**
   * Tell Python a number, within its ends.
   * @param {Field} field
   * @param {HTMLInputElement} input
   */
  say(field, input) {
    clearTimeout(this.waits);
    this.waits = 0;
    this.open = null;
    write(input, Number(input.value));
    this.asked += 1;
    this.said = { key: field.key, value: Number(input.value), id: this.asked };
    this.tell?.(this.said);
  }
}

/**
 * Write a number within its ends, to a whole step.
 * @param {HTMLInputElement} input
 * @param {number} value
 */
function write(input, value) {
  const [low, high, step] = [input.min, input.max, input.step].map(Number);
  const digits = (input.step.split(".")[1] ?? "").length;
  const near = Math.min(Math.max(Math.round(value / step) * step, low), high);
  input.value = input.defaultValue = near.toFixed(digits);
  fit(input);
}

/** @param {HTMLInputElement} input */
function fit(input) {
  input.style.width = `${Math.max(input.value.length, 2) + 1}ch`;
}
