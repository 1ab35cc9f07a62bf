"""Beyond the notes and In code in a real browser: nothing is cut off, what plays moves, formula and line light up."""

import json

import pytest

from tests.browser.stage_driver import HIDDEN

VIEWS = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1), (4, 1), (4, 3)]
MOVING = """(plot) => plot._fullData.filter((trace) => trace.meta.bind)
  .map((trace) => [Array.from(trace.x), Array.from(trace.y)])"""
NORMALISED = """(plot) => {
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style.color = plot._fullData.find(({ meta }) => meta.part === "normalised").line.color;
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}"""
LIT = """(e) => Array.from(e.querySelectorAll("[data-k]")).filter(
  (one) => getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)").map((one) => one.dataset.k)"""


ANSWERS = '[class*="_answer"] button'


def answer(stage):
    """Give the first answer to the question of a scene."""
    stage.page.get_by_test_id("stMain").locator(ANSWERS).first.click()
    stage.page.locator(ANSWERS).first.wait_for(state="detached")
    stage.wait_for_rest()


@pytest.mark.sweep
def test_every_view_fits_a_small_screen_before_and_after_its_question(new_page):
    first, *others = links = [f"/beyond?scene={scene}&view={view}" for scene, view in VIEWS]
    asked = [path for path, (scene, view) in zip(links, VIEWS, strict=True) if view == 1 or scene > 2]
    stage = new_page(first, viewport={"width": 1366, "height": 640})
    main = stage.page.get_by_test_id("stMain")
    stage.until(lambda: main.evaluate(HIDDEN), [0, 0])
    for path in others:
        stage.go(path)
        if path in asked:
            stage.page.locator(ANSWERS).first.wait_for()
        stage.until(lambda: main.evaluate(HIDDEN), [0, 0])
    answered = set()
    for path, (scene, view) in zip(links, VIEWS, strict=True):
        stage.go(path)
        about = (scene, view if scene == 4 else 1)  # whose views have points of their own, and so a question each
        if about not in answered and path in asked:
            answer(stage)
            answered.add(about)
        stage.until(stage.page.locator(ANSWERS).count, 0)
        stage.until(lambda: main.evaluate(HIDDEN), [0, 0])


def test_a_point_more_is_put_down_as_the_dial_plays(new_page):
    stage = new_page("/beyond?scene=1")
    assert "n = 1:" in stage.page.locator(".caption").inner_text()
    first = stage.chart("curve-0", MOVING)
    stage.press(" ")
    stage.until(lambda: stage.step >= 5)
    stage.press(" ")
    stage.wait_for_rest()
    assert stage.chart("curve-0", MOVING) != first
    stage.press("End")
    stage.wait_for_rest()
    assert "134 of all 4,096, as Cover says" in stage.page.locator(".caption").inner_text()
    title = stage.page.locator(".gtitle", has_text="Cover 0.03271")
    assert "<" not in title.text_content()
    assert title.locator("tspan").first.evaluate("(part) => getComputedStyle(part).fontWeight") == "700"
    for button, told in (("Toss one", "0 of 2 tosses"), ("Toss 1,000", "of 1,002 tosses")):
        stage.page.get_by_role("button", name=button, exact=True).click()
        stage.until(lambda told=told: told in stage.page.locator(".caption").inner_text())
    stage.until(lambda: "toss=1002&step=end" in stage.page.url)
    stage.press("ArrowLeft")  # after a click on a button of the stage
    stage.until(lambda: "n = 11: " in stage.page.locator(".caption").inner_text())


def test_names_in_a_title_keep_their_colours_as_the_dial_moves(new_page):
    stage = new_page("/beyond?scene=2")
    stage.press("ArrowRight")
    stage.until(lambda: "step=1" in stage.page.url)
    looks = stage.page.locator(".gtitle tspan", has_text="normalised").first.evaluate(
        "(part) => [getComputedStyle(part).fontWeight, getComputedStyle(part).fill]"
    )
    assert looks[0] == "700"
    assert looks[1] == stage.chart("curve-0", NORMALISED)


def test_a_formula_and_its_line_light_each_other_up(new_visit, server):
    visit = new_visit(server.url).open("/in-code")
    listing = visit.page.locator(".in-code")
    listing.locator("pre [data-k='5']").hover()
    visit.until(lambda: listing.evaluate(LIT), ["5", "5"])
    listing.locator(".formulas [data-k='2']").hover()
    visit.until(lambda: listing.evaluate(LIT), ["2", "2"])


def test_the_notebook_that_is_saved_has_the_points_and_settings_of_the_link(new_visit, server):
    visit = new_visit(server.url).open("/in-code?points=course&steps=100&penalty=C+%3D+1")
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="Open in a notebook").click()
    cells = json.loads(saved.value.path().read_text(encoding="utf-8"))["cells"]
    text = "".join("".join(cell["source"]) for cell in cells)
    assert saved.value.suggested_filename == "logistic_regression.ipynb"
    assert "n_steps = 100\nl2 = 0.16666666666666666" in text
    assert "[0.5, 1.5]" in text
