// The sentences that answer "what is this?": of marks, by their trace's role and part; of terms, as they are written.
// One of a scene ("what @ Title of the scene") goes before one of its lesson, and that before one that is true everywhere.

import { SHARED } from "./says.js";
import { OF_FURTHER } from "./says_further.js";
import { OF_MODEL } from "./says_model.js";
import { OF_TRAINING } from "./says_training.js";

/** @typedef {{lesson: string, scene: string}} About what the stage stands in; "" for none */
/** @typedef {"marks"|"terms"} Kind */
/** @typedef {{[what: string]: string}} Sentences */
/** @typedef {{marks: Sentences, terms: Sentences}} Says */

/** @type {{[lesson: string]: Says}} */
const LESSONS = { ...OF_MODEL, ...OF_TRAINING, ...OF_FURTHER };
/** @type {Says} */
const NOTHING = { marks: {}, terms: {} };
const WORD = /^[a-z][a-z -]{3,}$/;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Return the sentence of a mark or a term, or "".
 * @param {About} about @param {Kind} kind @param {string} what
 */
export function meaningOf({ lesson, scene }, kind, what) {
  const own = (LESSONS[lesson] || NOTHING)[kind];
  return own[`${what} @ ${scene}`] ?? own[what] ?? /** @type {Says} */ (SHARED)[kind][what] ?? "";
}

/** The terms of one place of the app, found in texts. */
export class Terms {
  /** @param {About} about */
  constructor(about) {
    this.about = about;
    this.patterns = namesOf(about).map((name) => ({ name, pattern: patternOf(name) }));
    this.any = new RegExp(this.patterns.map(({ pattern }) => pattern).join("|"), "gu");
  }

  /**
   * Return what of a text has an answer.
   * @param {string} text
   */
  in(text) {
    return Array.from(text.matchAll(this.any), ({ 0: found, index = 0 }) => {
      const one = this.patterns.find(({ pattern }) => new RegExp(`^(?:${pattern})$`, "u").test(found));
      const name = one ? one.name : found;
      return { term: name, from: index, to: index + found.length, says: meaningOf(this.about, "terms", name) };
    });
  }
}

/**
 * Return all terms that have an answer here, the longest first: "w*" goes before "w".
 * @param {About} about
 */
function namesOf({ lesson, scene }) {
  const own = Object.keys((LESSONS[lesson] || NOTHING).terms);
  const here = own.flatMap((name) => {
    const [term, where = scene] = name.split(" @ ");
    return where === scene ? [term] : [];
  });
  return [...new Set([...here, ...Object.keys(SHARED.terms)])].sort((a, b) => b.length - a.length);
}

/**
 * Return how a term stands in a text: a word in the plural too, and at the beginning of a sentence; a letter alone.
 * @param {string} name
 */
function patternOf(name) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s"); // a text may break its line there
  const isWord = WORD.test(name);
  const said = isWord ? `[${name[0]}${name[0].toUpperCase()}]${escaped.slice(1)}(?:s|es)?` : escaped;
  const before = LETTER.test(name[0]) ? "(?<![\\p{L}\\p{N}’'])" : "";
  return `${before}${said}${LETTER.test(name[name.length - 1]) ? "(?![\\p{L}\\p{N}])" : ""}`;
}
