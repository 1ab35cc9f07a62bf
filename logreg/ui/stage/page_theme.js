// Whether the page is light or dark where a component stands.
//
// Python builds a figure in the colours that it believes the page to have. It is wrong in a session's first run, and
// when the reader, or their system in the evening, changes the theme: then Streamlit does not run the page again.

/** Return "light" or "dark" by the colour of the text, which every page has. */
export function pageTheme(element) {
  const [red, green, blue] = getComputedStyle(element).color.match(/[\d.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 128 ? "dark" : "light";
}

/** Let Python run again where it drew for the other theme; each change of the page asks once. */
export class ThemeWatch {
  constructor(element, ask) {
    this.element = element;
    this.ask = ask;
    this.asked = null;
  }

  /** Compare the page with the theme that Python drew for. */
  check(drawnFor) {
    const seen = pageTheme(this.element);
    if (seen !== drawnFor && seen !== this.asked) this.ask(seen);
    this.asked = seen === drawnFor ? null : seen;
  }
}
