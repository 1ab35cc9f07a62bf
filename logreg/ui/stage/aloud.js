// What a stage says to those who cannot see it: a text for each chart, and a sentence whenever it comes to rest. Both
// are true for the state shown: what the whole of it comes to is said once it has been seen, or a question answered.

import { plainTitle } from "./title.js";

/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./curve.js").Curve} Curve */
/** @typedef {import("./stage.js").Stage} Stage */

const KEYS = "Plane. Arrows select points; ? in the transport shows all keys.";
const HIDDEN = "Its run is hidden.";
const ENDED = /[.:?!]$/;
const FIRST_SENTENCE = /^(?:\p{Lu}: )?.*?(?:[.:](?=\s)|[.:]?$)/u;

/**
 * Return what a chart shows: at the step shown, by its title, and of the whole, by the text that Python wrote.
 * @param {Plane|Curve} chart
 */
export function labelOf(chart) {
  const { stage, kind, index } = chart;
  const { alt } = stage.header;
  const whole = alt[kind === "plane" ? "plane" : "curves"][index] || kind;
  const now = chart.isDrawn ? plainTitle(chart.plot.layout.title.text) : "";
  const said = stage.isRevealed && !chart.isHidden ? whole : opening(whole);
  return [chart === stage.charts.edited ? KEYS : "", now && `${now}.`, said, chart.isHidden ? HIDDEN : ""].filter(Boolean).join(" ");
}

/**
 * Return what a chart is called: its title, or how the text begins that Python wrote.
 * @param {import("./chart.js").Chart} chart
 */
export function nameOf({ stage, kind, index, plot }) {
  const { alt } = stage.header;
  const words = alt[kind === "plane" ? "plane" : "curves"][index] || kind;
  return plainTitle(plot.layout.title.text) || opening(words).replace(/[.:]$/, "");
}

/**
 * Return what is said aloud when the stage has come to rest: its sentence with the numbers of the step, or the titles of
 * its charts.
 * @param {Stage} stage
 */
export function spokenOf({ header, captionPlace, charts }) {
  const lines = header.caption
    ? Array.from(captionPlace.children, ({ textContent }) => textContent || "")
    : charts.all.map(({ isDrawn, plot }) => (isDrawn ? plainTitle(plot.layout.title.text) : ""));
  const said = lines.filter(Boolean);
  return said.map((line, at) => (at + 1 === said.length || ENDED.test(line) ? line : `${line}.`)).join(" ");
}

/**
 * Return what the explorer says of its points over the stage: a sentence, and the smaller ones, each with what it looks
 * like; elsewhere nothing.
 * @returns {{text: string, look: Element}[]}
 */
export function saidOverTheStage() {
  const verdict = Array.from(document.querySelectorAll(".st-key-verdict p")).at(-1);
  const idea = verdict?.querySelector("strong");
  if (!verdict || !idea) return [];
  const first = idea.textContent || "";
  return [{ text: first, look: idea }, { text: (verdict.textContent || "").slice(first.length).trim(), look: verdict }];
}

/**
 * Say which scene is shown, and bring its button into sight: it is in another colour, and Streamlit's buttons cannot say
 * what that means.
 */
export function markScene() {
  for (const button of document.querySelectorAll('[class*="st-key-scene_"] button')) {
    const isShown = button.getAttribute("kind") === "primary";
    if (isShown && !button.hasAttribute("aria-current")) bringIntoSight(button);
    if (isShown) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/**
 * Scroll the row of scenes, on a phone, and nothing else.
 * @param {Element} button
 */
function bringIntoSight(button) {
  const row = button.closest(".st-key-scenes");
  if (!row) return;
  const [own, all] = [button.getBoundingClientRect(), row.getBoundingClientRect()];
  if (own.left < all.left || own.right > all.right) row.scrollLeft += (own.left + own.right - all.left - all.right) / 2;
}

/**
 * Return the first sentence of a text: what is drawn, before any number of it.
 * @param {string} text
 */
export function opening(text) {
  const [first] = FIRST_SENTENCE.exec(text) || [text];
  return first.replace(/:$/, ".");
}
