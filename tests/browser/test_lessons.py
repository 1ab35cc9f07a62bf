"""Lessons in a real browser: dials play, curves grow, and the lecturer's keys work after any click."""

import re
from math import log10

import pytest

from tests.ui.lessons import lesson_of

PLACES = """(plot) => plot._fullData.filter((trace) => trace.meta.part === "cursor" || trace.meta.part === "curve")
  .map((trace) => [Array.from(trace.x), Array.from(trace.y)])"""
OPEN = """(plot) => {
  const window = plot.querySelector("clipPath[id^=growth] rect");
  const covered = plot.querySelectorAll('[clip-path^="url(#growth"]').length;
  const { _length, _offset } = plot._fullLayout.xaxis;
  return [covered, window && (Number(window.getAttribute("width")) - 1e5) / _length];
}"""
CONTROLS = """() => Array.from(document.querySelectorAll(
    ":is([data-testid=stSidebar], [data-testid=stMain]) :is(button, input), [data-testid=stHeader] button"))
  .map((element, at) => {
    element.dataset.at = at;
    const { width, height } = element.getBoundingClientRect();
    const kind = [element.closest("div[data-testid^=st]").dataset.testid, element.dataset.testid, element.type].join();
    return [at, element.textContent || element.type, kind, width > 4 && height > 4 && !element.disabled
      && element.type !== "text" && element.type !== "number"
      && !element.closest("details:not([open]), [data-testid=stFileUploader]")
      && !element.closest(".st-key-projector, .st-key-next_cue, .st-key-previous_cue") // for keys alone
      && !element.closest("[data-testid=stSidebarCollapseButton]")]; // the others would be out of reach
  }).filter(([, , , usable]) => usable)
  .filter(([, , kind], i, all) => all.findIndex((other) => other[2] === kind) === i)
  .map(([at, name]) => [at, name])"""
OPENED = "[role=listbox], [role=menu], [data-testid=stSelectboxVirtualDropdown]"


def test_a_dial_that_is_no_run_is_played_scrubbed_and_linked(new_page):
    stage = new_page("/sigmoid?scene=2")
    assert stage.page.locator(".where").inner_text() == "c = 0.1"
    first = stage.chart("curve-0", PLACES)
    stage.press("ArrowRight")
    stage.wait_for_rest()
    assert stage.chart("curve-0", PLACES) != first
    assert "step=1" in stage.page.url
    stage.press("End")
    stage.wait_for_rest()
    assert stage.page.locator(".where").inner_text() == "c = 1,000"
    assert "step=end" in stage.page.url
    assert "slope at the tie is 250" in stage.page.locator(".caption").inner_text()
    stage.press("Home", " ")
    stage.until(lambda: stage.step > 3)
    stage.press(" ")
    stage.wait_for_rest()
    step, said = stage.step, stage.page.locator(".caption").inner_text()
    stage.page.reload()
    stage.wait_for_rest()
    assert (stage.step, stage.page.locator(".caption").inner_text()) == (step, said)


def check_opens_at_its_beginning(stage, before):
    stage.until(lambda: stage.said("seek") != before)
    stage.wait_for_rest()
    assert stage.step == 0
    assert stage.page.locator("[class*=_answer]").count() == 1, "and its question waits"


@pytest.mark.parametrize(("path", "key"), [("/maximum-likelihood?scene=4", "PageDown"), ("/gradient?scene=1", "6")])
def test_a_scene_that_is_left_while_it_plays_leaves_the_next_one_at_its_beginning(new_page, path, key):
    stage = new_page(path)
    before = stage.said("seek")
    stage.press(" ")
    stage.until(lambda: stage.step > 3)
    stage.press(key)
    check_opens_at_its_beginning(stage, before)


def test_a_play_that_comes_before_the_scene_that_it_is_meant_for_leaves_that_one_at_its_beginning(new_page):
    stage = new_page("/sigmoid?scene=2")
    before = stage.said("seek")
    stage.press("3", " ")
    check_opens_at_its_beginning(stage, before)


def test_an_end_that_comes_before_the_scene_that_it_is_meant_for_does_not_answer_that_one(new_page):
    stage = new_page("/maximum-likelihood?scene=2")
    for _ in range(5):
        stage.press("3", "End")
        stage.until(lambda: "scene=3" in stage.page.url)
        stage.wait_for_rest()
        assert (stage.step == 0) == (stage.page.locator("[class*=_answer]").count() == 1)
        stage.open("/maximum-likelihood?scene=2")


def test_other_points_put_on_at_the_end_are_not_asked_about_while_it_is_on_the_screen(new_page):
    stage = new_page("/descent?scene=2")
    answers = stage.page.locator("[class*=_answer]")
    stage.press("End")
    stage.until(answers.count, 0)
    stage.page.get_by_role("button", name="More", exact=False).first.click()
    stage.page.get_by_text("One label flipped: they overlap").click()
    stage.until(lambda: "points=overlap" in stage.page.url)
    stage.press("Escape")
    stage.wait_for_rest()
    assert (stage.step == 0) == (answers.count() == 1)
    stage.press("Home")
    stage.wait_for_rest()
    stage.press("End")
    stage.until(answers.count, 0)


def test_keys_alone_come_to_all_that_a_question_keeps_back(new_page):
    stage = new_page("/maximum-likelihood?scene=1")
    answers = stage.page.locator("[class*=_answer]")
    charts = stage.page.locator(".box.curve:has(.main-svg)")
    assert (answers.count(), charts.count()) == (1, 1)
    stage.press(" ")
    stage.until(lambda: answers.count(), 0)
    stage.until(charts.count, 2)


def test_curves_grow_up_to_the_step_and_are_whole_once_the_end_was_seen(new_page):
    stage = new_page("/sigmoid?scene=4")
    covered, share = stage.chart("curve-0", OPEN)
    assert covered > 0
    assert share < 0.2
    stage.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    stage.wait_for_rest()
    later = stage.chart("curve-0", OPEN)[1]
    assert share < later < 0.8
    stage.press("End")
    stage.wait_for_rest()
    assert stage.chart("curve-0", OPEN)[0] == 0
    stage.press("Home")
    stage.wait_for_rest()
    assert stage.chart("curve-0", OPEN)[0] == 0, "what was seen stays"


def test_curves_stay_open_as_far_as_they_were_when_the_window_becomes_smaller_and_larger(new_page):
    stage = new_page("/descent?scene=2&step=30", viewport={"width": 1366, "height": 640})
    charts = [f"curve-{at}" for at in range(stage.page.locator(".box.curve").count())]

    def shares():
        return [round(share, 6) for covered, share in (stage.chart(chart, OPEN) for chart in charts) if covered]

    before = shares()
    assert before
    for width in (1000, 1366):
        stage.page.set_viewport_size({"width": width, "height": 640})
        stage.visit.next_frame()
        stage.wait_for_rest()
        stage.until(shares, before)
    stage.press("p")
    stage.wait_for_rest()
    stage.until(shares, before)


@pytest.mark.parametrize("path", ["/descent?scene=2", "/bias?scene=3", "/bias?scene=4&view=2", "/bias?scene=4&view=3"])
def test_at_the_first_value_of_a_dial_nothing_is_seen_of_its_curves_though_a_log_axis_has_no_0(new_page, path):
    stage = new_page(path)
    charts = [f"curve-{at}" for at in range(stage.page.locator(".box.curve").count())]
    found = [stage.chart(chart, OPEN)[1] for chart in charts if stage.chart(chart, OPEN)[0]]
    assert found
    assert max(found) < -1, "not even half of the width of a steep line"
    leftmost = """(plot) => plot._fullLayout.xaxis.type !== "log" ? 1 : Math.min(...plot._fullData.filter(({ meta }) =>
      meta.bind?.how === "along").flatMap(({ x }) => Array.from(x).filter((value) => value !== null)))"""
    assert all(stage.chart(chart, leftmost) > 0 for chart in charts)


DOTS = """(plot) => plot._fullData.filter(({ meta }) => meta.bind?.how === "at")
  .map(({ x, y }) => [x[0], y[0]]).filter(([, y]) => y !== null)"""


def test_nobody_is_told_to_press_play_where_nothing_plays(new_page):
    stage = new_page("/observation-3?scene=5")
    first = stage.page.get_by_text("First: press Play.")
    assert stage.button("Play").is_visible() == first.is_visible()
    for path, plays in (("/observation-3?scene=5&view=2", False), ("/observation-3?scene=2", True)):
        stage.go(path)
        assert (stage.button("Play").is_visible(), first.is_visible()) == (plays, plays), path
    stage.go("/observation-3?scene=5&view=2")
    stage.go("/sigmoid")
    assert first.is_visible()


def test_step_0_stands_in_the_gutter_of_a_log_axis_and_what_comes_of_the_steps_is_said_at_the_end(new_page):
    stage = new_page("/descent?scene=6")
    assert [round(log10(x), 6) for x, _ in stage.chart("curve-0", DOTS)] == [-0.5, -0.5]
    caption = stage.page.locator(".caption")
    assert "16,997" not in caption.inner_text()
    stage.press("ArrowRight")
    stage.wait_for_rest()
    assert [x for x, _ in stage.chart("curve-0", DOTS)] == [1, 1]
    stage.press("End")
    stage.wait_for_rest()
    assert "16,997 steps of 1/L" in caption.inner_text()


@pytest.mark.parametrize(
    ("asked", "said"), [(100, "Step 100 is not recorded: this is the last record before it."), (94, "")]
)
def test_a_link_to_a_step_between_two_records_is_told_so(new_page, asked, said):
    stage = new_page(f"/cross-entropy?scene=2&step={asked}")
    assert (stage.step, stage.page.locator(".status").inner_text()) == (94, said)


@pytest.mark.parametrize(("path", "kinds"), [("/sigmoid?scene=3", 5), ("/", 6)])
def test_after_a_click_on_a_control_of_any_kind_the_keys_play(new_page, path, kinds):
    stage = new_page(path)
    names = stage.page.evaluate(CONTROLS)
    assert len(names) >= kinds
    for at, name in names:
        if stage.page.evaluate(CONTROLS) != names:  # the click before led to other controls, or opened some
            stage.open(path)
            stage.page.evaluate(CONTROLS)
        stage.page.locator(f'[data-at="{at}"]').click(force=True)
        stage.wait_for_rest()
        if stage.page.locator(OPENED).count():
            stage.press("Escape")
            continue  # an open list keeps its keys
        before = stage.step
        stage.press(" ")
        stage.until(lambda before=before: stage.said("playing") == "true" or stage.step != before)
        assert stage.page.evaluate("document.activeElement.tagName") in ("BODY", "MAIN", "A", "DIV"), name
        stage.press(" ", "Home", "Escape")
        stage.wait_for_rest()


NOTES, MENU, LIST, SEED = "Notes", "The notes, section by section", ".st-key-data input", ".st-key-seed input"


@pytest.mark.parametrize(
    ("path", "what"), [("/sigmoid?scene=3", NOTES), ("/sigmoid?scene=3", MENU), ("/", LIST), ("/", SEED)]
)
def test_after_escape_space_plays_and_does_not_open_once_more_what_a_click_had_opened(new_page, path, what):
    stage = new_page(path)
    if what == SEED:
        stage.page.get_by_text("More about the data").click()
    control = stage.page.locator(what) if what.startswith(".") else stage.page.get_by_text(what, exact=True).first
    control.click()
    opened = stage.page.locator("[data-testid=stPopoverBody], [role=menu], [role=listbox]")
    if what != SEED:
        opened.first.wait_for()
    stage.press("Escape")
    stage.until(opened.count, 0)
    stage.until(lambda: stage.page.evaluate("document.activeElement.tagName") in ("BODY", "MAIN"))
    stage.press(" ")
    stage.until(lambda: stage.said("playing"), "true")
    stage.press(" ")
    stage.wait_for_rest()


def test_a_run_sheet_once_chosen_covers_nothing_and_a_cue_closes_what_lies_on_the_picture(new_page, server):
    stage = new_page("/observation-3?scene=2")
    opened = stage.page.get_by_test_id("stPopoverBody")
    for name, closes in (
        ("more", lambda: stage.button("Run sheet: 5 minutes").click()),
        ("notes", lambda: stage.press("n")),
        ("more", lambda: stage.page.get_by_role("link", name="A valley without end beside a bowl").click()),
    ):
        server.pause()  # it hears of both at once
        stage.page.locator(f".st-key-lesson_{name} button").first.click()
        opened.wait_for()
        closes()
        server.resume()
        stage.until(opened.count, 0)
        stage.until(stage.page.get_by_test_id("stTooltipContent").count, 0)
        stage.wait_for_rest()
    stage.until(lambda: "scene=8" in stage.page.url)
    stage.press("3")
    stage.until(lambda: "scene=3" in stage.page.url)
    stage.page.locator(".st-key-lesson_notes button").first.click()
    stage.press("4")
    stage.until(lambda: "scene=4" in stage.page.url)
    stage.until(lambda: "What directions cost" in opened.inner_text())


@pytest.mark.parametrize(("path", "size"), [("/observation-3?lecture=1", (1366, 640)), ("/", (1366, 640))])
def test_the_help_names_every_key_that_the_page_has(new_page, path, size):
    stage = new_page(path, viewport=dict(zip(("width", "height"), size, strict=True)))
    has = {kbd.lower().replace(" ", "") for kbd in stage.page.locator("button kbd").all_inner_texts()}
    stage.press("?")
    said = stage.root.locator(".help dt:visible").all_inner_texts()
    named = {name.lower() for line in said for name in line.split(", ")}
    assert has - {str(digit) for digit in range(1, 10)} <= named
    assert ("1 … 9" in named) == ("1" in has)
    assert "esc" in named
    box = stage.root.locator(".help").bounding_box()
    assert box["y"] >= 0
    assert box["x"] >= 0


def test_projector_mode_is_a_key_and_a_layout(new_page):
    stage = new_page("/sigmoid?scene=1")
    small = stage.page.locator(".caption strong").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    assert small >= 24
    stage.press("p")
    stage.until(lambda: "lecture=true" in stage.page.url)
    stage.wait_for_rest()
    assert stage.page.locator(".caption strong").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") >= 28
    ticks = "(plot) => Array.from(plot.querySelectorAll('.xtick text'), (t) => t.getBoundingClientRect().height)"
    assert min(stage.chart("curve-0", ticks)) >= 18
    assert not stage.page.get_by_test_id("stHeader").is_visible()
    main = "(e) => e.scrollHeight - e.clientHeight"
    assert stage.page.get_by_test_id("stMain").evaluate(main) <= 0


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["sigmoid", "gradient", "descent", "bias"])
def test_every_scene_fits_a_small_screen_and_a_phone_has_no_sideways_scroll(new_page, name):
    stage = new_page(f"/{name}")
    main, hidden = stage.page.get_by_test_id("stMain"), "(e) => e.scrollHeight - e.clientHeight"
    for scene in range(1, 1 + len(lesson_of(name).scenes)):
        stage.page.set_viewport_size({"width": 1366, "height": 640})
        if scene > 1:
            stage.go(f"/{name}?scene={scene}")
        stage.until(lambda: main.evaluate(hidden) <= 0)
        stage.page.set_viewport_size({"width": 390, "height": 844})
        stage.until(lambda: stage.page.evaluate("document.documentElement.scrollWidth") <= 390)
        for box in stage.page.locator(".box.curve").all():
            stage.until(lambda box=box: box.bounding_box()["width"] > 300 and box.bounding_box()["height"] > 200)


def test_dials_and_rows_of_a_timeline_are_what_python_packed(script):
    found = script(
        """async () => {
          const { Timeline } = await import("/stage/timeline.js"), { dialOf } = await import("/stage/dial.js");
          const y = Float64Array.of(0, 1, 2, 3, 4, NaN), words = { it: ["a", "b", "c"] };
          const sent = { name: "c", values: Float64Array.of(1, 2, 4), columns: { y }, words };
          const timeline = new Timeline(sent), dial = dialOf({ runs: [], timeline: sent, layout: "columns" });
          const between = timeline.numbers("y", 0, 0.5);
          return { between, last: timeline.numbers("y", 2, 0.5).map(String), said: timeline.said("it", 1),
            c: timeline.said("c", 2), missing: timeline.said("no", 0), dial: dial.written(2), ends: dial.ends(),
            near: [dial.near(-3), dial.near(1.4), dial.near(99)], later: dial.later(0, 3000, 1),
            line: timeline.part({ how: "at", x: "c" }, { y: [0, 1] }, 1, 0),
            along: timeline.part({ how: "along", x: "y", y: "c" }, {}, 1, 0) };
        }"""
    )
    assert found["between"] == [1, 2]
    assert found["last"] == ["4", "NaN"]
    assert (found["said"], found["c"], found["missing"]) == ("b", "4", None)
    assert found["dial"] == "c = 4"
    assert re.fullmatch(r"\d", str(found["ends"][1]))
    assert found["near"] == [0, 1, 2]
    assert found["later"] == pytest.approx(1.0)
    assert found["line"] == {"x": [2, 2]}
    assert found["along"] == {"x": [0, 1], "y": [1, 2]}


def test_the_axis_has_a_switch_only_where_a_chart_has_both_forms_of_it(new_page):
    stage = new_page("/sigmoid?scene=4")
    switch = stage.page.locator('[data-do="axis"]')
    assert switch.is_hidden()
    stage.press("l")
    stage.wait_for_rest()
    assert "axis=" not in stage.page.url
    stage.open("/observation-3")
    assert switch.is_visible()
    stage.press("l")
    stage.until(lambda: "axis=linear" in stage.page.url)
