// A first sketch of a plane: points, line and field stand where Plotly will draw them, while it is still on its way.
//
// The place follows from the figure's margins and ranges as Plotly computes it: both axes to one scale, in the middle.

import { drawField } from "./field.js";
import { PlotArea } from "./geometry.js";

/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {import("./plane.js").Plane} Plane */

const SKETCHED = ["boundary", "points"]; // the roles of traces, in the order in which they lie on each other
const DIAMOND = 1.3; // how much farther the corners of a diamond are from its middle than a circle's edge
/** @type {{[dash: string]: string}} */
const DASHES = { longdash: "10 10" };

/**
 * Draw a plane that Plotly has not drawn yet, in the place of an earlier sketch.
 * @param {Plane} plane
 */
export function sketch(plane) {
  const { data, layout } = plane.figure();
  const [width, height] = plane.sizeNow;
  const { l, r, t, b } = layout.margin;
  if (plane.isDrawn || width <= l + r || height <= t + b) return;
  const area = areaOf([l, t, width - l - r, height - t - b], layout.xaxis.range, layout.yaxis.range);
  drawField(plane, plane.shownModel, area);
  const drawn = data.filter(({ meta }) => SKETCHED.includes(meta?.role || ""));
  clear(plane);
  plane.canvas.insertAdjacentHTML(
    "afterend",
    `<svg class="sketch" aria-hidden="true" width="${area.width}" height="${area.height}"
      style="left: ${area.left}px; top: ${area.top}px">${drawn.map((trace) => marks(trace, area)).join("")}</svg>`,
  );
}

/**
 * Take the sketch away: Plotly has drawn the plane.
 * @param {Plane} plane
 */
export function clear(plane) {
  plane.box.querySelector(".sketch")?.remove();
}

/**
 * Return the plot area that Plotly will make of a place between margins.
 * @param {number[]} place left, top, width, height @param {number[]} x @param {number[]} y ranges
 */
function areaOf([left, top, width, height], x, y) {
  const scale = Math.min(width / (x[1] - x[0]), height / (y[1] - y[0]));
  /** @param {number} start @param {number} room @param {number[]} range */
  const axis = (start, room, range) => {
    const length = scale * (range[1] - range[0]);
    return { _offset: start + (room - length) / 2, _length: length, range };
  };
  return new PlotArea({ _fullLayout: { xaxis: axis(left, width, x), yaxis: axis(top, height, y) } });
}

/**
 * Return a trace as SVG, in pixels of the plot area.
 * @param {Trace} trace @param {PlotArea} area
 */
function marks({ x = [], y = [], mode, line, marker }, area) {
  const places = Array.from(x, (_, i) => area.toPixels(Number(x[i]), Number(y[i]))).filter((_, i) => x[i] !== null);
  const inside = places.map(([px, py]) => [px - area.left, py - area.top]);
  if (!inside.length) return "";
  if (mode === "lines") {
    const look = `stroke="${line.color}" stroke-width="${line.width}" stroke-dasharray="${DASHES[line.dash] || ""}"`;
    return `<polyline fill="none" ${look} points="${inside.join(" ")}"/>`;
  }
  const radius = marker.size / 2;
  const look = `fill="${marker.color}" stroke="${marker.line.color}" stroke-width="${marker.line.width}"`;
  const far = DIAMOND * radius;
  return inside
    .map(([px, py]) =>
      marker.symbol === "circle"
        ? `<circle cx="${px}" cy="${py}" r="${radius}" ${look}/>`
        : `<path d="M${px + far},${py}L${px},${py + far}L${px - far},${py}L${px},${py - far}Z" ${look}/>`,
    )
    .join("");
}
