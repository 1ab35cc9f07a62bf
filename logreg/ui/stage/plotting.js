// What the charts of a stage share: which trace is which, and the two cheap ways to change a drawn chart.

export const NOWHERE = [null, null]; // an empty line; Plotly would leave out a trace without any entries for good

const AT_ONCE = { frame: { duration: 0, redraw: false }, transition: { duration: 0 }, mode: "immediate" };

/** Return the index of the trace with this meaning, or -1. */
export function traceOf(data, role, part) {
  return data.findIndex((trace) => trace.meta && trace.meta.role === role && (!part || trace.meta.part === part));
}

/**
 * Move traces of a chart without drawing the rest anew.
 * @returns {Promise<boolean>} false where a later call overtook this one, which then never shows: Plotly itself
 *   leaves the promise of such a call open for good
 */
export function animate(chart, data, traces) {
  if (chart.overtake) chart.overtake(false);
  return new Promise((settle) => {
    chart.overtake = settle;
    window.Plotly.animate(chart.plot, { data, traces }, AT_ONCE).then(
      () => settle(true),
      () => settle(false),
    );
  });
}

/** Change a chart's title without drawing the rest anew. */
export function setTitle(chart, text) {
  const shown = chart.plot.querySelector(".gtitle");
  if (shown && shown.textContent !== text) shown.textContent = text;
  chart.plot.layout.title.text = text; // for the picture file that the toolbar saves
}

/** Return whether two runs stand side by side; with one plane the second is a pinned one, drawn faint. */
export function isPair(stage) {
  return stage.header.layout !== "explorer";
}

export function sigmoid(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** Return whether an event is one of Plotly's toolbar. */
export function isOnToolbar(event) {
  return event.composedPath().some((node) => node.classList && node.classList.contains("modebar"));
}

/** Return where a pointer is in a chart, in the chart's own pixels: its layer may be enlarged. */
export function placeIn(chart, event) {
  const frame = chart.plot.getBoundingClientRect();
  const scale = frame.width / chart.plot.offsetWidth || 1;
  return [(event.clientX - frame.left) / scale, (event.clientY - frame.top) / scale];
}
