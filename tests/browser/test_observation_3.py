"""Observation 3 in a real browser: one picture on one screen, scenes by keys and links, a flip by a click."""

import pytest

from tests.browser.stage_driver import HIDDEN
from tests.ui.lessons import lesson_of

PAGE = "/observation-3"
OPENING = lesson_of("observation_3").opening
SCREENS = [(1366, 640), (1366, 768), (1920, 1080)]


def caption(stage):
    return stage.root.locator(".caption").inner_text()


def answer(stage, words):
    """Answer the question of the scene, and go to the end, where the names are."""
    stage.page.get_by_test_id("stButtonGroup").get_by_text(words).click()
    stage.until(lambda: "You said" in stage.page.locator("body").inner_text())
    stage.press("End")
    stage.wait_for_rest()


def address(stage):
    return stage.page.url.split("/")[-1]


@pytest.mark.sweep
def test_every_scene_fits_the_screen_without_scrolling(new_page):
    stage = new_page(f"{PAGE}?scene=1")
    main = stage.page.get_by_test_id("stMain")
    for scene in range(1, 10):
        if scene > 1:
            before = stage.said("seek")
            stage.press("PageDown")
            stage.until(lambda before=before: stage.said("seek") != before)
            stage.wait_for_rest()
            assert (f"scene={scene}" in address(stage)) == (scene != OPENING), "a link says no default"
        for width, height in SCREENS:
            stage.page.set_viewport_size({"width": width, "height": height})
            stage.until(lambda: main.evaluate(HIDDEN), [0, 0])


@pytest.mark.sweep
def test_a_clicker_alone_plays_every_scene_from_the_first_to_the_last(new_page):
    stage = new_page(f"{PAGE}?scene=1")
    for scene in range(1, 10):
        stage.press(".")
        assert stage.said("playing") == "true", scene
        before = stage.said("seek")
        stage.press("PageDown")
        if scene < 9:
            stage.until(lambda before=before: stage.said("seek") != before)
            stage.wait_for_rest()
            assert stage.said("playing") == "false", "a scene opens at its beginning"


def test_the_verdict_on_a_wrong_answer_fits_too_and_both_planes_are_large(new_page):
    stage = new_page(f"{PAGE}?scene=2&lecture=1", viewport={"width": 1920, "height": 1080})
    widths = [plane.bounding_box()["width"] for plane in stage.page.locator(".box.plane .nsewdrag").all()]
    assert len(widths) == 2
    assert min(widths) >= 300
    wrong = {2: "It grows for ever, faster than A’s", 6: "The norm grows for ever, the loss falls to 0"}
    for scene, said in wrong.items():
        if scene > 2:
            stage.go(f"{PAGE}?scene={scene}&lecture=1")
        answer(stage, said)
        stage.page.get_by_text("You said").wait_for()
        stage.wait_for_rest()
        for width, height in reversed(SCREENS):
            stage.page.set_viewport_size({"width": width, "height": height})
            stage.until(lambda: stage.page.get_by_test_id("stMain").evaluate(HIDDEN), [0, 0])
        stage.page.set_viewport_size({"width": 1920, "height": 1080})


def test_both_runs_play_in_step_and_the_sentence_holds_the_numbers_of_the_step(new_page):
    stage = new_page(PAGE)
    assert "Step 0. A: ‖w‖ = 0; B: ‖w‖ = 0." in caption(stage)
    stage.button("Play").click()
    stage.until(lambda: stage.step > 20)
    stage.button("Pause").click()
    assert f"Step {stage.step:,}. A:" in caption(stage)
    answer(stage, "It settles at a finite value")
    assert "A, step 100,000: ‖w‖ = 7.188" in caption(stage)
    assert "B settles at 0.9150" in caption(stage)


def test_a_digit_leads_to_a_scene_a_clicker_to_the_next_and_back_to_the_one_before(new_page):
    stage = new_page(PAGE)
    stage.press("6")
    stage.until(lambda: "scene=6" in address(stage) and "What will B do?" in caption(stage))
    stage.press("PageDown")
    stage.until(lambda: "scene=7" in address(stage) and "Which curve is which?" in caption(stage))
    stage.page.go_back()
    stage.until(lambda: "scene=6" in address(stage) and "What will B do?" in caption(stage))


def test_a_clicker_turns_to_the_next_scene_from_the_scrub_bar_too_and_projector_mode_stays(new_page):
    stage = new_page(f"{PAGE}?scene=2&lecture=1")
    for expected in ("scene=3", "scene=4"):
        stage.page.locator(".scrub").focus()
        stage.press("PageDown")
        stage.until(lambda expected=expected: expected in address(stage))
        stage.wait_for_rest()
    assert "lecture=1" in address(stage)


def test_a_click_on_a_point_of_b_flips_that_one_instead_and_the_link_says_so(new_page):
    stage = new_page(PAGE)
    answer(stage, "It settles at a finite value")
    assert "0.9150" in caption(stage)
    stage.page.mouse.click(*stage.pixel(1.2, 3.0, "plane-1"))
    stage.until(lambda: "flip=5" in address(stage))
    stage.wait_for_rest()
    said = stage.title("curve-0")
    stage.open(f"/{address(stage)}")
    assert stage.title("curve-0") == said
    assert "‖w*‖ = 3.911" in caption(stage)


def test_a_question_hides_b_until_it_is_answered(new_page):
    stage = new_page(f"{PAGE}?scene=6&predict=true&step=1000")
    assert "27.27" not in stage.page.locator("body").inner_text() + caption(stage)

    def drawn():
        shown = "({ _fullData }) => _fullData.filter((t) => t.meta && t.meta.part === 'pinned' && t.visible === true)"
        return stage.chart("curve-0", f"(plot) => ({shown})(plot).length")

    assert drawn() == 0
    stage.page.get_by_text("The norm grows for ever, the loss stays above a positive number").click()
    stage.until(drawn, 1)


@pytest.mark.parametrize(("scene", "said"), [(2, "B settles at 0.9150"), (6, "a finite minimum needs overlap")])
def test_by_keys_alone_the_end_answers_the_question_also_where_b_is_hidden(new_page, scene, said):
    stage = new_page(f"{PAGE}?scene={scene}&step=0")
    assert "What will B do?" in caption(stage)
    assert said not in caption(stage)
    stage.press("End")
    stage.until(lambda: said in caption(stage))
    assert "What will B do?" not in caption(stage)
    hidden = new_page(f"{PAGE}?scene={scene}&step=0&predict=true")
    assert "What will B do?" in caption(hidden)
    hidden.press("End")
    hidden.until(lambda: said in caption(hidden))
    hidden.until(lambda: hidden.page.locator("[class*=_answer]").count(), 0)


def test_the_dot_of_a_run_that_has_ended_goes_along_with_the_other(new_page):
    stage = new_page(f"{PAGE}?scene=2&step=20000")
    dots = """({ _fullData }) => ["marker", "marker 1"].map(
      (part) => _fullData.find(({ meta }) => meta.role === "cursor" && meta.part === part).x[0])"""
    assert 1152 < stage.step < 100_000, "B's updates have fallen below what float64 resolves"
    assert stage.chart("curve-0", dots) == [stage.step, stage.step]


def test_a_bad_link_gives_one_sentence_and_the_scene_of_before_all_others(new_page):
    stage = new_page(f"{PAGE}?scene=99&flip=abc")
    assert stage.page.get_by_test_id("stToast").inner_text().strip()
    assert "What will B do?" in caption(stage)


def test_points_and_step_of_the_explorer_survive_a_look_at_this_page_and_back(new_page):
    stage = new_page("/?n=20")
    n = int(stage.said("points"))
    stage.click(*stage.empty_place())
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.wait_for_rest()
    assert stage.said("points") == str(n + 1)
    assert "pts=" in stage.page.url
    stage.page.get_by_text("The notes, section by section").click()
    stage.page.get_by_role("menuitem", name="Observation 3").click()
    stage.until(lambda: "observation-3" in stage.page.url and "What will B do?" in caption(stage))
    stage.page.go_back()
    stage.until(lambda: "observation-3" not in stage.page.url and stage.said("points") == str(n + 1))
    stage.until(lambda: "pts=" in stage.page.url and "step=1" in stage.page.url)
    assert stage.step == 1
    assert stage.page.locator("table td").first.inner_text() == "1", "the numbers are of the same step"


def test_light_and_dark_can_be_switched_while_it_plays(new_page):
    stage = new_page(PAGE)
    stage.button("Restart").click()
    stage.button("Play").click()
    stage.page.emulate_media(color_scheme="dark")
    background = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    stage.until(lambda: stage.page.evaluate(background), "rgb(14, 17, 23)")
    stage.until(lambda: stage.step > 5)
    assert stage.said("playing") == "true"


@pytest.mark.parametrize("mode", ["", "&lecture=1"])
def test_both_planes_are_legible_beside_the_chart_on_a_small_screen(new_page, mode):
    stage = new_page(f"{PAGE}?scene=2{mode}", viewport={"width": 1366, "height": 640})
    places = [stage.page.get_by_test_id(f"stage-{name}").bounding_box() for name in ("plane-0", "plane-1", "curve-0")]
    assert min(place["width"] for place in places[:2]) >= 290
    assert min(place["height"] for place in places[:2]) >= 200
    assert places[2]["width"] >= 600
    assert places[0]["x"] < places[1]["x"] < places[2]["x"], "side by side"


@pytest.mark.parametrize("mode", ["", "&lecture=1"])
def test_the_third_case_has_one_large_plane_beside_norm_and_loss(new_page, mode):
    stage = new_page(f"{PAGE}?scene=6{mode}", viewport={"width": 1366, "height": 640})
    assert stage.page.locator(".box.plane").count() == 1
    places = [stage.page.get_by_test_id(f"stage-{name}").bounding_box() for name in ("plane-0", "curve-0", "curve-1")]
    assert places[0]["width"] >= 300
    assert places[0]["x"] < places[1]["x"] < places[2]["x"], "side by side"
    assert stage.title("plane-0") == "B: one label flipped"


def test_a_click_on_the_one_plane_of_the_third_case_flips_a_label_of_b(new_page):
    stage = new_page(f"{PAGE}?scene=6")
    stage.page.mouse.click(*stage.pixel(2.6, 2.4))
    stage.until(lambda: "flip=" in address(stage))
    stage.wait_for_rest()
    assert [point for point in stage.points() if point[:2] == [2.6, 2.4]] == [[2.6, 2.4, 0]]


LETTERS = """(plot) => {
  const area = plot.querySelector(".nsewdrag").getBoundingClientRect();
  return Array.from(plot.querySelectorAll(".textpoint text")).filter((text) => text.textContent.trim()).map((text) => {
    const { top, bottom, height, left } = text.getBoundingClientRect(); // a box is higher than its letter
    const isClear = bottom - 0.2 * height <= area.bottom && top + 0.2 * height >= area.top - 1 && left > area.left;
    return [text.textContent.trim(), isClear];
  });
}"""


@pytest.mark.parametrize("scene", [1, 2, 6])
def test_the_letters_of_both_dots_lie_on_no_frame_and_give_way_to_the_names_at_the_end(new_page, scene):
    stage = new_page(f"{PAGE}?scene={scene}&lecture=1", viewport={"width": 1366, "height": 640})
    charts = [f"curve-{at}" for at in range(stage.page.locator(".box.curve").count())]
    lettered = [name for name in charts if stage.chart(name, "(plot) => Boolean(plot._fullLayout.meta.quantity)")]
    assert lettered
    for name in lettered:
        assert stage.chart(name, LETTERS) == [["A", True], ["B", True]]
    stage.press("End")
    stage.wait_for_rest()
    assert [stage.chart(name, LETTERS) for name in lettered] == [[]] * len(lettered)


TURNED = """(stage) => Array.from(stage.querySelectorAll(".xtick text"))
  .filter((text) => text.textContent && /rotate\\((?!0[,)])/.test(text.getAttribute("transform"))).length"""


def test_the_labels_of_a_narrow_step_axis_are_fewer_and_not_turned(new_page):
    stage = new_page(f"{PAGE}?scene=6&step=end&flow=true&lecture=1", viewport={"width": 1920, "height": 1080})
    labels = "(plot) => Array.from(plot.querySelectorAll('.xtick text'), (e) => e.textContent).filter(Boolean)"
    assert stage.root.evaluate(TURNED) == 0
    few = stage.chart("curve-1", labels)
    assert few[:2] == ["0", "10⁴"]
    stage.page.set_viewport_size({"width": 2560, "height": 1080})
    stage.until(lambda: len(stage.chart("curve-1", labels)) > len(few))
    assert stage.root.evaluate(TURNED) == 0
    stage.page.set_viewport_size({"width": 1920, "height": 1080})
    stage.until(lambda: stage.chart("curve-1", labels), few)
    assert stage.root.evaluate(TURNED) == 0
