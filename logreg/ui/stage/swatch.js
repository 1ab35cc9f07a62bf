// A small picture of a mark, as a list of marks has it beside its sentence.

/** @typedef {import("./contract.js").Trace} Trace */

const WIDTH = 32;
const HEIGHT = 18;
const [X, Y] = [WIDTH / 2, HEIGHT / 2];
/** @type {{[dash: string]: string}} */
const DASHES = { dot: "2 3", dash: "6 4", longdash: "11 4", dashdot: "7 3 2 3" };
/** @type {{[symbol: string]: string}} */
const SHAPES = {
  circle: `<circle cx="${X}" cy="${Y}" r="5.5"/>`,
  diamond: `<path d="M${X} 2.5l6.5 6.5-6.5 6.5-6.5-6.5z"/>`,
  square: `<path d="M${X - 5} 4h10v10h-10z"/>`,
  x: `<path d="M${X - 5} 4l10 10m0-10l-10 10"/>`,
  arrow: `<path d="M${X + 6} 4l8 5-8 5z"/>`,
  "line-ns": `<path d="M${X} 2v14"/>`,
};

/**
 * Return it as SVG.
 * @param {Trace} look of a trace, as Plotly has it
 */
export function swatch(look) {
  const drawn = look.fill === "field" || look.type === "contour" ? blend(look) : `${area(look)}${line(look)}${symbol(look)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${drawn}</svg>`;
}

/**
 * Colours that change from place to place.
 * @param {Trace} look
 */
function blend({ colorscale }) {
  const colours = colorscale ? colorscale.map((/** @type {[number, string]} */ [, colour]) => colour) : ["var(--zero)", "var(--one)"];
  const few = colours.length > 1 ? [colours[0], colours[colours.length - 1]] : [colours[0], colours[0]];
  const strips = [0.5, 0.2, 0.2, 0.5].map(
    (opacity, i) => `<path d="M${8 * i} 2h8v14h-8z" fill="${few[Math.floor(i / 2)]}" opacity="${opacity}"/>`,
  );
  return strips.join("");
}

/** @param {Trace} look */
function area({ fill = "none", fillcolor }) {
  return fill === "none" ? "" : `<path d="M2 2h28v14H2z" fill="${fillcolor}"/>`;
}

/** @param {Trace} look */
function line({ mode = "", line: { color, width = 2, dash = "solid" } = /** @type {Trace} */ ({}) }) {
  if (!mode.includes("lines") || !width) return "";
  const dashes = DASHES[dash] ? ` stroke-dasharray="${DASHES[dash]}"` : "";
  return `<path d="M1 ${Y}h30" stroke="${color}" stroke-width="${Math.min(width, 6)}"${dashes}/>`;
}

/** @param {Trace} look */
function symbol({ mode = "", marker }) {
  if (!mode.includes("markers") || !marker) return "";
  const [name, isOpen] = /** @type {[string, string|undefined]} */ (`${first(marker.symbol)}`.split("-open"));
  const colour = first(marker.color);
  const isLine = isOpen !== undefined || name === "x" || name.startsWith("line");
  const paint = isLine ? `fill="none" stroke="${colour}" stroke-width="2.5"` : `fill="${colour}"`;
  return `<g ${paint}>${SHAPES[name] || SHAPES.circle}</g>`;
}

/** @template T @param {T|ArrayLike<T>} value */
function first(value) {
  return typeof value === "object" && value !== null ? /** @type {ArrayLike<T>} */ (value)[0] : value;
}
