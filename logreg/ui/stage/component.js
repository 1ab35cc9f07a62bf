// The stage: training that can be played, scrubbed and edited. Streamlit calls `show` when the data or the theme
// changed, always for the same place on the page; between two calls the stage lives on its own.
//
//   stage.js      what holds all these together
//   contract.js   the types of what Python sends and may be told
//   state.js      pure functions on steps, points and bytes
//   dial.js       what is played: the steps of a training, or the values of another dial
//   timeline.js   the numbers that the dial moves
//   numbers.js    numbers as text
//   geometry.js   lines, windows, pixels
//   charts.js     where the charts stand and when they are drawn
//   chart.js      one of them; plane.js, field.js and curve.js: what is in it; plotly_loader.js: Plotly, once per page;
//                 sketch.js: what is seen before it is there; places.js: where traces are; outside.js: what is
//                 outside a plane's window; press.js: how a press on one ends
//   title.js      what stands above a chart; page_theme.js: light or dark, as the page is where it stands
//   series.js     what a curve shows of a run
//   growth.js     curves that are uncovered as they are played
//   light.js      a sample that is named in all charts at once
//   caption.js    the sentence under the charts, with the step's numbers
//   aloud.js      the same for those who cannot see it
//   transport.js  buttons, scrub bar, the clock that plays
//   keys.js       which keys the stage takes, and when
//   edit.js       points that are edited: edit_by_pointer.js, edit_by_keys.js; edit_row.js: its tools;
//                 edit_follow.js: what follows a point while it is dragged
//   actions.js    the page's own buttons
//   ask.js        a tip that says what is under the mouse, legend.js: all that is on the screen; marks.js and words.js:
//                 what there is to ask for, swatch.js: how a mark looks, meanings.js: the sentences, kept in says*.js
//   share.js      the menu of what can be taken along; offers.js: what that is; tables.js: numbers as CSV;
//                 script.js: a run as Python; pictures.js: charts and scene, in the font of
//                 page_font.js; standalone.js: the stage as one file, in which opened.js starts it
//   connection.js cuts, and the session that answers after one
//   dialogue.js   what Python is asked and answers; messages.js: how that is sent; address.js: what goes into the address
//   agenda.js     what is still to be done

import { loadPlotly } from "./plotly_loader.js";
import { Stage } from "./stage.js";
import { unpack } from "./state.js";

/** @typedef {import("./contract.js").Component} Component */
/** @typedef {import("./contract.js").Payload} Payload */

/** @type {WeakMap<ShadowRoot, Promise<Stage>>} every stage, by the root of its component: it survives Streamlit's reruns */
const STAGES = new WeakMap();

/**
 * Show what Python sent.
 * @param {Component} component
 */
export async function show(component) {
  const root = component.parentElement;
  const payload = unpack(component.data);
  const mounted = STAGES.get(root) || mount(component, payload);
  STAGES.set(root, mounted);
  const stage = await mounted;
  if (STAGES.get(root) !== mounted) return; // it left the page before its style was there
  stage.component = component;
  await stage.take(payload);
}

/**
 * Called when the stage leaves the page. Streamlit calls it too where two answers come close together, to clear up after
 * the first, whose module was still being loaded when the second came: then the stage stays.
 * @param {ShadowRoot} root
 */
export async function remove(root) {
  if (root.host.isConnected) return;
  const stage = STAGES.get(root);
  STAGES.delete(root);
  (await stage)?.leave();
}

/**
 * @param {Component} component
 * @param {Payload} payload
 */
async function mount(component, payload) {
  loadPlotly().catch(() => {}); // in the meantime: who draws with it hears of a failure
  await styleSheet(component.parentElement);
  return new Stage(component, payload);
}

/** @param {ShadowRoot} root */
async function styleSheet(root) {
  if (root.querySelector("[data-stage]")) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
  link.dataset.stage = "";
  link.href = new URL("./stage.css", import.meta.url).href;
  const loaded = new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve; // plain looks are better than none
  });
  root.append(link);
  await loaded;
}
