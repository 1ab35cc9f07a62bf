"""Observation 3 in a real browser: one picture on one screen, scenes by keys and links, a flip by a click."""

import pytest

from tests.browser.driver import Visit
from tests.browser.stage_driver import Stage

PAGE = "/observation-3"
PROBES = "the server responded with a status of 404"
"""What Streamlit's own search for its server leaves on the console of every page below the first."""


@pytest.fixture
def new_page(chromium, server):
    contexts, stages = [], []

    def opened(path=PAGE, size=(1366, 640), **options):
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        stage = Stage(Visit(context.new_page(), server.url))
        stages.append(stage)
        return stage.open(path)

    yield opened
    said = [line for stage in stages for line in stage.visit.console if PROBES not in line]
    for context in contexts:
        context.close()
    assert said == []


def caption(stage):
    return stage.root.locator(".caption").inner_text()


def address(stage):
    return stage.page.url.split("/")[-1]


def pixel_in_b(stage, x, y):
    return stage.root.evaluate(
        """(body, [x, y]) => {
          const plot = body.getRootNode().querySelector('[data-testid=stage-plane-1] .plot');
          const { xaxis, yaxis } = plot._fullLayout, r = plot.getBoundingClientRect();
          return [r.left + xaxis._offset + xaxis.d2p(x), r.top + yaxis._offset + yaxis.d2p(y)];
        }""",
        [x, y],
    )


@pytest.mark.parametrize("scene", range(1, 10))
@pytest.mark.parametrize(
    ("size", "mode"), [((1366, 640), ""), ((1920, 1080), ""), ((1366, 768), "&lecture=1"), ((1920, 1080), "&lecture=1")]
)
def test_every_scene_fits_the_screen_without_scrolling(new_page, scene, size, mode):
    stage = new_page(f"{PAGE}?scene={scene}{mode}", size)
    stage.page.wait_for_timeout(300)
    high, wide = stage.page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid=stMain]');
          return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth];
        }"""
    )
    assert (high, wide) == (0, 0)


def test_both_runs_play_in_step_and_the_sentence_holds_the_numbers_of_the_step(new_page):
    stage = new_page()
    assert "A, step 100,000: ‖w‖ = 7.188" in caption(stage)
    stage.button("Restart").click()
    assert "step 0: ‖w‖ = 0" in caption(stage)
    stage.button("Play").click()
    stage.until(lambda: stage.step > 20)
    stage.button("Pause").click()
    assert f"step {stage.step:,}:" in caption(stage)


def test_a_digit_leads_to_a_scene_a_clicker_to_the_next_and_back_to_the_one_before(new_page):
    stage = new_page()
    stage.visit.act(lambda: stage.page.keyboard.press("6"))
    stage.until(lambda: "scene=6" in address(stage) and "27.27" in caption(stage))
    stage.visit.act(lambda: stage.page.keyboard.press("PageDown"))
    stage.until(lambda: "scene=7" in address(stage) and "Which curve is which?" in caption(stage))
    stage.visit.act(stage.page.go_back)
    stage.until(lambda: "scene=6" in address(stage) and "27.27" in caption(stage))


def test_a_clicker_turns_to_the_next_scene_from_the_scrub_bar_too_and_projector_mode_stays(new_page):
    stage = new_page(f"{PAGE}?scene=2&lecture=1")
    for expected in ("scene=3", "scene=4"):
        stage.page.get_by_label("Step slider", exact=True).focus()
        stage.page.keyboard.press("PageDown")
        stage.until(lambda expected=expected: expected in address(stage))
        stage.page.wait_for_timeout(300)
    assert "lecture=1" in address(stage)


def test_a_click_on_a_point_of_b_flips_that_one_instead_and_the_link_says_so(new_page):
    stage = new_page()
    assert "0.9150" in caption(stage)
    stage.visit.act(lambda: stage.page.mouse.click(*pixel_in_b(stage, 1.2, 3.0)))
    stage.until(lambda: "‖w*‖ = 3.911" in caption(stage))
    assert "flip=5" in address(stage)
    again = new_page(f"/{address(stage)}")
    assert caption(again) == caption(stage)


def test_a_question_holds_b_back_until_it_is_answered(new_page):
    stage = new_page(f"{PAGE}?scene=6&predict=true")
    assert "27.27" not in stage.page.locator("body").inner_text() + caption(stage)
    assert "B" not in caption(stage)
    drawn = """(body) => body.getRootNode().querySelector('[data-testid=stage-curve-0] .plot')._fullData
      .filter((t) => t.meta && t.meta.part === 'pinned' && t.visible === true).length"""
    assert stage.root.evaluate(drawn) == 0
    right = stage.page.get_by_text("The norm grows for ever, the loss stays above a positive number")
    stage.visit.act(right.click)
    stage.until(lambda: stage.root.evaluate(drawn) == 1)


def test_a_bad_link_gives_one_sentence_and_the_scene_of_before_all_others(new_page):
    stage = new_page(f"{PAGE}?scene=99&flip=abc")
    assert stage.page.get_by_test_id("stToast").inner_text().strip()
    assert "7.188" in caption(stage)


def test_points_and_step_of_the_explorer_survive_a_look_at_this_page_and_back(chromium, server):
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    stage = Stage(Visit(context.new_page(), server.url)).open("/?n=20")
    n = int(stage.said("points"))
    stage.click(*stage.empty_place())
    stage.visit.act(lambda: stage.button("Restart").click())
    stage.visit.act(lambda: stage.button("Step").click())
    assert stage.said("points") == str(n + 1)
    before = stage.page.url
    assert "pts=" in before
    stage.page.get_by_text("The notes, section by section").click()
    stage.page.get_by_role("menuitem", name="Observation 3").click()
    stage.until(lambda: "observation-3" in stage.page.url and "7.188" in caption(stage))
    stage.page.go_back()
    stage.until(lambda: "observation-3" not in stage.page.url and stage.said("points") == str(n + 1))
    stage.until(lambda: "pts=" in stage.page.url and "step=1" in stage.page.url)
    assert stage.step == 1
    assert stage.page.locator("table td").first.inner_text() == "1", "the numbers are of the same step"
    context.close()


def test_light_and_dark_can_be_switched_while_it_plays(new_page):
    stage = new_page()
    stage.button("Restart").click()
    stage.button("Play").click()
    stage.page.emulate_media(color_scheme="dark")
    stage.until(lambda: stage.step > 5)
    assert stage.said("playing") == "true"
    stage.button("Pause").click()
