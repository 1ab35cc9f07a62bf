"""What a screen gives to take along: one HTML file that plays, pictures, scripts and tables."""

import base64
import csv
import io
import os
import re
import struct
import subprocess
import sys

import numpy as np
import pytest

from logreg.data.csv_files import read_csv
from logreg.data.dataset import Dataset
from logreg.data.registry import make_dataset
from logreg.figures.timeline import Timeline
from logreg.theory.flow import continue_run
from logreg.training.config import TrainingConfig
from logreg.training.objective import Objective
from logreg.training.trainer import train
from logreg.ui.stage import Pictures, RunView, pack, payload
from tests.browser.driver import ROOT, SCREEN, Visit
from tests.browser.stage_driver import Stage

PATHS = os.environ | {"PYTHONPATH": str(ROOT)}


def saved(stage, name):
    """Take a file from the menu; return its name and its content."""
    with stage.page.expect_download() as download:
        stage.page.get_by_test_id("share").get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.fixture
def pair(new_stage):
    """Two planes and a caption, with the menu open."""
    stage = new_stage("/?steps=1000&step=10&pair=1")
    stage.page.get_by_role("button", name="Share").click()
    return stage


@pytest.fixture
def open_file(chromium, tmp_path):
    """Return a function that opens the scene of a stage as its one file, from the disk, without a network."""
    context = chromium.new_context(offline=True, viewport=SCREEN)
    visit, asked = Visit(context.new_page(), ""), []
    visit.page.on("request", lambda request: asked.append(request.url))

    def opened(stage):
        file, content = saved(stage, "One HTML file")
        path = tmp_path / file
        path.write_bytes(content)
        visit.page.goto(path.as_uri())
        return Stage(visit)

    yield opened
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert visit.console == []
    context.close()


@pytest.fixture
def opened(pair, open_file):
    return open_file(pair)


def said(stage):
    """The lines of the caption."""
    return stage.root.locator(".caption").inner_text().split("\n")


def test_the_scene_as_one_file_plays_without_server_and_network(opened, pair):
    opened.wait_for_rest()
    assert opened.step == 10
    assert opened.title("plane-0") == pair.title("plane-0")
    assert pair.page.url in opened.page.locator(".foot").inner_text()
    assert opened.page.get_by_role("button", name="Share").is_hidden()
    assert opened.root.locator(".editor").is_hidden()
    fonts = "document.fonts.ready.then(() => Array.from(document.fonts, ({ status }) => status))"
    assert opened.page.evaluate(fonts) == ["loaded"], "the page's own font is in the file"
    assert said(opened) == said(pair)
    opened.press("ArrowRight", "l")
    opened.wait_for_rest()
    assert opened.step == 11
    assert opened.root.locator(".scrub").get_attribute("min") == "0", "the axis is linear"
    before = opened.title("curve-0")
    opened.press(" ")
    opened.until(lambda: opened.said("playing"), "true")
    opened.until(lambda: opened.step > 100)
    opened.press("End")
    opened.wait_for_rest()
    assert opened.title("curve-0") != before
    assert said(pair)[0].startswith("Step 10: ")
    pair.press("End")
    pair.wait_for_rest()
    assert (opened.step, opened.title("curve-0")) == (pair.step, pair.title("curve-0"))
    assert said(opened) == said(pair)
    opened.press("w")
    assert "A point of class 1" in opened.page.get_by_test_id("legend").inner_text()


def test_the_explorer_s_file_takes_its_verdict_along(new_page, open_file):
    stage = new_page("/?step=100")
    stage.button("Share").click()
    opened = open_file(stage)
    opened.wait_for_rest()
    assert said(opened)[0] == "Separable. There is no minimum: ‖w‖ → ∞ on the way to the infimum."
    assert "A line separates all 100 points; the nearest is 0.5 away." in "\n".join(said(opened))
    assert opened.step == 100


def test_the_explorer_s_picture_takes_its_verdict_along(new_page):
    stage = new_page("/?step=100")
    stage.button("Share").click()
    _, png = saved(stage, "Picture (PNG)")
    charts = stage.root.locator(".charts").bounding_box()
    width, height = size(png)
    assert abs(width - 2 * charts["width"]) <= 1
    assert height > 2 * (charts["height"] + 50)
    assert dark(stage, png, charts["height"]) > 3000, "the verdict is written"


def reach(svg):
    """Return how far to the right the lines of a picture go, in its pixels."""
    paths = re.findall(r'class="js-line" d="([^"]*)"', svg)
    return max(float(x) for path in paths for x in re.findall(r"[MLH](-?[\d.]+)", path))


def size(png):
    """Return width and height of a picture."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_charts_come_as_pictures_as_far_as_they_are_shown_and_the_scene_as_one(pair):
    plane, _, curve, _ = pair.page.get_by_test_id("share").get_by_role("button", name="SVG").all()
    assert [chart.count("<image") for chart in (read(pair, plane), read(pair, curve))] == [1, 0], "the field is in it"
    early = read(pair, curve)
    assert pair.title("curve-0") in early
    pair.press("End")
    pair.wait_for_rest()
    assert reach(early) < 0.7 * reach(read(pair, curve)), "what has not been played is not given away"
    _, png = saved(pair, "Picture (PNG)")
    charts, caption = (pair.root.locator(name).bounding_box() for name in (".charts", ".caption"))
    width, height = size(png)
    assert abs(width - 2 * charts["width"]) <= 1
    assert height > 2 * (charts["height"] + caption["height"])
    assert dark(pair, png, charts["height"]) > 3000, "the caption is written"


def read(stage, button):
    """Take the file of a button of the menu as text."""
    with stage.page.expect_download() as download:
        button.click()
    return download.value.path().read_text()


def dark(stage, png, below):
    """Return how many dark pixels a picture has below a line."""
    return stage.page.evaluate(
        """async ([png, below]) => {
          const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          const pen = canvas.getContext("2d");
          pen.drawImage(bitmap, 0, 0);
          const { data } = pen.getImageData(0, 2 * below, bitmap.width, bitmap.height - 2 * below);
          return data.filter((value, i) => i % 4 === 0 && value < 128).length;
        }""",
        [base64.b64encode(png).decode(), below],
    )


SCRIPT = """async ([sent, step]) => {
  const { unpack } = await import("/stage/state.js"), { scriptOf } = await import("/stage/script.js");
  const { runs } = unpack(Uint8Array.from(atob(sent), (sign) => sign.charCodeAt(0)));
  return scriptOf(runs, step, "https://example.org/?a=\\\"");
}"""
NO_BIAS = Objective(fit_bias=False)
LINE = Dataset([[1.0], [1.0], [-0.1]], [1, 0, 0])


@pytest.mark.parametrize("step", [0, 7, 60, 900])
def test_the_script_gives_the_numbers_of_the_screen_with_logreg_alone(script, tmp_path, step):
    plane = make_dataset("overlapping_blobs", n_samples=12, seed=3)
    configs = [TrainingConfig(n_steps=1000, objective=Objective(l2=0.01)), TrainingConfig(0.3, 50, initial_bias=-1e-7)]
    runs = [train(plane, config) for config in configs] + [train(LINE, TrainingConfig(n_steps=70, objective=NO_BIAS))]
    sent = payload(
        {"layout": "rows"}, pack("rows", [RunView(f'"{i}"', run) for i, run in enumerate(runs)], Pictures((), ()))
    )
    path = tmp_path / "screen.py"
    path.write_text(script(SCRIPT, [base64.b64encode(sent).decode(), step]))
    said = subprocess.run([sys.executable, path], cwd=ROOT, env=PATHS, capture_output=True, text=True, check=True)
    wanted = []
    for number, run in enumerate(runs):
        at = run.index_at(min(step, run.last_step))
        w, b, loss = run.weights[at].tolist(), float(run.bias[at]), float(run.loss[at])
        wanted.append(f'"{number}": step {run.steps[at]}, ‖w‖ = {run.weight_norm[at]}, w = {w}, b = {b}, loss = {loss}')
    assert said.stdout.splitlines() == wanted, "to the last bit"


@pytest.mark.parametrize("step", [70, 71, 10_000, 10**6])
def test_the_script_of_a_step_of_gradient_flow_gives_its_record(script, tmp_path, step):
    run = train(LINE, TrainingConfig(n_steps=70, objective=NO_BIAS))
    still = train(Dataset([[1.0], [1.0]], [0, 1]), TrainingConfig(n_steps=70, objective=NO_BIAS))  # at its minimum
    views = [RunView("A", run, continue_run(run, 1e6), 80), RunView("B", still, continue_run(still, 10.0), 80)]
    sent = payload({"layout": "rows"}, pack("rows", views, Pictures((), ())))
    path = tmp_path / "screen.py"
    path.write_text(script(SCRIPT, [base64.b64encode(sent).decode(), step]))
    said = subprocess.run([sys.executable, path], cwd=ROOT, env=PATHS, capture_output=True, text=True, check=True)
    for view, line in zip(views, said.stdout.splitlines(), strict=True):
        at = int(np.searchsorted(view.steps, step, side="right")) - 1
        w, b, loss = view.column("weights")[at].tolist(), view.column("bias")[at], view.column("loss")[at]
        assert line.startswith(f"{view.name}: step ")
        assert line.endswith(f", w = {w}, b = {b}, loss = {loss}"), "to the last bit"


def test_a_file_s_name_keeps_every_sign(calls):
    names = [["λ = 10⁻⁶", "html"], ["b = −1,000.5: a/b", "csv"], ["?", "py"]]
    assert calls("/stage/offers.js", "fileName", names) == ["λ = 10⁻⁶.html", "b = -1000.5 a b.csv", "stage.py"]


TABLES = """async (sent) => {
  const { unpack } = await import("/stage/state.js"), tables = await import("/stage/tables.js");
  const { runs, timeline } = unpack(Uint8Array.from(atob(sent), (sign) => sign.charCodeAt(0)));
  return [...runs.flatMap((run) => [tables.pointsTable(run.points), tables.runTable(run)]),
          tables.timelineTable(timeline)];
}"""


def numbers_of(text):
    """Return the names of a table's columns, and its numbers."""
    names, *rows = csv.reader(io.StringIO(text))
    return names, np.array([[float(cell or "nan") for cell in row] for row in rows])


def test_the_tables_hold_every_digit(script):
    far = Dataset([[1e300, 0.1], [-1e-300, 1 / 3], [5e-324, -0.0]], [0, 1, 1])
    runs = [train(far, TrainingConfig(1e-300, 5)), train(LINE, TrainingConfig(n_steps=5, objective=NO_BIAS))]
    values, wide = np.array([0.1, 0.2]), np.array([[1 / 3, np.nan], [np.inf, -0.0]])
    timeline = Timeline("c", values, {"slope": values / 3, "curve": wide})
    sent = payload({"layout": "rows"}, pack("rows", [RunView("A", run) for run in runs], Pictures((), ()), timeline))
    tables = script(TABLES, base64.b64encode(sent).decode())
    assert read_csv(tables[0]).X.tobytes() == far.X.tobytes()
    assert read_csv(tables[0]).y.tolist() == far.y.tolist()
    for run, table in zip(runs, tables[1:4:2], strict=True):
        names, numbers = numbers_of(table)
        assert names == ["step", "w1", *["w2"] * (run.dataset.n_features - 1), "b", "loss"]
        wanted = np.column_stack([run.steps.astype(float), run.weights, run.bias, run.loss])
        assert numbers.tobytes() == wanted.tobytes()
    names, numbers = numbers_of(tables[4])
    assert names == ["c", "slope", "curve_1", "curve_2"]
    assert np.array_equal(numbers, np.column_stack([values, values / 3, wide]), equal_nan=True)


def test_points_and_run_come_as_csv(shared):
    file, points = saved(shared, "Points")
    assert file == "points.csv"
    assert len(points.splitlines()) == 41
    file, run = saved(shared, "Run")
    assert file == "run.csv"
    assert run.splitlines()[0] == b"step,w1,w2,b,loss"
    assert (
        len(run.splitlines())
        == int(shared.root.locator(".scrub").get_attribute("aria-valuetext").split()[-1].replace(",", "")) + 2
    )


def test_the_numbers_of_a_chart_come_as_csv_as_far_as_it_is_played_and_say_what_each_mark_is(new_page):
    stage = new_page("/?data=Quasi-separable&step=100")
    stage.button("Share").click()
    buttons = stage.page.get_by_test_id("share").get_by_role("button", name="CSV", exact=True).all()
    tables = [list(csv.reader(io.StringIO(read(stage, button)))) for button in buttons]
    assert [table[0] for table in tables] == [["mark", "x₁", "x₂"], ["mark", "step", "‖w‖"], ["mark", "step", "Loss"]]
    run = train(make_dataset("quasi_separable"), TrainingConfig(n_steps=1000))
    for table, column in zip(tables[1:], (run.weight_norm, run.loss), strict=True):
        mine = [row[1:] for row in table if row[0] == "The run on the screen, step by step."]
        rows = [(float(x), float(y)) for x, y in mine if x]
        shown = (run.steps > 0) & (run.steps <= 100)  # a log axis has no place for step 0
        wanted = np.column_stack([run.steps, column])[shown]
        assert np.array(rows) == pytest.approx(wanted, rel=1e-14)
    points = {(float(x), float(y)) for mark, x, y in tables[0] if mark.startswith("A point of class")}
    assert points == {tuple(x) for x in run.dataset.X.tolist()}
    assert sum(row[0].startswith("Points of both classes") for row in tables[0]) == 2


def test_a_chart_without_a_title_is_called_by_its_text_and_every_mark_has_a_sentence(new_page):
    stage = new_page("/maximum-likelihood?scene=2")
    stage.button("Share").click()
    offers = stage.page.get_by_test_id("share").locator(".offers")
    assert "1. The derivation for 4 points, in seven lines with their numbers" in offers.inner_text()
    lines, curve = offers.get_by_role("button", name="CSV", exact=True).all()
    assert "The line of the derivation that is spoken of.," in read(stage, lines)
    marks = [row[0] for row in csv.reader(io.StringIO(read(stage, curve)))][1:]
    assert len(set(marks)) > 3
    assert [mark for mark in marks if not mark.endswith(".")] == []


@pytest.mark.parametrize("path", ["/?step=end", "/observation-3?scene=2&step=end", "/beyond?scene=2&step=end"])
def test_on_paper_all_charts_stand_as_on_the_screen_and_are_smaller(new_page, path):
    stage = new_page(path)

    def boxes():
        return [box.bounding_box() for box in stage.root.locator(".box:visible").all()]

    before = boxes()
    stage.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    smaller = boxes()
    share = smaller[0]["width"] / before[0]["width"]
    assert share < 0.8
    for now, then in zip(smaller, before, strict=True):
        assert [now[side] for side in ("width", "height")] == pytest.approx(
            [share * then[side] for side in ("width", "height")], abs=2
        )
    assert max(box["x"] + box["width"] for box in smaller) - min(box["x"] for box in smaller) <= 641
    stage.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    stage.wait_for_rest()
    assert boxes() == before
