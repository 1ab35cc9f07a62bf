// The legend: what is on the screen now, each mark and each term with its sentence. It is opened by a button or a key,
// lies over the charts as long as it is wanted, and goes when the stage plays.

import { marksOf, unlike } from "./marks.js";
import { fitOver } from "./share.js";
import { swatch } from "./swatch.js";

/** @typedef {import("./stage.js").Stage} Stage */

const NAME = "Legend: what is on the screen";

export const LEGEND = `
  <button type="button" class="button wide" data-do="legend" aria-expanded="false" aria-label="${NAME}"
    title="${NAME} (W)">Legend</button>
  <div class="legend" role="region" aria-label="${NAME}" tabindex="0" data-testid="legend" hidden></div>`;

export class Legend {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.button = stage.find('[data-do="legend"]');
    this.panel = stage.find(".legend");
    /** @type {Element|null} what had the focus before */
    this.before = null;
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle() {
    if (this.isOpen) return this.close();
    if (this.stage.menu.isOpen) this.stage.menu.close(); // one panel at a time: they lie in one place
    this.before = this.stage.root.activeElement;
    this.show(true);
    this.refresh();
    this.fit();
    this.panel.focus({ preventScroll: true }); // to be read aloud, and scrolled by keys
  }

  /** Stay on the screen, whatever its size has become. */
  fit() {
    if (this.isOpen) fitOver(this.panel, this.stage.transport.row);
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.panel.contains(this.stage.root.activeElement);
    this.show(false);
    if (hadFocus && this.before instanceof HTMLElement) this.before.focus({ preventScroll: true });
  }

  /** @param {boolean} isOpen */
  show(isOpen) {
    this.panel.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }

  /** Follow the stage, while it is open. */
  refresh() {
    if (!this.isOpen) return;
    const charts = this.stage.charts.all.sort((a, b) => b.width * b.height - a.width * a.height); // the main one first
    const marks = unlike(charts.flatMap(marksOf));
    const items = marks.map(({ look, says }) => `<li>${swatch(look)}<span>${says}</span></li>`);
    const terms = this.stage.words.onScreen().map(({ term, says }) => `<dt>${term}</dt><dd>${says}</dd>`);
    const html = `<ul>${items.join("")}</ul>${terms.length ? `<dl>${terms.join("")}</dl>` : ""}`;
    if (this.panel.innerHTML !== html) this.panel.innerHTML = html;
  }
}
