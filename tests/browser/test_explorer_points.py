"""The explorer's points and runs: added, dragged, loaded, pinned, and trained on, in a real browser."""

import pytest

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.browser.explorer_driver import link, press, read, text
from tests.browser.stage_driver import Stage


def test_one_added_point_makes_infinite_finite_and_undo_takes_it_back(new_page):
    stage = new_page()
    stage.click(-3.5, 3.0)  # a point of class 1 deep on the side of class 0
    stage.page.get_by_text("Overlapping.").wait_for()
    assert stage.said("points") == "101"
    assert "minimum is at" in text(stage)
    assert "pts=" in link(stage)
    other = new_page(link(stage))
    assert other.said("points") == "101"
    assert "Overlapping." in text(other)
    stage.button("Undo").click()
    stage.wait_for_rest()
    stage.page.get_by_text("Separable.").wait_for()
    assert "pts=" not in link(stage)


SHARED = """(plot) => plot._fullData.filter(({ meta, x }) => meta.role === "shared")
  .flatMap(({ x, y }) => Array.from(x, (at, i) => [at, y[i]])).filter(([at]) => at !== null)"""


def test_a_place_with_points_of_both_classes_shows_both_as_long_as_it_has_them(new_page):
    dataset = Dataset([[0, 0], [0, 0], [2, 1], [2, 1], [-2, 0]], [0, 1, 0, 1, 0])
    stage = new_page(f"/?pts={encode_points(dataset)}")
    assert stage.chart("plane-0", SHARED) == [[0, 0], [2, 1]]
    stage.click(0, 0)  # the label of one of the two
    assert stage.chart("plane-0", SHARED) == [[2, 1]]
    start, end = stage.pixels([(2, 1), (1, -1)])
    stage.page.mouse.move(*start)
    stage.page.mouse.down()
    stage.page.mouse.move(*end, steps=6)
    stage.until(lambda: stage.chart("plane-0", SHARED), [])
    stage.page.mouse.up()
    stage.wait_for_rest()
    stage.press("Control+z", "Control+z")
    stage.wait_for_rest()
    assert stage.chart("plane-0", SHARED) == [[0, 0], [2, 1]]


def test_verdict_and_boundary_follow_a_point_while_it_is_dragged_and_the_drag_is_one_step_back(new_page):
    stage = new_page("/?step=end")
    points, line = stage.points(), stage.boundary()
    x, y, label = stage.lonely_point()
    start, across = stage.pixels([(x, y), (-3.5, 3.0) if label else (3.5, -3.0)])  # deep on the other class' side

    def drag():
        stage.page.mouse.move(*start)
        stage.page.mouse.down()
        stage.page.mouse.move(*across, steps=6)
        stage.page.get_by_text("Overlapping.").wait_for()

    drag()
    stage.until(lambda: stage.boundary() != line)
    assert "pts=" not in link(stage), "the link is written when it is let go"
    stage.press("Control+z", "Escape")  # nothing else is edited meanwhile; Escape breaks the drag off
    stage.page.get_by_text("Separable.").wait_for()
    stage.wait_for_rest()
    assert (stage.points(), stage.button("Undo").is_disabled()) == (points, True)
    stage.page.mouse.up()
    assert stage.button("Redo").is_disabled()
    drag()
    stage.page.evaluate("dispatchEvent(new PointerEvent('pointercancel'))")
    stage.page.get_by_text("Separable.").wait_for()
    stage.wait_for_rest()
    stage.page.mouse.up()
    drag()
    stage.page.mouse.up()
    stage.wait_for_rest()
    assert "pts=" in link(stage)
    stage.button("Undo").click()
    stage.wait_for_rest()
    assert (stage.points(), stage.button("Undo").is_disabled()) == (points, True)


def test_reload_keeps_edited_points_and_the_step(new_page):
    stage = new_page("/?step=10")
    stage.click(-3.5, 3.0)
    assert "pts=" in link(stage)
    stage.visit.act(stage.page.reload)
    stage.wait_for_rest()
    assert (stage.said("points"), stage.step) == ("101", 10)


def test_a_playing_stage_moves_by_itself_and_the_numbers_follow_when_it_rests(new_page):
    stage = new_page("/?step=0")
    assert "none at 0" in text(stage)
    stage.button("Play").click()
    stage.until(lambda: stage.step > 0)
    stage.button("Pause").click()
    stage.wait_for_rest()
    assert f"step={stage.step}" in link(stage)
    stage.until(lambda: "none at 0" not in text(stage))


def table_cell(stage, row, column):
    """Return a cell of the table: its canvas has a column for row numbers and three more."""
    table = stage.page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    cell = table.get_by_test_id(f"glide-cell-{column + 1}-{row}")
    cell.wait_for(state="attached")
    return cell


def test_the_table_shows_what_the_plane_does_and_changes_it(new_page):
    stage = new_page("/?n=4")
    stage.visit.act(lambda: stage.page.get_by_text("Points as a table").click())
    before = read(stage, "plane-0", "points")
    cell = table_cell(stage, 0, 0)
    box = stage.page.get_by_test_id("stDataFrame").bounding_box()
    field = stage.page.locator("#portal input")
    stage.page.mouse.click(box["x"] + 100, box["y"] + 52)
    stage.until(lambda: cell.get_attribute("aria-selected"), "true")
    stage.page.keyboard.press("Enter")
    field.fill("-0.625")
    stage.visit.act(lambda: field.press("Enter"))
    stage.until(lambda: read(stage, "plane-0", "points") != before)
    assert -0.625 in read(stage, "plane-0", "points")["x"]
    assert "pts=" in stage.page.url
    stage.button("Undo").click()
    stage.wait_for_rest()
    assert "pts=" not in stage.page.url
    stage.until(lambda: table_cell(stage, 0, 0).inner_text(), "-0.5")
    stage.page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
    stage.click(-0.5, 0.0)  # flips the first point
    stage.until(lambda: table_cell(stage, 0, 2).inner_text(), "1")


def test_a_csv_file_comes_in_and_goes_out_and_a_bad_one_leaves_the_points(new_page, tmp_path):
    stage = new_page("/?data=Your+own+points+(CSV)")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("x1,x2,label\n0.1,0.2,-1\n1,1,1\n2,1,1\n")
    bad.write_text("x1,x2,label\n0.1,zero,-1\n")
    drop = stage.page.get_by_test_id("stFileUploaderDropzoneInput")
    drop.set_input_files(good)
    stage.page.get_by_text("all 3 points").wait_for()
    stage.until(lambda: stage.said("points"), "3")
    drop.set_input_files(bad)
    stage.page.get_by_test_id("stAlert").get_by_text("Row 2, column 2").wait_for()
    assert stage.said("points") == "3"
    with stage.page.expect_download() as waiting:
        stage.page.get_by_role("button", name="Save the points (CSV)").click()
    assert "0.1,0.2,0" in waiting.value.path().read_text()


def test_an_unknown_address_leads_to_the_first_page_which_says_so(new_page):
    stage = new_page("/sigmiod?c=3")
    toast = stage.page.get_by_test_id("stToast")
    toast.get_by_text("There is no page “/sigmiod”; here is the start.").wait_for()
    assert toast.get_by_role("link", name="Sigmoid").get_attribute("href") == "sigmoid"
    stage.until(lambda: stage.page.url, f"{stage.visit.url}/")
    assert stage.page.get_by_text("Page not found").count() == 0


def test_a_run_is_pinned_and_let_go_by_the_stage_s_own_button_and_its_link_has_it(new_page):
    stage = new_page("/?data=Overlapping+blobs&step=end")
    stage.click(*stage.lonely_point()[:2])
    stage.wait_for_rest()
    stage.button("Pin this run").click()
    stage.button("Unpin").wait_for()
    stage.wait_for_rest()
    press(stage, "l2", "End")
    drawn = """(plot) => plot._fullData.filter(({meta, x}) =>
        meta.role === "curve" && ["run", "pinned"].includes(meta.part) && x.length > 2).map(({y}) => Math.max(...y))"""
    here, there = sorted(stage.chart("curve-0", drawn))
    assert here < 0.5 < 2.0 < there
    stage.page.get_by_text("The pinned run has").wait_for()
    stage.button("Undo").click()
    stage.wait_for_rest()
    before = [stage.chart("curve-0", drawn), stage.caption()]
    assert "other points" in before[1]
    assert len(stage.page.url) < 200
    stage.page.reload()
    stage.wait_for_rest()
    assert [stage.chart("curve-0", drawn), stage.caption()] == before
    assert stage.button("Redo").is_enabled(), "a reload keeps the ways back and forward"
    elsewhere = new_page(stage.page.url.removeprefix(stage.visit.url))
    assert [elsewhere.chart("curve-0", drawn), elsewhere.caption()] == before
    stage.button("Unpin").click()
    stage.button("Pin this run").wait_for()
    stage.wait_for_rest()
    assert len(stage.chart("curve-0", drawn)) == 1
    assert "pin=" not in stage.page.url


def test_a_long_run_grows_on_the_screen_once_asked_and_can_be_stopped(new_page):
    stage = new_page("/?n=10&steps=1000000&seed=3&step=end")
    stage.until(lambda: stage.step, 100_000)
    stage.button("Run all 1,000,000 steps").click()
    stage.until(lambda: stage.step >= 200_000)
    stage.button("Stop").click()
    stage.button("Run all 1,000,000 steps").wait_for()
    stage.wait_for_rest()
    assert 200_000 <= stage.step < 1_000_000
    stage.button("Run all 1,000,000 steps").click()
    stage.until(lambda: stage.step, 1_000_000)
    stage.wait_for_rest()
    assert stage.button("Stop").count() == stage.button("Run all 1,000,000 steps").count() == 0


@pytest.mark.parametrize(("projector", "width"), [("", 1366), ("&lecture=1", 1366), ("", 390)])
def test_what_lies_outside_the_window_is_said(new_page, projector, width):
    stage = new_page(f"/?data=Overlapping+blobs&step=end{projector}", viewport={"width": width, "height": 768})
    note = stage.page.locator("[data-testid=stage-plane-0] .note")
    assert not note.is_visible()
    stage.chart("plane-0", "(plot) => Plotly.relayout(plot, { 'xaxis.range': [10, 12.5], 'yaxis.range': [0, 2] })")
    stage.until(note.inner_text, "Outside this window: 100 points and the line p = 1/2")
    box, plot = note.bounding_box(), stage.page.locator("[data-testid=stage-plane-0] .nsewdrag").bounding_box()
    for start, size in (("x", "width"), ("y", "height")):
        assert plot[start] - 1 <= box[start], "it covers no label"
        assert box[start] + box[size] <= plot[start] + plot[size] + 1, "it covers no label"


@pytest.mark.parametrize("width", [1366, 390])
def test_what_lies_outside_is_said_where_no_point_is(new_page, width):
    far = Dataset([[1e6, 1e6], [1e6 + 1, 1e6], [1e6, 1e6 + 1], [1e6, 1e6 + 2]], [0, 0, 1, 1])
    stage = new_page(f"/?pts={encode_points(far)}&step=end", viewport={"width": width, "height": 844})
    note = stage.page.locator("[data-testid=stage-plane-0] .note")
    stage.until(note.inner_text, "Outside this window: the line p = 1/2")
    box = note.bounding_box()
    for x, y in stage.pixels([[x, y] for x, y, _ in stage.points()]):
        assert not (box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]), (
            "a point lies under it"
        )


def test_a_long_run_follows_behind_the_picture_of_its_first_thousand_steps(new_page):
    stage = new_page("/?n=200&steps=100000&seed=7&step=end")
    stage.until(lambda: stage.step, 100_000)
    seen = "(body) => { window.seen = []; new MutationObserver(() => window.seen.push(Number(body.dataset.step)))"
    stage.root.evaluate(seen + ".observe(body, { attributes: true, attributeFilter: ['data-drawn'] }); }")
    stage.click(*stage.empty_place())
    first, *_, last = stage.page.evaluate("window.seen")
    assert first == 1_000 < last


def test_points_that_the_server_has_trained_before_can_still_be_edited(new_page):
    for stage in [new_page("/?n=20&seed=11") for _ in range(2)]:  # two visitors with one link
        where = stage.empty_place()
        before = sorted(stage.points())
        for _ in range(3):  # added, flipped, flipped back: points that were there before
            stage.click(*where)
        assert stage.said("points") == "21"
        for _ in range(3):
            stage.button("Undo").click()
            stage.wait_for_rest()
        assert sorted(stage.points()) == before


def test_a_window_that_another_test_gets_is_of_another_browser_and_knows_no_way_back(windows, server):
    for _ in range(2):
        with windows.lent() as lend:
            stage = Stage(lend(server.url)).open()
            assert stage.button("Redo").is_disabled()
            stage.click(-3.5, 3.0)
            stage.button("Undo").click()
            stage.until(stage.button("Redo").is_enabled)
            stage.wait_for_rest()
            stage.visit.act(stage.page.reload)  # at the second turn the browser has kept the page, but no name
            stage.until(stage.button("Redo").is_enabled)
