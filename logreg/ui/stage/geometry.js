// Where a line crosses a window, and what is where on the screen. Pure functions.

/** @typedef {[number, number, number, number]} Window xmin, xmax, ymin, ymax */
/** @typedef {[number, number]} Pair */

const FAR = 1e300; // coordinates that a browser can still draw

/**
 * Return [a * b, what the product lost by rounding] (Dekker 1971).
 * @param {number} a
 * @param {number} b
 * @returns {Pair}
 */
function exactProduct(a, b) {
  /** @param {number} value */
  const split = (value) => {
    const large = 134217729 * value; // 2^27 + 1
    const high = large - (large - value);
    return [high, value - high];
  };
  const product = a * b;
  const [a1, a2] = split(a);
  const [b1, b2] = split(b);
  return [product, a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2)];
}

/**
 * Return [a + b, what the sum lost by rounding] (Knuth).
 * @param {number} a
 * @param {number} b
 * @returns {Pair}
 */
function exactSum(a, b) {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/**
 * Return w·x + b in twice the working precision: far from the origin w·x and b cancel.
 * @param {number} w1
 * @param {number} w2
 * @param {number} b
 * @param {number} x1
 * @param {number} x2
 */
export function logOdds(w1, w2, b, x1, x2) {
  const [p, lostP] = exactProduct(w1, x1);
  const [q, lostQ] = exactProduct(w2, x2);
  const [s, lostS] = exactSum(p, q);
  const [t, lostT] = exactSum(s, b);
  const value = t + (lostP + lostQ + lostS + lostT);
  return Number.isFinite(value) ? value : w1 * x1 + w2 * x2 + b;
}

/**
 * Return the probability of log-odds.
 * @param {number} z
 */
export function sigmoid(z) {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/**
 * Return the part of the line w·x + b = 0 inside a window.
 * @param {number} w1
 * @param {number} w2
 * @param {number} b
 * @param {Window} window
 * @returns {number[]|null} [x, y, x, y] of its two ends; null where w = 0 or the line misses the window
 */
export function lineInWindow(w1, w2, b, window) {
  const size = Math.max(Math.abs(w1), Math.abs(w2));
  if (!(size > 0) || !Number.isFinite(size)) return null;
  const scale = 2 ** Math.max(-1000, Math.min(1000, Math.round(Math.log2(size)))); // dividing by it rounds nothing
  const n1 = w1 / scale;
  const n2 = w2 / scale;
  const [xmin, xmax, ymin, ymax] = window;
  const middle = [(xmin + xmax) / 2, (ymin + ymax) / 2];
  const half = [(xmax - xmin) / 2, (ymax - ymin) / 2];
  const norm2 = n1 * n1 + n2 * n2;
  const value = logOdds(n1, n2, b / scale, middle[0], middle[1]);
  const foot = [(-value * n1) / norm2, (-value * n2) / norm2]; // of the middle on the line, seen from the middle
  const along = [n2, -n1];
  let from = -Infinity;
  let to = Infinity;
  for (const side of [0, 1]) {
    if (along[side] === 0) {
      if (Math.abs(foot[side]) > half[side]) return null;
      continue;
    }
    const cuts = [(-half[side] - foot[side]) / along[side], (half[side] - foot[side]) / along[side]];
    from = Math.max(from, Math.min(...cuts));
    to = Math.min(to, Math.max(...cuts));
  }
  if (!(from <= to)) return null;
  /** @param {number} t */
  const at = (t) => [middle[0] + foot[0] + t * along[0], middle[1] + foot[1] + t * along[1]];
  return [...at(from), ...at(to)];
}

/**
 * Return a window grown around its middle.
 * @param {Window} window
 * @param {number} factor
 * @returns {Window}
 */
export function grown([xmin, xmax, ymin, ymax], factor) {
  const x = ((factor - 1) * (xmax - xmin)) / 2;
  const y = ((factor - 1) * (ymax - ymin)) / 2;
  return [xmin - x, xmax + x, ymin - y, ymax + y];
}

/**
 * Return the window that shows every point with some room, both axes to one scale (logreg/figures/window.py).
 * @param {ArrayLike<number>} X x1, x2 of each point
 * @returns {Window}
 */
export function windowOf(X, aspect = 1.25, padding = 0.12) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  Array.from(X).forEach((coordinate, i) => {
    const value = Math.min(Math.max(coordinate, -FAR), FAR);
    low[i % 2] = Math.min(low[i % 2], value);
    high[i % 2] = Math.max(high[i % 2], value);
  });
  const middle = [0, 1].map((i) => low[i] / 2 + high[i] / 2);
  const spread = Math.max((high[0] / 2 - low[0] / 2) / aspect, high[1] / 2 - low[1] / 2) * (1 + 2 * padding);
  const half = Math.max(spread || 1, Math.abs(middle[0]) * 1e-12, Math.abs(middle[1]) * 1e-12);
  return [middle[0] - aspect * half, middle[0] + aspect * half, middle[1] - half, middle[1] + half];
}

/**
 * The plot area of a Plotly chart: pixels to data and back. Pixels are measured from the chart's top left corner.
 * For linear axes.
 */
export class PlotArea {
  /** @param {{_fullLayout: any}} plot one that Plotly has drawn */
  constructor(plot) {
    const { xaxis, yaxis } = plot._fullLayout;
    this.left = xaxis._offset;
    this.top = yaxis._offset;
    this.width = xaxis._length;
    this.height = yaxis._length;
    /** @type {Pair} */
    this.x = xaxis.range.map(Number);
    /** @type {Pair} */
    this.y = yaxis.range.map(Number);
  }

  /** @returns {Window} */
  get window() {
    return [...this.x, ...this.y];
  }

  /** @param {number} px @param {number} py */
  holds(px, py) {
    return px >= this.left && px <= this.left + this.width && py >= this.top && py <= this.top + this.height;
  }

  /** @param {number} px @param {number} py */
  toData(px, py) {
    const [x0, x1] = this.x;
    const [y0, y1] = this.y;
    return [
      x0 + ((px - this.left) / this.width) * (x1 - x0),
      y1 - ((py - this.top) / this.height) * (y1 - y0),
    ];
  }

  /** @param {number} x @param {number} y */
  toPixels(x, y) {
    const [x0, x1] = this.x;
    const [y0, y1] = this.y;
    return [
      this.left + ((x - x0) / (x1 - x0)) * this.width,
      this.top + ((y1 - y) / (y1 - y0)) * this.height,
    ];
  }
}

/**
 * Return the index of the point nearest to a pixel, or -1 where none is near. Of two equally near the later one:
 * it is drawn on top.
 * @param {PlotArea} area
 * @param {ArrayLike<number>} X
 * @param {number} px
 * @param {number} py
 * @param {number} reach pixels
 */
export function pointAt(area, X, px, py, reach) {
  let best = -1;
  let nearest = reach;
  for (let i = 0; i < X.length / 2; i += 1) {
    const [x, y] = area.toPixels(X[2 * i], X[2 * i + 1]);
    const distance = Math.hypot(x - px, y - py);
    if (distance <= nearest) [best, nearest] = [i, distance];
  }
  return best;
}

/**
 * Return the index of the nearest point in a direction, or the same index.
 * @param {ArrayLike<number>} X
 * @param {number} from
 * @param {Pair} direction [1, 0] is right, [0, 1] is up
 */
export function nextPoint(X, from, [dx, dy]) {
  let best = from;
  let least = Infinity;
  for (let i = 0; i < X.length / 2; i += 1) {
    const x = X[2 * i] - X[2 * from];
    const y = X[2 * i + 1] - X[2 * from + 1];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (i === from || ahead <= 0) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}
