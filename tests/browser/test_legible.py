"""What makes a page legible and its numbers movable, in a real browser: projector mode, size of the text, formulas."""

from pathlib import Path

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.ui.lessons import lesson_of

OVERLAPS = Path(__file__).with_name("overlaps.js").read_text(encoding="utf-8")
HIDDEN = "(e) => e.scrollHeight - e.clientHeight"
SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
HEIGHTS = "(texts) => texts.map((text) => text.getBoundingClientRect().height)"
ZOOMED = {"width": 1093, "height": 512}  # a screen of 1366 × 640 at 125 % browser zoom


def test_projector_mode_fits_a_small_screen_also_at_125_percent_zoom(new_page):
    stage, opening = new_page("/observation-3?lecture=1&scene=1", viewport=ZOOMED), lesson_of("observation_3").opening
    for scene in range(1, 10):
        before = stage.said("seek")
        if scene > 1:
            stage.press(str(scene))
            stage.until(lambda before=before: stage.said("seek") != before)
        stage.wait_for_rest()
        stage.until(lambda scene=scene: f"scene={scene}" in stage.page.url or scene == opening)
        stage.until(lambda: stage.page.get_by_test_id("stMain").evaluate(HIDDEN), 0)
        ticks = stage.page.locator(".box.curve .xtick text")
        stage.until(lambda ticks=ticks: all(height * 1.25 >= 18 for height in ticks.evaluate_all(HEIGHTS)))


@pytest.mark.parametrize(("text", "width", "height"), [(150, 1366, 640), (100, 844, 390), (100, 800, 600)])
def test_both_planes_are_legible_beside_the_chart_on_low_windows_and_with_large_text(new_page, text, width, height):
    path = f"/observation-3?scene=2&step=end&text={text}"
    stage = new_page(path, viewport={"width": width, "height": height})
    stage.until(lambda: stage.root.evaluate(OVERLAPS), [])
    a, b = (plane.bounding_box() for plane in stage.page.locator(".box.plane").all())
    assert (a["y"], a["width"]) == pytest.approx((b["y"], b["width"]), abs=1)
    assert a["x"] + a["width"] <= b["x"]


def test_charts_with_much_in_them_stay_high_enough_for_it_on_a_phone_on_its_side(new_page):
    stage = new_page("/observation-3?scene=3", viewport={"width": 844, "height": 390})
    links = ("bias?scene=2", "beyond?scene=3", "maximum-likelihood?scene=2", "maximum-likelihood?scene=5")
    for link in (None, *links):
        if link:
            stage.go(f"/{link}")
        stage.press("End")
        stage.until(lambda: stage.step > 0)
        stage.until(lambda: stage.root.evaluate(OVERLAPS), [])


@pytest.mark.parametrize("text", [120, 150])
def test_in_projector_mode_with_larger_text_no_axis_title_runs_into_the_chart_s(new_page, text):
    stage = new_page(f"/?lecture=1&text={text}", viewport={"width": 1366, "height": 768})
    stage.until(lambda: stage.root.evaluate(OVERLAPS), [])
    stage.page.set_viewport_size({"width": 1366, "height": 700})
    stage.until(lambda: stage.root.evaluate(OVERLAPS), [])


@pytest.mark.parametrize("width", [700, 800, 900, 1024])
def test_the_explorer_does_not_scroll_sideways_beside_its_sidebar(new_page, width):
    stage = new_page("/?axis=linear&separable_blobs_spread=0.9&step=1", viewport={"width": width, "height": 600})
    assert stage.page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth - main.clientWidth") == 0


def test_a_long_title_is_whole_at_any_width_of_a_phone(new_page):
    stage = new_page("/gradient?scene=4&view=3", viewport={"width": 390, "height": 844})
    for width in range(330, 390, 10):
        stage.page.set_viewport_size({"width": width, "height": 844})
        stage.until(lambda: stage.root.evaluate(OVERLAPS), [])


def test_a_cue_and_its_time_are_read_at_arms_length_in_projector_mode(new_page):
    stage = new_page("/observation-3?lecture=1", viewport={"width": 1366, "height": 640})
    stage.press("n")
    cue = stage.page.locator(".st-key-talk p")
    cue.wait_for()
    assert "of 0:00 · Two data sets" in cue.inner_text()
    assert cue.evaluate("(cue) => parseFloat(getComputedStyle(cue).fontSize)") >= 20
    stage.wait_for_rest()
    stage.until(lambda: stage.page.get_by_test_id("stMain").evaluate(HIDDEN), 0)


def test_text_grows_and_shrinks_by_a_button_and_stays_in_the_link(new_page):
    stage = new_page("/sigmoid?scene=3")
    assert stage.page.evaluate(SIZE) == 16
    stage.page.get_by_role("button", name="More", exact=False).first.click()
    stage.page.get_by_role("button", name="A+", exact=True).click()
    stage.until(lambda: "text=110" in stage.page.url)
    stage.until(lambda: round(stage.page.evaluate(SIZE), 1), 17.6)
    stage.press("Escape", "4")
    stage.until(lambda: "scene=4" in stage.page.url)
    stage.wait_for_rest()
    assert "text=110" in stage.page.url
    assert stage.page.get_by_test_id("stMain").evaluate(HIDDEN) <= 0


def test_projector_mode_has_its_key_on_the_explorer_too_and_its_controls_stay_as_they_are(new_page):
    stage = new_page("/?n=60")
    stage.press("p")
    stage.until(lambda: "lecture=true" in stage.page.url and "n=60" in stage.page.url)
    stage.wait_for_rest()
    stage.until(lambda: not stage.page.get_by_test_id("stSidebar").is_visible())
    assert stage.said("points") == "60"


def test_a_number_in_a_formula_is_dragged_typed_and_stepped(new_page):
    stage = new_page("/sigmoid?scene=1")
    number, said = stage.page.get_by_label("w", exact=True), stage.page.locator(".caption strong")
    before, box = said.inner_text(), number.bounding_box()
    stage.page.mouse.move(box["x"] + 9, box["y"] + 9)
    stage.page.mouse.down()
    stage.page.mouse.move(box["x"] + 39, box["y"] + 9, steps=4)
    stage.until(lambda: said.inner_text() != before)  # while it is dragged
    stage.page.mouse.up()
    stage.until(lambda: "w=1.5" in stage.page.url)
    stage.press(" ")
    stage.until(lambda: stage.said("playing") == "true")
    stage.press(" ", "Home")
    stage.wait_for_rest()
    for keys, link, now in ((["-", "3", "Enter"], "w=-3.0", "-3.0"), (["9", "9", "Enter"], "w=5.0", "5.0")):
        number.click()
        stage.press(*keys)
        stage.until(lambda link=link: link in stage.page.url)
        assert number.input_value() == now
    word = stage.page.locator(".place .said")
    assert word.inner_text() == "w goes from −5 to 5 in steps of 0.1: 99 became 5.0."
    number.click()
    assert word.inner_text() == ""
    stage.press("-", "Enter")
    assert word.inner_text() == "w goes from −5 to 5 in steps of 0.1: what was typed is no number."
    assert number.input_value() == "5.0"
    number.focus()
    stage.press("ArrowDown")
    stage.until(lambda: "w=4.9" in stage.page.url)


@pytest.mark.sweep
def test_ticks_of_very_large_and_very_small_coordinates_are_whole_on_small_planes(new_page):
    for size in ({"width": 1366, "height": 640}, {"width": 390, "height": 844}):
        for scale in (1e6, 1e-6):
            points = Dataset(np.array([[1, 2], [2, 1], [-1, 0.5], [-2, -1]]) * scale, [1, 1, 0, 1])
            own = f"points=mine&pts={encode_points(points)}"
            for link in ("/cross-entropy?scene=2", "/observation-3?scene=2&view=2", "/observation-3?scene=6"):
                stage = new_page(f"{link}&{own}", viewport=size)
                stage.wait_for_rest()
                stage.until(lambda stage=stage: stage.root.evaluate(OVERLAPS), [])
                assert "×10" in stage.page.locator(".box .ytick text").first.text_content()
