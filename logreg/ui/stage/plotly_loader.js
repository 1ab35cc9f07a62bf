// Loads Plotly once per page, however many charts ask for it, and takes its style rules into a component.

const TIME_LIMIT = 15000; // milliseconds

// Return a promise of Plotly. The promise is kept on `window`, so that all components share it.
export function loadPlotly() {
  if (!window.logregPlotly) {
    window.logregPlotly = fetchPlotly().catch((error) => {
      window.logregPlotly = undefined; // the next figure tries again
      throw error;
    });
  }
  return window.logregPlotly;
}

function fetchPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../plotly.min.js", import.meta.url).href; // beside this module's own folder
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("no Plotly in its file")));
    script.onerror = () => reject(new Error("Plotly could not be fetched"));
    setTimeout(() => reject(new Error("Plotly took too long")), TIME_LIMIT);
    document.head.append(script);
  });
}

// Copy Plotly's style rules into a component, once. Plotly puts them into the document's head, and a component
// lives in a shadow root, which the head's rules do not reach: without them the layers of a chart do not align.
export function adoptPlotlyStyle(root) {
  if (root.querySelector("style[data-plotly]")) return;
  const source = document.getElementById("plotly.js-style-global");
  if (!source || !source.sheet) return;
  const style = document.createElement("style");
  style.dataset.plotly = "";
  style.textContent = Array.from(source.sheet.cssRules, (rule) => rule.cssText).join("\n");
  root.append(style);
}
