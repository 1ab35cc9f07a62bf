// One sample in several charts: while the pointer is on it in one, the others say what it is there. A trace of a curve
// names the samples of its points in meta.samples; the points of a plane are the samples in their order.

import { plotly } from "./plotly_loader.js";

/** @typedef {import("./chart.js").Chart} Chart */
/** @typedef {import("./charts.js").Charts} Charts */
/** @typedef {import("./contract.js").Trace} Trace */
/** @typedef {{curveNumber: number, pointNumber: number}} Place of a point among a chart's traces */

const QUIETLY = true; // without telling that something is hovered over

export class Light {
  /** @param {Charts} charts */
  constructor(charts) {
    this.charts = charts;
    this.isOn = false; // labels stand in other charts than the one under the pointer
  }

  /** @param {Chart} chart */
  listenTo(chart) {
    chart.plot.on("plotly_hover", ({ points }) => this.show(chart, points[0]));
    chart.plot.on("plotly_unhover", () => this.isOn && this.off(chart));
  }

  /**
   * Let the other charts say what the sample of a point is there.
   * @param {Chart} chart @param {Place} place
   */
  show(chart, place) {
    const sample = chart.sampleAt(place);
    const others = this.charts.all.filter((other) => other !== chart && other.isDrawn);
    const named = sample === null ? [] : others.map((other) => ({ other, places: other.placesOfSample(sample) }));
    if (this.isOn) this.off(chart);
    for (const { other, places } of named) {
      if (!places.length) continue;
      plotly().Fx.hover(other.plot, places, undefined, QUIETLY);
      this.isOn = true;
    }
  }

  /** @param {Chart} chart the one under the pointer */
  off(chart) {
    this.isOn = false;
    for (const other of this.charts.all) if (other !== chart && other.isDrawn) plotly().Fx.unhover(other.plot);
  }
}

/**
 * Return the sample of a point, or null.
 * @param {Trace[]} data @param {Place} place
 * @returns {number|null}
 */
export function sampleAt(data, { curveNumber, pointNumber }) {
  return data[curveNumber]?.meta?.samples?.[pointNumber] ?? null;
}

/**
 * Return the last point of each trace that is this sample: the head of a bar.
 * @param {Trace[]} data @param {number} sample
 * @returns {Place[]}
 */
export function placesOfSample(data, sample) {
  return data.flatMap(({ meta }, curveNumber) => {
    const pointNumber = meta?.samples ? meta.samples.lastIndexOf(sample) : -1;
    return pointNumber < 0 ? [] : [{ curveNumber, pointNumber }];
  });
}
