// Charts as pictures, and the whole scene as one: what is on the screen, on the page's own background.

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
  return (await fetch(await drawn(chart, format, SHARP))).blob(); // from an address that holds it
}

/**
 * Return all charts with the caption under them.
 * @param {Stage} stage
 */
export async function sceneOf(stage) {
  const charts = stage.find(".charts").getBoundingClientRect();
  const caption = stage.captionPlace;
  const canvas = document.createElement("canvas");
  const room = caption.hidden ? 0 : caption.getBoundingClientRect().height + 2 * GAP;
  [canvas.width, canvas.height] = [SHARP * charts.width, SHARP * (charts.height + room)].map(Math.ceil);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(SHARP, SHARP);
  pen.fillStyle = stage.paper;
  pen.fillRect(0, 0, charts.width, charts.height + room);
  for (const chart of stage.charts.all) {
    const { left, top, width, height } = chart.plot.getBoundingClientRect();
    const image = new Image();
    image.src = await drawn(chart, "png", (SHARP * width) / chart.width); // a chart may be enlarged
    await image.decode();
    pen.drawImage(image, left - charts.left, top - charts.top, width, height);
  }
  if (!caption.hidden) write(pen, caption, charts.width, charts.height + GAP);
  return /** @type {Promise<Blob>} */ (
    new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large"))));
    })
  );
}

/**
 * Return the address of a chart's picture, which holds it.
 * @param {Chart} chart @param {"png"|"svg"} format @param {number} scale
 * @returns {Promise<string>}
 */
function drawn(chart, format, scale) {
  const { width, height } = chart;
  return plotly().toImage(chart.onPaper(), { format, width, height, scale });
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
