// A stage on paper, which is narrower than most windows: it is made smaller as it stands, with all that it shows.

/** @typedef {import("./stage.js").Stage} Stage */

const WIDTH = 640; // pixels that a sheet has between its margins and the page's own, upright

/**
 * Print the stage as it is on the screen: to draw the charts anew for the sheet there is no time.
 * @param {Stage} stage
 */
export function fitPaper({ body, leaving }) {
  const { signal } = leaving;
  const place = /** @type {HTMLElement} */ (body.parentElement);
  const charts = /** @type {HTMLElement} */ (body.querySelector(".charts"));
  const onPaper = () => {
    const { gridTemplateColumns } = getComputedStyle(charts);
    const heights = Array.from(charts.children, (group) => group.clientHeight);
    Object.assign(place.style, { width: `${place.clientWidth}px`, zoom: Math.min(1, WIDTH / place.clientWidth) });
    charts.style.gridTemplateColumns = gridTemplateColumns;
    charts.style.setProperty("--height", `${Math.max(...heights)}px`);
  };
  const onScreen = () => {
    Object.assign(place.style, { width: "", zoom: "" });
    charts.style.gridTemplateColumns = "";
    charts.style.removeProperty("--height");
  };
  window.addEventListener("beforeprint", onPaper, { signal });
  window.addEventListener("afterprint", onScreen, { signal });
}
