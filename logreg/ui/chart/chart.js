// One Plotly figure in one place. Python sends the whole figure; this module draws it, and nothing else.

import { ThemeWatch } from "./page_theme.js";
import { adoptPlotlyStyle, loadPlotly } from "./plotly_loader.js";

// What we know of each chart on the page, by the root of its component. It survives Streamlit's reruns.
const CHARTS = new WeakMap();

const CONFIG = {
  displaylogo: false,
  doubleClick: "reset",
  scrollZoom: false,
  modeBarButtons: [["zoom2d", "pan2d", "resetScale2d", "toImage"]],
};

// Called by Streamlit when the figure or the page's theme changed: always in the same place.
export function show(component) {
  const root = component.parentElement;
  const chart = CHARTS.get(root) || mount(root);
  chart.component = component;
  const { figure, about } = JSON.parse(new TextDecoder().decode(component.data));
  chart.figure = figure;
  chart.height = about.height;
  chart.div.style.height = `${about.height}px`;
  chart.div.dataset.testid = `chart-${about.key}`;
  chart.div.setAttribute("aria-label", about.alt);
  chart.theme.check(about.theme);
  draw(chart);
}

// Called by Streamlit when the chart leaves the page.
export function remove(root) {
  const chart = CHARTS.get(root);
  if (!chart) return;
  CHARTS.delete(root);
  chart.watch.disconnect();
  if (window.Plotly && chart.drawn) window.Plotly.purge(chart.div);
}

function mount(root) {
  const chart = { root, div: root.querySelector(".chart"), drawn: 0, busy: false };
  chart.div.dataset.drawn = "0";
  chart.theme = new ThemeWatch(chart.div, (seen) => chart.component.setStateValue("theme", seen));
  chart.watch = new ResizeObserver(() => resize(chart));
  chart.watch.observe(chart.div);
  CHARTS.set(root, chart);
  return chart;
}

// Draw the newest figure. While one is being drawn, later ones wait, and only the last of them is drawn.
async function draw(chart) {
  if (chart.busy) return;
  chart.busy = true;
  try {
    const Plotly = await loadPlotly();
    while (chart.figure && CHARTS.get(chart.root) === chart) {
      const { data, layout } = chart.figure;
      chart.figure = null;
      adoptPlotlyStyle(chart.root);
      if (chart.failed) chart.div.replaceChildren();
      chart.failed = false;
      chart.width = chart.div.clientWidth;
      await Plotly.react(chart.div, data, { ...layout, width: chart.width, height: chart.height }, CONFIG);
      adoptPlotlyStyle(chart.root); // some versions make their rules with the first chart
      chart.drawn += 1;
      chart.div.dataset.drawn = String(chart.drawn);
      chart.div.dataset.ready = "true";
    }
  } catch (error) {
    fail(chart, error);
  }
  chart.busy = false;
  if (chart.div.clientWidth !== chart.width) resize(chart);
}

// Follow the width of the page: a sidebar that folds, a window that is resized.
function resize(chart) {
  const width = chart.div.clientWidth;
  if (!chart.drawn || chart.busy || chart.failed || !width || width === chart.width) return;
  chart.width = width;
  window.Plotly.relayout(chart.div, { width });
}

function fail(chart, error) {
  console.error("The chart was not drawn.", error);
  chart.failed = true;
  chart.div.textContent = "This chart could not be drawn: its drawing library did not load. Reload the page to try again.";
}
