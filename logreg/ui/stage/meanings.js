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
const LETTER = "[\\p{L}\\p{N}]";
const NO_LETTER_BEFORE = `(?<![\\p{L}\\p{N}’'](?=${LETTER}))`; // a term that begins with a letter begins a word,
const NO_LETTER_AFTER = `(?!(?<=${LETTER})${LETTER})`; // and one that ends with a letter ends it

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
    const forms = namesOf(about).flatMap((name) => formsOf(name).map((form) => /** @type {const} */ ([form, name])));
    this.names = new Map(forms.sort(([a], [b]) => b.length - a.length)); // the longest first: "w*" goes before "w"
    this.any = new RegExp(`${NO_LETTER_BEFORE}(?:${[...this.names.keys()].map(escaped).join("|")})${NO_LETTER_AFTER}`, "gu");
  }

  /**
   * Return what of a text has an answer.
   * @param {string} text
   */
  in(text) {
    return Array.from(text.matchAll(this.any), ({ 0: found, index = 0 }) => {
      const name = this.names.get(found.replace(/\s/g, " ")) || found;
      return { term: name, from: index, to: index + found.length, says: meaningOf(this.about, "terms", name) };
    });
  }
}

/**
 * Return all terms that have an answer here.
 * @param {About} about
 */
function namesOf({ lesson, scene }) {
  const own = Object.keys((LESSONS[lesson] || NOTHING).terms);
  const here = own.flatMap((name) => {
    const [term, where = scene] = name.split(" @ ");
    return where === scene ? [term] : [];
  });
  return [...new Set([...here, ...Object.keys(SHARED.terms)])];
}

/**
 * Return how a term may be written: a word in the plural too, and at the beginning of a sentence.
 * @param {string} name
 */
function formsOf(name) {
  if (!WORD.test(name)) return [name];
  return ["", "s", "es"].flatMap((end) => [name + end, name[0].toUpperCase() + name.slice(1) + end]);
}

/** @param {string} form in a pattern; a text may break its line at a space */
function escaped(form) {
  return form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s");
}
