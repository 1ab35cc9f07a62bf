// The page's own buttons on the stage: Python names them, and is told which one was pressed.

/** Listen to the buttons, those that are there now and later ones. */
export function wireActions(stage) {
  for (const place of stage.root.querySelectorAll(".actions")) {
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) stage.outbox.push("act", { name: button.dataset.action });
    });
  }
}

/** Show the buttons that Python asks for; one that only changes its name keeps the focus. */
export function showActions(stage) {
  for (const place of stage.root.querySelectorAll(".actions")) {
    const wanted = stage.header.actions.filter((action) => action.place === place.dataset.place);
    while (place.children.length > wanted.length) place.lastChild.remove();
    while (place.children.length < wanted.length) {
      place.append(Object.assign(document.createElement("button"), { type: "button", className: "button" }));
    }
    wanted.forEach(({ name, label, help }, i) => {
      Object.assign(place.children[i], { textContent: label, title: help });
      place.children[i].dataset.action = name;
    });
  }
}
