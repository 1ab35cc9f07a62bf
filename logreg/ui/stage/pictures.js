// Charts as pictures, and the whole scene as one: what is on the screen, on the page's own background.

import { saidOverTheStage } from "./aloud.js";
import { fontRule } from "./page_font.js";
import { plotly } from "./plotly_loader.js";

/** @typedef {import("./chart.js").Chart} Chart */
/** @typedef {import("./stage.js").Stage} Stage */

const SHARP = 2; // pixels of a picture for one of the screen
const GAP = 8; // pixels of the screen around the text

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
 * Return all charts with the caption under them, or with what the explorer says of its points.
 * @param {Stage} stage
 */
export async function sceneOf(stage) {
  const charts = stage.find(".charts").getBoundingClientRect();
  const lines = saidOf(stage).flatMap((part) => linesOf(part, charts.width - 2 * GAP));
  const room = lines.length && lines.reduce((height, line) => height + line.height, 2 * GAP);
  const pen = penOn(charts.width, charts.height + room);
  pen.fillStyle = stage.paper;
  pen.fillRect(0, 0, charts.width, charts.height + room);
  for (const chart of stage.charts.all) {
    const { left, top, width, height } = chart.plot.getBoundingClientRect();
    const image = await imageOf(chart, (SHARP * width) / chart.width); // a chart may be enlarged
    pen.drawImage(image, left - charts.left, top - charts.top, width, height);
  }
  write(pen, lines, charts.height + GAP);
  return picture(pen);
}

/** @param {Stage} stage @returns {{text: string, look: Element}[]} the parts of a text, each with what it looks like */
function saidOf({ captionPlace: caption }) {
  if (caption.hidden) return saidOverTheStage();
  return Array.from(caption.children, (part) => ({ text: part.textContent || "", look: part }));
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
 * Return a part of a text in lines that fit, in the font of the page.
 * @param {{text: string, look: Element}} part @param {number} width
 * @returns {{text: string, font: string, color: string, height: number}[]}
 */
function linesOf({ text, look }, width) {
  const { fontWeight, fontSize, fontFamily, lineHeight, color } = getComputedStyle(look);
  const pen = penOn(1, 1);
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  /** @param {string} line */
  const fits = (line) => pen.measureText(line).width <= width;
  const lines = text.split("\n").flatMap((line) => broken(line, fits));
  return lines.map((line) => ({ text: line, font: pen.font, color, height: parseFloat(lineHeight) }));
}

/**
 * Write lines under each other.
 * @param {CanvasRenderingContext2D} pen @param {ReturnType<typeof linesOf>} lines @param {number} top
 */
function write(pen, lines, top) {
  let y = top;
  for (const { text, font, color, height } of lines) {
    Object.assign(pen, { font, fillStyle: color, textBaseline: "top" });
    pen.fillText(text, GAP, y);
    y += height;
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
