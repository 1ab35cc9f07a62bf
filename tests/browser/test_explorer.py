"""The explorer as a person meets it: first visit, controls, layout and links, from a fresh server on."""

import pytest

from tests.browser.driver import SCREEN, Server, Visit
from tests.browser.explorer_driver import MAIN, link, press, read, text
from tests.browser.stage_driver import GO, Stage

TOPS = "(buttons) => buttons.map((it) => [it.ariaLabel || it.textContent.trim(), it.getBoundingClientRect().top])"


def test_a_first_visit_to_a_link_on_a_fresh_server_shows_its_page_in_the_frame(chromium, tmp_path):
    server = Server(tmp_path / "log.txt")
    try:
        visit = Visit(chromium.new_page(viewport={"width": 1366, "height": 640}), server.url)
        stage = Stage(visit).open("/?separable_blobs_gap=3.0&step=100")
        assert "nearest is 1.5 away" in text(stage)
        assert stage.step == 100
        assert visit.page.title() == "Explorer"
        assert visit.page.get_by_text("Page not found").count() == 0
        assert visit.console == []
        assert "Warning" not in server.log
        assert "Traceback" not in server.log
        visit.page.context.close()
    finally:
        server.stop()


def test_the_first_visit_opens_at_the_beginning_and_offers_one_thing_after_the_other(new_page):
    stage = new_page("/?n=20")
    assert stage.step == 0
    stage.page.get_by_text("Press Play (Space)").wait_for()
    stage.press("Space")
    stage.until(lambda: stage.step, 1000)
    stage.page.get_by_text("Next, click a point").wait_for()
    stage.wait_for_rest()
    assert stage.page.get_by_text("Press Play").count() == 0
    assert link(stage) == "/?n=20&step=end"
    x, y, _ = stage.lonely_point()
    stage.click(x, y)
    stage.page.get_by_text("Next, click a point").wait_for(state="detached")
    assert stage.step == 1000, "a stage at its end stays at its end"
    stage.button("Undo").click()
    stage.wait_for_rest()
    assert stage.page.get_by_text("Next, click a point").count() == 0


def test_moving_a_control_changes_the_figures_in_place(new_page):
    stage = new_page()
    before = read(stage, "curve-0", "curve")
    figure = stage.page.get_by_test_id("stage-curve-0")
    kept = figure.element_handle()
    press(stage, "separable_blobs_gap", "ArrowRight")
    assert read(stage, "curve-0", "curve") != before
    assert figure.evaluate("(box, kept) => box === kept", kept)
    assert "separable_blobs_gap=1.05" in stage.page.url
    assert stage.button("Undo").is_disabled()


def test_nothing_jumps_when_controls_move_and_the_stage_needs_no_scrolling(new_page):
    stage = new_page(viewport={"width": 1366, "height": 640})

    def boxes():
        figures = [stage.page.get_by_test_id(f"stage-{name}") for name in ("plane-0", "curve-0", "curve-1")]
        return [place.bounding_box() for place in (stage.button("Restart"), stage.button("End"), *figures)]

    start = boxes()
    assert max(box["y"] + box["height"] for box in start) <= 640
    for key, name in [
        ("separable_blobs_gap", "End"),
        ("eta", "End"),
        ("l2", "End"),
        ("steps", "Home"),
        ("eta", "Home"),
    ]:
        press(stage, key, name)
        assert boxes() == start, key
    assert stage.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("projector", "least"),
    [("", {(1366, 640): 24, (1280, 720): 24, (390, 844): 20}), ("&lecture=1", {(1366, 640): 28})],
)
def test_every_verdict_is_large_and_has_room_so_that_the_stage_stands_where_it_always_does(new_page, projector, least):
    def tops():
        found = {}
        for size, pixels in least.items():
            stage.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            stage.wait_for_rest()
            large = stage.page.locator(".st-key-verdict strong")
            assert large.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)") >= pixels
            assert large.evaluate("(it) => it.scrollWidth - it.clientWidth") <= 0
            found[size] = stage.root.bounding_box()["y"]
        return found

    stage = new_page(f"/?{projector}")
    usual = tops()
    for data in [
        "data=Separable+only+with+a+bias&bias=false",
        "data=One+class+only&one_class_offset=10",
        "data=One+class+only&l2=0.003",
        "data=Overlapping+blobs&l2=0.1&penalise=true",
        "data=Overlapping+blobs&eta=10000&l2=10&start=badly+wrong",
        "data=Quasi-separable",
        "data=XOR&xor_spread=0",
        "data=Iris:+versicolor+and+virginica&l2=0.003",
        "data=One+class+only&bias=false",
        "steps=200000",
    ]:
        stage.visit.act(lambda data=data: stage.page.evaluate(GO, f"/?{data}{projector}"))
        assert tops() == usual, data


def test_projector_mode_enlarges_the_stage_and_it_fills_the_screen_without_scrolling(new_page):
    stage = new_page("/", viewport=SCREEN)
    title = stage.page.locator("[data-testid=stage-plane-0] .gtitle")
    plain = title.bounding_box()["height"]
    stage.open("/?lecture=1")

    def share():
        below = stage.page.locator(".stage .below").bounding_box()
        return (below["y"] + below["height"]) / stage.page.viewport_size["height"]

    for size in ({"width": 1920, "height": 1080}, SCREEN):
        stage.page.set_viewport_size(size)
        stage.until(lambda: 0.93 < share() <= 1)
    stage.wait_for_rest()
    assert title.bounding_box()["height"] > 1.1 * plain
    assert not stage.page.get_by_test_id("stSidebar").is_visible()
    place = stage.chart(
        "plane-0",
        """(plot) => {
          const layout = plot._fullLayout, r = plot.querySelector(".nsewdrag").getBoundingClientRect();
          const share = (axis, value) => (value - axis.range[0]) / (axis.range[1] - axis.range[0]);
          return [r.x + r.width * share(layout.xaxis, -3.5), r.y + r.height * (1 - share(layout.yaxis, 3.0))];
        }""",
    )
    stage.page.mouse.click(*place)
    stage.wait_for_rest()
    assert stage.said("points") == "101"
    assert "pts=" in link(stage)
    assert "lecture=1" in link(stage)
    stage.open(link(stage))
    assert "hulls share" in text(stage)


def test_a_link_opened_in_a_new_window_shows_the_same_figures(new_page):
    stage = new_page("/?data=Overlapping+blobs&step=end")
    press(stage, "eta", "ArrowRight")
    stage.button("Step back").click()
    stage.wait_for_rest()
    assert "step=999" in link(stage)
    other = new_page(link(stage))
    for name, role in [("plane-0", "boundary"), ("curve-0", "curve"), ("curve-1", "curve")]:
        assert read(stage, name, role) == read(other, name, role)


def test_reload_keeps_the_screen(new_page):
    stage = new_page("/?data=Moons")
    press(stage, "steps", "ArrowLeft")
    before = read(stage, "curve-1", "curve")
    stage.visit.act(stage.page.reload)
    stage.wait_for_rest()
    assert read(stage, "curve-1", "curve") == before


def test_a_bad_link_gives_one_sentence_and_the_defaults(new_page):
    stage = new_page("/?eta=abc&n=inf&step=-5&data=%3Cscript%3E")
    toast = stage.page.get_by_test_id("stToast")
    toast.wait_for()
    assert toast.count() == 1
    for key in ("eta", "n", "step", "data"):
        assert f"“{key}”" in toast.inner_text() or toast.get_by_text("view more").count()
    assert "Separable." in text(stage)


def test_back_to_a_bad_link_shows_the_defaults_again_and_the_next_step_back_leads_on(new_visit, server):
    visit = new_visit(server.url)
    came_from = visit.page.url
    stage = Stage(visit).open("/?seed=1.5&n=20")
    assert "seed" not in stage.page.url
    stage.page.go_back()
    stage.page.wait_for_url("**/?n=20*")
    stage.wait_for_rest()
    assert stage.page.get_by_text("Something went wrong").count() == 0
    stage.page.go_back()
    stage.page.wait_for_url(came_from)


def test_a_visitor_whose_system_is_dark_sees_a_dark_page(new_page):
    stage = new_page(color_scheme="dark")
    page = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    font = "(plot) => plot._fullLayout.font.color.toLowerCase()"
    colours = ("rgb(14, 17, 23)", "#f2f4f8")
    stage.until(lambda: (stage.page.evaluate(page), stage.chart("curve-0", font)), colours)


def test_an_error_in_a_page_shows_one_sentence_and_goes_to_the_log_whole(chromium, tmp_path):
    (tmp_path / "frame.py").write_text("import streamlit as st\nst.title('Page')\nraise RuntimeError('inner secret')\n")
    (tmp_path / "failing_app.py").write_text(
        "import streamlit as st\nfrom logreg.ui.server import show_error_sentence\n"
        f"app = st.App({str(tmp_path / 'frame.py')!r}, on_script_error=show_error_sentence)\n"
    )
    server = Server(tmp_path / "log.txt", app=str(tmp_path / "failing_app.py"))
    try:
        visit = Visit(chromium.new_page(), server.url).open("/")
        visit.page.get_by_text("Something went wrong on this page").wait_for()
        shown = visit.page.inner_text(MAIN)
        assert "secret" not in shown
        assert "Traceback" not in shown
        assert "RuntimeError: inner secret" in server.log
        visit.page.context.close()
    finally:
        server.stop()


def test_the_transport_keeps_to_one_row_also_where_a_long_run_waits_for_a_click(new_page):
    stage = new_page("/?steps=1000000&step=end", viewport={"width": 1366, "height": 640})
    buttons = stage.root.locator(".transport .button:visible, .editor .button:visible")
    tops = {name: round(top) for name, top in buttons.evaluate_all(TOPS)}
    assert tops["Share"] == tops["Play"]
    assert tops["Run all 1,000,000 steps"] == tops["Pin this run"]
    assert max(tops.values()) < 640 - 24
