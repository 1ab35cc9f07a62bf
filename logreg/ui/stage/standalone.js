// A stage as ONE HTML file: what Python sent, our own modules, their style and Plotly. It opens from a disk, without any
// server or network, and plays; it does not edit or train, which is Python's. opened.js starts it there.
//
// The modules go in as the one file that the browser has of them (logreg/ui/files/bundle.py), of which this one is a
// part, and opened.js another.

import { saidOverTheStage } from "./aloud.js";
import { fontRule } from "./page_font.js";
import { linkOfScreen } from "./share.js";

/** @typedef {import("./stage.js").Stage} Stage */

const LOOKS = ["text-color", "background-color", "secondary-background-color", "primary-color", "font"];
const SIZES = ["--headline", "--chart-zoom", "--least"]; // projector mode's, and a scene's
/** What cannot be changed in the file, or would ask a server. */
const STILL = {
  ...{ editable: null, can: { undo: false, redo: false, reset: false }, actions: [], points: null, pin: null },
  ...{ more: null, link: false, message: null, answered: 0, session: "file" },
};

/**
 * Return the file, as the stage stands now.
 * @param {Stage} stage
 */
export async function standalone(stage) {
  const [modules, style, plotly, font] = await Promise.all([
    textOf(import.meta.url),
    textOf("./stage.css"),
    textOf("../plotly.min.js"),
    fontRule(),
  ]);
  const own = Array.from(stage.root.querySelectorAll("style:not([data-plotly])"), ({ textContent }) => textContent);
  const page = pageAround(stage, font, `${own.join("\n")}\n${style}`, modules, plotly);
  return new Blob([page], { type: "text/html" });
}

/**
 * @param {Stage} stage @param {string} font @param {string} style @param {string} modules @param {string} plotly
 */
function pageAround(stage, font, style, modules, plotly) {
  const link = escaped(linkOfScreen());
  const address = `data:text/javascript;base64,${base64(new TextEncoder().encode(modules))}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(document.title)}</title>
<style>
${font}
:root { --room: 13rem; ${lookOf(stage)} }
body { margin: 0; padding: 1rem 1.75rem; color: var(--st-text-color); background: var(--st-background-color);
  font-family: var(--st-font); }
.foot { margin: 0.5rem 0 0; font: 0.875rem var(--st-font); overflow-wrap: anywhere; }
.foot a { color: inherit; }
</style>
<script>${inScript(plotly)}</script>
</head>
<body>
<div><template shadowrootmode="open"><style data-stage>${style}
[data-share="open"] { display: none; }</style>
<div class="stage" data-testid="stage" data-ready="false" data-playing="false"></div></template></div>
<p class="foot">From <a href="${link}">${link}</a>. This file plays without a network; to edit or train, open the link.</p>
<script type="module">import { open } from "${address}";
open(document.querySelector("div").shadowRoot, "${base64(stillOf(stage))}");
</script>
</body>
</html>
`;
}

/**
 * Return a file of ours; the browser has it already.
 * @param {string} name beside this module
 */
async function textOf(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name} could not be fetched`);
  return answer.text();
}

/**
 * Return what Python sent, standing where the stage stands, with nothing to edit or to ask for.
 * @param {Stage} stage
 */
function stillOf({ component: { data }, whereItRests: { step, axis, at_end: atEnd } }) {
  const length = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const caption = header.caption || saidOverTheStage().map(({ text }) => text).join("\n");
  const said = { caption, step: atEnd ? null : step, axis };
  const text = new TextEncoder().encode(JSON.stringify({ ...header, ...STILL, ...said }));
  const numbers = data.subarray(4 + length);
  const bytes = new Uint8Array(4 + text.length + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(numbers, 4 + text.length);
  return bytes;
}

/**
 * Return colours, font and sizes of the page that the stage stands on, as declarations.
 * @param {Stage} stage
 */
function lookOf(stage) {
  const here = getComputedStyle(stage.body);
  const names = [...LOOKS.map((name) => `--st-${name}`), ...SIZES];
  const said = names.map((name) => [name, here.getPropertyValue(name).trim()]).filter(([, value]) => value);
  const { fontSize } = getComputedStyle(document.documentElement);
  return [...said, ["font-size", fontSize], ["color-scheme", stage.header.theme.name]]
    .map(([name, value]) => `${name}: ${value.replace(/[<>{};]/g, "")};`)
    .join(" ");
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const parts = [];
  for (let i = 0; i < bytes.length; i += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(parts.join(""));
}

/**
 * Return a script whose texts do not end the element that it stands in.
 * @param {string} script
 */
function inScript(script) {
  return script.replace(/<\/(script)/gi, "<\\/$1").replaceAll("<!--", "\\x3c!--");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
