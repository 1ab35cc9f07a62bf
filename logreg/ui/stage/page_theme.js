// Whether the page is light or dark where a component stands.
//
// Python builds a figure in the colours that it believes the page to have. It is wrong in a session's first run, and
// when the reader, or their system in the evening, changes the theme: then Streamlit does not run the page again.

/** @typedef {"light"|"dark"} ThemeName */

/**
 * Return "light" or "dark" by the colour of the text, which every page has.
 * @param {Element} element
 * @returns {ThemeName}
 */
function pageTheme(element) {
  const [red, green, blue] = Array.from(getComputedStyle(element).color.matchAll(/[\d.]+/g), Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 128 ? "dark" : "light";
}

/** Let Python run again where it drew for the other theme; each change of the page asks once. */
export class ThemeWatch {
  /**
   * @param {Element} element
   * @param {(seen: ThemeName) => void} ask lets Python run again
   */
  constructor(element, ask) {
    this.element = element;
    this.ask = ask;
    /** @type {ThemeName|null} what was asked for, until Python has drawn for it */
    this.asked = null;
  }

  /**
   * Compare the page with the theme that Python drew for.
   * @param {ThemeName} drawnFor
   */
  check(drawnFor) {
    const seen = pageTheme(this.element);
    if (seen !== drawnFor && seen !== this.asked) this.ask(seen);
    this.asked = seen === drawnFor ? null : seen;
  }
}
