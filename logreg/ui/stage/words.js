// Terms in the texts of the page: where they stand, which of them are underlined, and which one is at a place. The
// underline is a highlight of the browser's own: no text is changed, and where there are no highlights there is none.

import { Terms } from "./meanings.js";

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{term: string, says: string}} Word */
/** @typedef {Word & {range: Range, block: Element|null}} Found */

const TEXTS = "[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]";
const BLOCKS = "p, li, td, th, h1, h2, h3, strong, span";
const NO_TEXT = "button, a, label, summary, [role=tab], [role=radio], [role=option], .katex-mathml, style";
const IN_CHARTS = ".gtitle, .xtitle, .ytitle, .y2title, .annotation-text, .legendtext";
const NAME = "asked";
const UNDERLINE = `::highlight(${NAME}) { text-decoration: underline dotted 1px color-mix(in srgb, currentColor 60%, transparent); text-underline-offset: 0.2em; }`;
const SCAN_AFTER = 200; // milliseconds
const NEAR = 2; // pixels

export class Words {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {Terms|null} */
    this.terms = null;
    /** @type {Found[]} */
    this.found = [];
    this.timer = 0; // 0 where nothing has changed since the last scan
    this.watch = new MutationObserver(() => this.scanLater());
    this.watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    stage.leaving.signal.addEventListener("abort", () => this.leave());
    underline(document);
  }

  leave() {
    this.watch.disconnect();
    clearTimeout(this.timer);
    highlights()?.delete(NAME);
  }

  /** Know the terms of where the stage stands. */
  take() {
    const { about } = this.stage.header;
    const old = this.terms?.about;
    if (old?.lesson !== about.lesson || old.scene !== about.scene) this.terms = new Terms(about);
    this.scanLater();
  }

  scanLater() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.scan(), SCAN_AFTER);
  }

  /** Find all terms, and underline each where it comes first in its paragraph. */
  scan() {
    clearTimeout(this.timer);
    this.timer = 0;
    const places = [this.stage.captionPlace, ...document.querySelectorAll(TEXTS)];
    this.found = places.filter((place) => !place.parentElement?.closest(TEXTS)).flatMap((place) => this.foundIn(place));
    const firsts = this.found.filter(
      ({ term, block }, at) => this.found.findIndex((one) => one.term === term && one.block === block) === at,
    );
    const { Highlight } = /** @type {any} */ (window);
    if (Highlight) highlights()?.set(NAME, new Highlight(...firsts.map(({ range }) => range)));
  }

  /** @param {Element} place @returns {Found[]} */
  foundIn(place) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.nodeValue || !holder || holder.closest(NO_TEXT)) continue;
      for (const { term, says, from, to } of this.terms?.in(node.nodeValue) || []) {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        found.push({ term, says, range, block: holder.closest(BLOCKS) });
      }
    }
    return found;
  }

  /**
   * Return the term at a place of the window, or none.
   * @param {number} x @param {number} y
   */
  at(x, y) {
    if (this.timer) this.scan();
    return this.found.filter(({ range }) => Array.from(range.getClientRects()).some((box) => holds(box, x, y))).slice(0, 1);
  }

  /**
   * Return the terms of the title, name or axis of a chart at a place of the window.
   * @param {import("./chart.js").Chart} chart @param {number} x @param {number} y
   */
  inChart(chart, x, y) {
    const texts = Array.from(chart.plot.querySelectorAll(IN_CHARTS));
    const text = texts.find((element) => holds(element.getBoundingClientRect(), x, y));
    return text ? this.once(text.textContent || "") : [];
  }

  /** Return all terms of the screen. */
  onScreen() {
    this.scan();
    const texts = this.stage.charts.all.flatMap(({ plot }) => Array.from(plot.querySelectorAll(IN_CHARTS)));
    const words = [...this.found, ...texts.flatMap(({ textContent }) => this.terms?.in(textContent || "") || [])];
    return unique(words);
  }

  /** @param {string} text */
  once(text) {
    return unique(this.terms?.in(text) || []);
  }
}

/** @param {Word[]} words each sentence once, under the first of its names */
function unique(words) {
  return words.filter(({ says }, at) => words.findIndex((one) => one.says === says) === at);
}

/** @param {DOMRect} box @param {number} x @param {number} y */
function holds({ left, right, top, bottom }, x, y) {
  return x >= left - NEAR && x <= right + NEAR && y >= top - NEAR && y <= bottom + NEAR;
}

/** @returns {Map<string, unknown>|undefined} where the browser has them */
function highlights() {
  if (window.matchMedia("(forced-colors: active)").matches) return undefined; // there one is painted over with a colour
  return /** @type {any} */ (CSS).highlights;
}

/** @param {Document} page the stage's own style has the rule for what is in the stage */
function underline(page) {
  if (page.adoptedStyleSheets.length && page.documentElement.dataset.asked) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(UNDERLINE);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  page.documentElement.dataset.asked = "true";
}
