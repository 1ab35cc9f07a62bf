// Curves grow while a stage plays. They are drawn whole, once; a window over each of them opens as far as the stage has
// come, which costs a browser next to nothing, where drawing a curve anew would cost it a frame.

/** @typedef {import("./chart.js").Plot} Plot */
/** @typedef {import("./contract.js").Trace} Trace */

const SVG = "http://www.w3.org/2000/svg";
const FAR = 1e5; // pixels: beyond any chart
let count = 0;

export class Growth {
  /** @param {Plot} plot */
  constructor(plot) {
    this.plot = plot;
    this.id = `growth-${(count += 1)}`;
    /** @type {SVGRectElement|null} */
    this.window = null;
    /** @type {number[]} traces under the window */
    this.covered = [];
    this.end = Infinity; // of the window, in the axis' own numbers
  }

  /**
   * Put the window over some traces; Plotly's drawing takes it off.
   * @param {number[]} traces their indices; none opens all
   */
  cover(traces) {
    this.covered = traces;
    for (const covered of this.plot.querySelectorAll(`[clip-path="url(#${this.id})"]`)) covered.removeAttribute("clip-path");
    if (!traces.length) return;
    this.makeWindow();
    for (const at of traces) {
      const { uid } = this.plot._fullData[at];
      this.plot.querySelector(`.scatterlayer .trace${uid}`)?.setAttribute("clip-path", `url(#${this.id})`);
    }
  }

  makeWindow() {
    if (this.window?.isConnected) return;
    const clip = document.createElementNS(SVG, "clipPath");
    clip.id = this.id;
    this.window = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x: -FAR, y: -FAR, height: 2 * FAR, width: FAR })) {
      this.window.setAttribute(name, String(value));
    }
    clip.append(this.window);
    this.plot.querySelector(".main-svg defs")?.append(clip);
  }

  /**
   * Open the window up to a place of the x axis.
   * @param {number} x in the axis' own numbers
   */
  openTo(x) {
    this.end = x;
    if (!this.window) return;
    const { type, range, _length: length } = this.plot._fullLayout.xaxis;
    const place = type === "log" ? (x > 0 ? Math.log10(x) : -Infinity) : x;
    const pixel = ((place - range[0]) / (range[1] - range[0])) * length;
    this.window.setAttribute("width", String(Math.max(FAR + pixel, 0)));
  }

  /**
   * Return traces without what the window does not show: a picture has no windows.
   * @param {Trace[]} data
   */
  cut(data) {
    return data.map((trace, at) => {
      if (!this.covered.includes(at)) return trace;
      const { x, y } = trace;
      const shown = Array.from(x.keys()).filter((i) => !(x[i] > this.end)); // one trace may be several lines
      return { ...trace, x: shown.map((i) => x[i]), y: shown.map((i) => y[i]) };
    });
  }
}
