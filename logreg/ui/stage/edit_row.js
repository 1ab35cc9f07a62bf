// The row of editing tools under the charts, as HTML.

const UNDO = "M7 3 2 8l5 5V9.5h6a2.75 2.75 0 0 1 0 5.5H9v2.5h4A5.25 5.25 0 0 0 13 7H7z";
const REDO = "M13 3l5 5-5 5V9.5H7A2.75 2.75 0 0 0 7 15h4v2.5H7A5.25 5.25 0 0 1 7 7h6z";

/** @param {string} name @param {string} label @param {string} title @param {string} text */
const press = (name, label, title, text) =>
  `<button type="button" class="button" data-edit="${name}" aria-label="${label}" title="${title}">${text}</button>`;

/** @param {string} path */
const arrow = (path) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${path}"/></svg>`;

/** @param {string} group @param {string} value @param {string} text @param {boolean} checked */
const choice = (group, value, text, checked) =>
  `<label class="choice"><input type="radio" name="${group}" value="${value}" ${checked ? "checked" : ""}>` +
  `<span>${text}</span></label>`;

export const EDITOR = `
  <div class="editor" role="group" aria-label="Editing">
    <fieldset class="choices"><legend>New point</legend>
      ${choice("label", "0", '<i class="dot zero"></i>class 0', false)}
      ${choice("label", "1", '<i class="dot one"></i>class 1', true)}</fieldset>
    <fieldset class="choices"><legend>Click</legend>
      ${choice("mode", "edit", "add, flip, drag", true)}${choice("mode", "delete", "delete", false)}
      ${choice("mode", "look", "look", false)}</fieldset>
    ${press("undo", "Undo", "Undo (Ctrl+Z)", arrow(UNDO))}
    ${press("redo", "Redo", "Redo (Ctrl+Y)", arrow(REDO))}
    ${press("reset", "Back to the preset", "The points as they were before all edits", "Back to the preset")}
    <span class="actions" data-place="editor"></span>
  </div>`;
