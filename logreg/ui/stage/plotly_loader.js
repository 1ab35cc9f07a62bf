// Loads Plotly once per page, and takes its style rules into a component.

const TIME_LIMIT = 15000; // milliseconds

/** @typedef {{[name: string]: any}} PlotlyLibrary what Plotly's own file leaves on `window` */

/** @type {Promise<PlotlyLibrary>|null} */
let loading = null;

/** Return Plotly, once it has been loaded. */
export function plotly() {
  return /** @type {{Plotly: PlotlyLibrary}} */ (/** @type {unknown} */ (window)).Plotly;
}

/** Return a promise of Plotly: one load for all stages of the page. */
export function loadPlotly() {
  loading ??= (plotly() ? Promise.resolve(plotly()) : fetchPlotly()).catch((error) => {
    loading = null; // the next figure tries again
    throw error;
  });
  return loading;
}

/** @returns {Promise<PlotlyLibrary>} */
function fetchPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../plotly.min.js", import.meta.url).href; // beside this module's own folder
    script.onload = () => (plotly() ? resolve(knowing(plotly())) : reject(new Error("no Plotly in its file")));
    script.onerror = () => reject(new Error("Plotly could not be fetched"));
    setTimeout(() => reject(new Error("Plotly took too long")), TIME_LIMIT);
    document.head.append(script);
  });
}

/**
 * Let Plotly know which parts of a trace are arrays from one that had the same parts. It asks at every drawing, of every
 * trace, and goes through the hundreds of names that a part may have: an eighth of the time of a drawing.
 * @param {PlotlyLibrary} library
 */
function knowing(library) {
  const { PlotSchema } = library;
  const { findArrayAttributes } = PlotSchema;
  /** @type {Map<string, string[]>} by the kind and the parts of a trace */
  const known = new Map();
  /** @param {{[name: string]: any}} trace */
  PlotSchema.findArrayAttributes = (trace) => {
    const parts = `${trace.type}${arraysOf(trace)}`;
    const found = known.get(parts) || findArrayAttributes(trace);
    known.set(parts, found);
    return found.slice();
  };
  return library;
}

/**
 * Return which parts of a value are arrays, and parts of theirs; Plotly's own notes, with an underscore, are none.
 * @param {any} value
 * @returns {string}
 */
function arraysOf(value) {
  const isList = Array.isArray(value);
  if (ArrayBuffer.isView(value) || (isList && !value.some(hasParts))) return "[]";
  if (!isList && !hasParts(value)) return "";
  const names = Object.keys(value).filter((name) => !name.startsWith("_"));
  const parts = names.map((name) => [name, arraysOf(value[name])]).filter(([, inside]) => inside);
  return isList || parts.length ? `{${isList ? "[]" : ""}${parts.map((part) => part.join("")).join()}}` : "";
}

/** @param {any} value */
function hasParts(value) {
  return Boolean(value) && typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/**
 * Copy Plotly's style rules into a component, once. Plotly puts them into the document's head, and a component
 * lives in a shadow root, which the head's rules do not reach: without them the layers of a chart do not align.
 * @param {ShadowRoot} root
 */
export function adoptPlotlyStyle(root) {
  if (root.querySelector("style[data-plotly]")) return;
  const source = document.querySelector("style#plotly\\.js-style-global");
  if (!(source instanceof HTMLStyleElement) || !source.sheet) return;
  const style = document.createElement("style");
  style.dataset.plotly = "";
  style.textContent = Array.from(source.sheet.cssRules, (rule) => rule.cssText).join("\n");
  root.append(style);
}
