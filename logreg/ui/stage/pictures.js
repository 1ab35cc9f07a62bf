// Charts as pictures, and the whole scene as one: what is on the screen, on the page's own background.

import { fontRule } from "./page_font.js";
import { plotly } from "./plotly_loader.js";

/** @typedef {import("./chart.js").Chart} Chart */
/** @typedef {import("./stage.js").Stage} Stage */

const SHARP = 2; // pixels of a picture for one of the screen
const GAP = 8; // pixels of the screen around the caption

/**
 * Return a chart as a picture.
 * @param {Chart} chart @param {"png"|"svg"} format
 */
export async function pictureOf(chart, format) {
  if (format === "svg") return new Blob([await drawn(chart, 1)], { type: "image/svg+xml" });
  const pen = penOn(chart.width, chart.height);
  pen.drawImage(await imageOf(chart, SHARP), 0, 0, chart.width, chart.height);
  return picture(pen);
}

/**
 * Return all charts with the caption under them.
 * @param {Stage} stage
 */
export async function sceneOf(stage) {
  const charts = stage.find(".charts").getBoundingClientRect();
  const caption = stage.captionPlace;
  const room = caption.hidden ? 0 : caption.getBoundingClientRect().height + 2 * GAP;
  const pen = penOn(charts.width, charts.height + room);
  pen.fillStyle = stage.paper;
  pen.fillRect(0, 0, charts.width, charts.height + room);
  for (const chart of stage.charts.all) {
    const { left, top, width, height } = chart.plot.getBoundingClientRect();
    const image = await imageOf(chart, (SHARP * width) / chart.width); // a chart may be enlarged
    pen.drawImage(image, left - charts.left, top - charts.top, width, height);
  }
  if (!caption.hidden) write(pen, caption, charts.width, charts.height + GAP);
  return picture(pen);
}

/** @param {number} width @param {number} height pixels of the screen */
function penOn(width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SHARP * width, SHARP * height].map(Math.ceil);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(SHARP, SHARP);
  return pen;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @returns {Promise<Blob>}
 */
function picture({ canvas }) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large"))));
  });
}

/**
 * Return a chart as an image, with the page's font in it.
 * @param {Chart} chart @param {number} scale
 */
async function imageOf(chart, scale) {
  const font = `<style>${await fontRule()}</style>`;
  const image = new Image();
  const svg = (await drawn(chart, scale)).replace(/^<svg[^>]*>/, (start) => start + font);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/**
 * Return a chart as the text of an SVG.
 * @param {Chart} chart @param {number} scale
 * @returns {Promise<string>}
 */
function drawn(chart, scale) {
  const { width, height } = chart;
  return plotly().toImage(chart.onPaper(), { format: "svg", imageDataOnly: true, width, height, scale });
}

/**
 * Write the parts of the caption as the page does, line by line.
 * @param {CanvasRenderingContext2D} pen @param {HTMLElement} caption @param {number} width @param {number} top
 */
function write(pen, caption, width, top) {
  let y = top;
  for (const part of caption.children) {
    const { fontWeight, fontSize, fontFamily, lineHeight, color } = getComputedStyle(part);
    Object.assign(pen, { font: `${fontWeight} ${fontSize} ${fontFamily}`, fillStyle: color, textBaseline: "top" });
    /** @param {string} text */
    const fits = (text) => pen.measureText(text).width <= width;
    for (const line of (part.textContent || "").split("\n").flatMap((text) => broken(text, fits))) {
      pen.fillText(line, 0, y);
      y += parseFloat(lineHeight);
    }
  }
}

/**
 * Return a text in lines that fit; a word alone always does.
 * @param {string} text @param {(text: string) => boolean} fits
 */
export function broken(text, fits) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (fits(longer) || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
