"""Time the stage in a real browser against what it replaces; prints one table of ratios.

Run as `python -m tests.benchmarks.bench_stage [repeats]`; without an argument 15 edits of each. Two rivals: an edit in
three `st.plotly_chart`, which are built anew, and frames drawn by `Plotly.restyle`. 200 points, 1,000 steps. Below it
stands how often the boundary follows a dragged point: ten times a second at most, at least 8 are wanted.
"""

import math
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.browser.driver import CHROMIUM, FLAGS, Server, Visit
from tests.browser.stage_driver import Stage

STAGE_APP = "tests/browser/apps/stage_app.py"
RIVAL_APP = "tests/benchmarks/rival_page.py"
SECONDS = 4

WATCH = """(isNew) => {
  window.waits = [];
  window.addEventListener("pointerup", () => {
    const pressed = performance.now(), isDrawn = eval(isNew)();
    const look = () => {
      if (!isDrawn()) return requestAnimationFrame(look);
      window.waits.push(performance.now() - pressed);
    };
    requestAnimationFrame(look);
  }, true);
}"""
STAGE_IS_NEW = """() => {
  const host = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector("[data-testid=stage]"));
  const body = host.shadowRoot.querySelector("[data-testid=stage]"), before = body.dataset.drawn;
  return () => body.dataset.drawn !== before;
}"""
RIVAL_IS_NEW = """() => {
  const titles = () => [...document.querySelectorAll(".gtitle")].map((e) => e.textContent);
  const before = titles()[0];
  return () => titles().length === 3 && titles().every((title) => title !== before)
    && document.querySelectorAll(".scatterlayer .trace").length > 3;
}"""
RESTYLE = """async ([body, seconds]) => {
  const plots = ["plane-0", "curve-0", "curve-1"].map((name) =>
    body.getRootNode().querySelector(`[data-testid=stage-${name}] .plot`));
  const cursor = (plot) => plot._fullData.findIndex(({ meta }) => meta && meta.role === "cursor");
  const line = plots[0]._fullData.findIndex(({ meta }) => meta && meta.role === "boundary" && meta.part === "line");
  const started = performance.now();
  let frames = 0;
  while (performance.now() - started < 1000 * seconds) {
    await Plotly.restyle(plots[0], { y: [[-3 + (frames % 10) / 10, 3]] }, [line]);
    for (const plot of plots.slice(1)) await Plotly.restyle(plot, { x: [[1 + frames, 1 + frames]] }, [cursor(plot)]);
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  return frames / seconds;
}"""


def apart(places, pixels=13):
    """Return those places that stand clear of all others: a click there means one point only."""
    return [p for p in places if all(p is q or math.dist(p, q) > pixels for q in places)]


def edits_of_the_stage(stage, repeats):
    """Return the milliseconds from a click on a point to the new picture."""
    stage.page.evaluate(WATCH, STAGE_IS_NEW)
    for place in apart([stage.pixel(x, y) for x, y, _ in stage.points()])[:repeats]:
        stage.page.mouse.click(*place)
        stage.page.wait_for_timeout(900)  # a look at the page while it draws would slow it down
    return stage.page.evaluate("window.waits")


def edits_of_the_rival(page, repeats):
    """Return the milliseconds from a click on the button to three new charts."""
    page.wait_for_function("document.querySelectorAll('.gtitle').length === 3")
    page.evaluate(WATCH, RIVAL_IS_NEW)
    box = page.get_by_role("button", name="Flip").bounding_box()
    for _ in range(repeats):
        page.mouse.click(box["x"] + 20, box["y"] + 10)
        page.wait_for_timeout(900)
    return page.evaluate("window.waits")


def frames_of_the_stage(stage):
    """Return the frames a second while it plays."""
    stage.button("Restart").click()
    stage.page.get_by_label("Speed").select_option("0.5")
    stage.wait_for_rest()
    stage.button("Play").click()
    before = int(stage.said("frames"))
    stage.page.wait_for_timeout(1000 * SECONDS)
    frames = int(stage.said("frames")) - before
    assert stage.said("playing") == "true"
    stage.button("Pause").click()
    return frames / SECONDS


def pictures_of_a_drag(stage):
    """Return how often a second the boundary follows a point that is dragged round and round."""
    x, y = stage.pixel(*stage.lonely_point()[:2])
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    before, began = int(stage.said("drawn")), time.monotonic()
    while time.monotonic() - began < SECONDS:
        turn = 4 * (time.monotonic() - began)
        stage.page.mouse.move(x + 60 * math.sin(turn), y + 60 * (1 - math.cos(turn)))
    pictures = int(stage.said("drawn")) - before
    stage.page.mouse.up()
    stage.wait_for_rest()
    return pictures / SECONDS


def main():
    """Print the table."""
    from playwright.sync_api import sync_playwright

    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    folder = Path(tempfile.mkdtemp())
    servers = [Server(folder / "stage.txt", STAGE_APP), Server(folder / "rival.txt", RIVAL_APP)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = [browser.new_page(viewport={"width": 1366, "height": 768}) for _ in servers]
        stage = Stage(Visit(pages[0], servers[0].url)).open("/?n=200&steps=1000")
        rival = Visit(pages[1], servers[1].url).open()
        edit, rival_edit = edits_of_the_stage(stage, repeats), edits_of_the_rival(rival.page, repeats)
        rate, rival_rate = (
            frames_of_the_stage(stage),
            stage.root.evaluate_handle("(b) => b").evaluate(
                f"(body, seconds) => ({RESTYLE})([body, seconds])", SECONDS
            ),
        )
        drag = pictures_of_a_drag(stage)
        browser.close()
    for server in servers:
        server.stop()
    print("| | stage | rival | ratio |\n| --- | --- | --- | --- |")
    for name, mine, theirs in [
        ("edit to new picture, ms, against st.plotly_chart", statistics.median(edit), statistics.median(rival_edit)),
        ("frames a second, against Plotly.restyle", rate, rival_rate),
    ]:
        print(f"| {name} | {mine:.0f} | {theirs:.0f} | {mine / theirs:.2f} |")
    print(f"pictures a second while a point is dragged: {drag:.1f}")
    print(f"edits of the stage: {sorted(round(wait) for wait in edit)}")


if __name__ == "__main__":
    main()
