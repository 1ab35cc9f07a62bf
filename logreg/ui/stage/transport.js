// The transport: buttons, scrub bar, speed, axis; and the clock that plays.

import { formatStep } from "./numbers.js";
import { advance, clockOf, GUTTER, neighbours, positionOf, recordAt, stepNear, stepOfClock } from "./state.js";

const ICONS = {
  restart: "M5 4h2v12H5zM16 4v12l-8-6z",
  back: "M12.6 3.6 14 5 9 10l5 5-1.4 1.4L6.2 10z",
  play: "M6 3v14l11-7z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  step: "M7.4 3.6 6 5l5 5-5 5 1.4 1.4 6.4-6.4z",
  end: "M4 4l8 6-8 6zM13 4h2v12h-2z",
};
const icon = (name) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
const button = (name, label, key, content) =>
  `<button type="button" class="button" data-do="${name}" aria-label="${label}" title="${label} (${key})">${content}</button>`;

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

const key = (name, what) => `<dt>${name}</dt><dd>${what}</dd>`;

const HELP = `
  <div class="help" role="note" hidden>
    <dl><dt>Keys</dt>
      ${key("Space", "play or pause")}${key("← →", "one record back, on")}${key("Shift+← →", "a tenth, ten times")}
      ${key("Home, End", "first, last step")}${key("L", "log or linear step axis")}${key("?", "this help")}</dl>
    <dl class="for-editing"><dt>Mouse</dt>
      ${key("Click", "add a point (Shift: of the other class)")}${key("Click a point", "flip its label")}
      ${key("Drag a point", "move it")}${key("Alt+click", "delete it")}${key("Drag the plane", "pan")}</dl>
    <dl class="for-editing"><dt>Keys in the plane</dt>
      ${key("← → ↑ ↓", "select a point")}${key("Shift+← → ↑ ↓", "move it")}${key("F", "flip")}${key("Delete", "delete")}
      ${key("A", "add one in the middle")}${key("Esc", "let go")}${key("Ctrl+Z, Ctrl+Y", "undo, redo")}</dl>
    <dl class="for-flipping"><dt></dt>
      ${key("Click a point", "flip this label instead")}${key("← → ↑ ↓, F", "the same by keys")}</dl>
  </div>`;

export const TRANSPORT = `
  <div class="transport" role="group" aria-label="Transport" tabindex="0">
    ${button("restart", "Restart", "Home", icon("restart"))}
    ${button("back", "Step back", "←", icon("back"))}
    ${button("play", "Play", "Space", icon("play"))}
    ${button("step", "Step", "→", icon("step"))}
    ${button("tenfold", "Times ten", "Shift+→", "×10")}
    ${button("end", "End", "End", icon("end"))}
    <input class="scrub" type="range" aria-label="Step slider" step="any" min="0" max="1" value="0">
    <span class="where" aria-hidden="true"></span>
    <span class="actions" data-place="transport"></span>
    <label class="speed"><span>Speed</span>
      <select aria-label="Speed">${SPEEDS.map(
        (speed) => `<option value="${speed}" ${speed === 1 ? "selected" : ""}>${speed}×</option>`,
      ).join("")}</select>
    </label>
    <button type="button" class="button wide" data-do="axis" title="Log or linear step axis (L)"></button>
    <button type="button" class="button" data-do="help" aria-label="Keys" aria-expanded="false" title="Keys (?)">?</button>
    ${HELP}
  </div>`;

/**
 * Wire the transport of a stage.
 * @param {object} stage see stage.js; `stage.goTo(step)` shows a step
 */
export function wireTransport(stage) {
  const find = (selector) => stage.root.querySelector(selector);
  const parts = {
    scrub: find(".scrub"),
    where: find(".where"),
    play: find('[data-do="play"]'),
    axis: find('[data-do="axis"]'),
    help: find('[data-do="help"]'),
  };
  stage.transport = parts;
  stage.commands = {
    restart: () => jump(stage, "first"),
    back: () => jump(stage, "back"),
    play: () => (stage.playing ? pause(stage) : play(stage)),
    step: () => jump(stage, "next"),
    tenfold: () => jump(stage, "timesTen"),
    tenth: () => jump(stage, "tenth"),
    end: () => jump(stage, "last"),
    axis: () => stage.setAxis(stage.axis === "log" ? "linear" : "log"),
    help: () => toggleHelp(stage),
  };
  for (const element of stage.root.querySelectorAll(".transport [data-do]")) {
    element.addEventListener("click", () => stage.commands[element.dataset.do]());
  }
  parts.scrub.addEventListener("input", () => {
    pause(stage);
    stage.goTo(stepNear(stage.steps, Number(parts.scrub.value), stage.axis));
  });
  parts.scrub.addEventListener("change", () => showTransport(stage)); // the thumb rests on a record
  find(".speed select").addEventListener("change", (event) => (stage.speed = Number(event.target.value)));
}

function jump(stage, where) {
  pause(stage);
  stage.goTo(neighbours(stage.steps, stage.step)[where]);
}

function toggleHelp(stage) {
  const help = stage.root.querySelector(".help");
  help.hidden = !help.hidden;
  stage.transport.help.setAttribute("aria-expanded", String(!help.hidden));
}

/** Play from where the stage stands, or from the start if it stands at the end. */
export function play(stage) {
  if (stage.playing || stage.last === 0) return;
  if (stage.step >= stage.last) stage.goTo(0);
  for (const name of ["report", "settle"]) stage.agenda.drop(name); // nothing is said while it plays
  stage.playing = true;
  stage.clock = clockOf(stage.step);
  stage.before = null;
  showTransport(stage);
  stage.tick = requestAnimationFrame((now) => tick(stage, now));
}

/** Stop playing; the stage rests on its step. */
export function pause(stage) {
  if (!stage.playing) return;
  stage.playing = false;
  cancelAnimationFrame(stage.tick);
  showTransport(stage);
  stage.rest();
}

// One frame. The clock is the logarithm of the step, so every decade takes the same time; what is shown is always
// a record, the last one that the clock has reached.
function tick(stage, now) {
  if (!stage.playing) return;
  // a hidden tab does not leap; and while a chart is dragged the run waits (see plotly_relayouting in draw.js)
  const passed = stage.before === null || stage.held ? 0 : Math.min(now - stage.before, 250);
  stage.before = now;
  stage.clock = advance(stage.clock, passed, stage.speed);
  const reached = stepOfClock(stage.clock);
  const step = stage.steps[recordAt(stage.steps, reached)];
  stage.frames += 1;
  stage.body.dataset.frames = String(stage.frames);
  if (step !== stage.step) stage.show(step);
  if (step >= stage.last) return pause(stage);
  moveThumb(stage, stage.axis === "log" ? stage.clock : Math.min(10 ** stage.clock, stage.last));
  stage.tick = requestAnimationFrame((next) => tick(stage, next));
}

function moveThumb(stage, position) {
  const { scrub } = stage.transport;
  scrub.value = String(position);
  const share = (position - Number(scrub.min)) / (Number(scrub.max) - Number(scrub.min) || 1);
  scrub.style.setProperty("--share", `${100 * Math.min(Math.max(share, 0), 1)}%`);
}

/** Let buttons and scrub bar say what the stage does. */
export function showTransport(stage) {
  const { scrub, where, play: playButton, axis } = stage.transport;
  const name = stage.playing ? "Pause" : "Play";
  if (playButton.getAttribute("aria-label") !== name) {
    playButton.setAttribute("aria-label", name);
    playButton.title = `${name} (Space)`;
    playButton.innerHTML = icon(stage.playing ? "pause" : "play");
  }
  playButton.disabled = stage.last === 0;
  axis.textContent = stage.axis;
  axis.setAttribute("aria-label", `Step axis: ${stage.axis}`);
  scrub.min = String(stage.axis === "log" ? GUTTER : 0);
  scrub.max = String(Math.max(positionOf(stage.last, stage.axis), stage.axis === "log" ? 0 : 1));
  scrub.disabled = stage.last === 0;
  scrub.setAttribute("aria-valuetext", `step ${formatStep(stage.step)} of ${formatStep(stage.last)}`);
  if (!stage.playing) moveThumb(stage, positionOf(stage.step, stage.axis));
  where.textContent = `step ${formatStep(stage.step)}`;
  stage.body.dataset.playing = String(stage.playing);
}
