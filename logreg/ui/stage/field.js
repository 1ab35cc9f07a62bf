// The probability field of a plane: one sigmoid a cell on a small canvas under the plane's transparent plot area.
// It is the one thing that Plotly does not draw: a heat map of Plotly's would cost ten times as much a frame.

import { sigmoid } from "./geometry.js";

/** @typedef {import("./geometry.js").PlotArea} PlotArea */
/** @typedef {import("./plane.js").Plane} Plane */

const [ACROSS, DOWN] = [75, 60]; // square cells in a window of 1.25 to 1
const SHADES = 256;

/**
 * Return the colours of p = 0 … 1 in 256 shades, as the canvas wants them: bytes red, green, blue, opacity.
 * @param {{[name: string]: any}} look with Plotly's colorscale and opacity
 */
export function shadesOf(look) {
  const stops = look.colorscale.map((/** @type {[number, string]} */ [at, colour]) => [at, rgb(colour)]);
  const opacity = Math.round(255 * look.opacity);
  const shades = new Uint32Array(SHADES);
  const bytes = new Uint8Array(shades.buffer);
  for (let k = 0; k < SHADES; k += 1) {
    const p = k / (SHADES - 1);
    const next = Math.max(1, stops.findIndex((/** @type {[number, number[]]} */ [at]) => at >= p));
    const [[from, a], [to, b]] = [stops[next - 1], stops[next]];
    const share = (p - from) / (to - from);
    for (const c of [0, 1, 2]) bytes[4 * k + c] = Math.round(a[c] + share * (b[c] - a[c]));
    bytes[4 * k + 3] = opacity;
  }
  return shades;
}

/** @param {string} colour as #RRGGBB */
function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * Draw the field of a plane.
 * @param {Plane} plane
 * @param {[number, number, number]} model w1, w2, b
 * @param {PlotArea} area where it is
 */
export function drawField(plane, [w1, w2, b], area) {
  const pen = place(plane.canvas, area);
  plane.image ??= pen.createImageData(ACROSS, DOWN);
  const pixels = new Uint32Array(plane.image.data.buffer);
  const [xmin, xmax, ymin, ymax] = area.window;
  for (let row = 0; row < DOWN; row += 1) {
    const rest = w2 * (ymax - ((row + 0.5) / DOWN) * (ymax - ymin)) + b;
    for (let column = 0; column < ACROSS; column += 1) {
      const p = sigmoid(w1 * (xmin + ((column + 0.5) / ACROSS) * (xmax - xmin)) + rest);
      pixels[row * ACROSS + column] = plane.shades[Math.round(p * (SHADES - 1)) || 0];
    }
  }
  pen.putImageData(plane.image, 0, 0);
}

/**
 * Lay a canvas under the plot area, and return its pen.
 * @param {HTMLCanvasElement} canvas
 * @param {PlotArea} area
 */
function place(canvas, { left, top, width, height }) {
  const pixels = { left, top, width, height };
  for (const [name, value] of Object.entries(pixels)) canvas.style.setProperty(name, `${value}px`);
  if (canvas.width !== ACROSS) [canvas.width, canvas.height] = [ACROSS, DOWN];
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}
