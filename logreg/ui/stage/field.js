// The probability field of a plane: one sigmoid a cell on a small canvas under the plane's transparent plot area.
// It is the one thing that Plotly does not draw: a heat map of Plotly's would cost ten times as much a frame.

import { PlotArea } from "./geometry.js";
import { sigmoid } from "./plotting.js";

const CELLS = [75, 60]; // square cells in a window of 1.25 to 1
const SHADES = 256;

/** Return the colours of p = 0 … 1 in 256 shades, as the canvas wants them: bytes red, green, blue, opacity. */
export function shadesOf(look) {
  const stops = look.colorscale.map(([at, colour]) => [at, rgb(colour)]);
  const opacity = Math.round(255 * look.opacity);
  const shades = new Uint32Array(SHADES);
  const bytes = new Uint8Array(shades.buffer);
  for (let k = 0; k < SHADES; k += 1) {
    const p = k / (SHADES - 1);
    const next = Math.max(1, stops.findIndex(([at]) => at >= p));
    const [[from, a], [to, b]] = [stops[next - 1], stops[next]];
    const share = (p - from) / (to - from);
    a.forEach((value, c) => (bytes[4 * k + c] = Math.round(value + share * (b[c] - value))));
    bytes[4 * k + 3] = opacity;
  }
  return shades;
}

function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/**
 * Draw the field of a chart.
 * @param {object} chart with its canvas, its shades and its drawn plot
 * @param {number[]} model w1, w2, b
 */
export function drawField(chart, [w1, w2, b]) {
  if (!chart.shades) return;
  const area = new PlotArea(chart.plot);
  Object.assign(chart.canvas.style, {
    left: `${area.left}px`,
    top: `${area.top}px`,
    width: `${area.width}px`,
    height: `${area.height}px`,
  });
  const [across, down] = CELLS;
  if (!chart.image) {
    [chart.canvas.width, chart.canvas.height] = CELLS;
    chart.pen = chart.canvas.getContext("2d");
    chart.image = chart.pen.createImageData(across, down);
    chart.pixels = new Uint32Array(chart.image.data.buffer);
  }
  const [xmin, xmax, ymin, ymax] = area.window;
  for (let row = 0; row < down; row += 1) {
    const rest = w2 * (ymax - ((row + 0.5) / down) * (ymax - ymin)) + b;
    for (let column = 0; column < across; column += 1) {
      const p = sigmoid(w1 * (xmin + ((column + 0.5) / across) * (xmax - xmin)) + rest);
      chart.pixels[row * across + column] = chart.shades[Math.round(p * (SHADES - 1)) || 0];
    }
  }
  chart.pen.putImageData(chart.image, 0, 0);
}
