// The page's own buttons on the stage: Python names them, and is told which one was pressed.

/** @typedef {import("./stage.js").Stage} Stage */

/**
 * Listen to the buttons, those that are there now and later ones.
 * @param {Stage} stage
 */
export function wireActions(stage) {
  for (const place of stage.all(".actions")) {
    place.addEventListener("click", ({ target }) => {
      const button = target instanceof Element && target.closest("button");
      if (button) stage.outbox.push({ kind: "act", message: { name: button.dataset.action || "" } });
    });
  }
}

/**
 * Show the buttons that Python asks for; one that only changes its name keeps the focus.
 * @param {Stage} stage
 */
export function showActions(stage) {
  for (const place of stage.all(".actions")) {
    const wanted = stage.header.actions.filter((action) => action.place === place.dataset.place);
    while (place.children.length > wanted.length) place.children[wanted.length].remove();
    while (place.children.length < wanted.length) {
      place.append(Object.assign(document.createElement("button"), { type: "button", className: "button" }));
    }
    wanted.forEach(({ name, label, help }, i) => {
      const button = /** @type {HTMLElement} */ (place.children[i]);
      Object.assign(button, { textContent: label, title: help });
      button.dataset.action = name;
    });
  }
}
