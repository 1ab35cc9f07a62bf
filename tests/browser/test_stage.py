"""The stage in a real browser: playing, keys, links, zoom, and what must not disturb it."""

import base64

import pytest

from tests.browser.stage_driver import Stage, near

PLANE = "[data-testid=stage-plane-0]"
LIGHT_PAGE = ["rgb(27, 30, 36)", "#1B1E24", "rgb(255, 255, 255)"]
DARK_PAGE = ["rgb(242, 244, 248)", "#F2F4F8", "rgb(14, 17, 23)"]


def test_it_plays_to_the_end_frame_by_frame_and_sends_nothing_while_it_plays(new_stage):
    stage = new_stage("/?n=200&steps=10000&step=200")
    sent = len(stage.visit.sent)
    stage.page.get_by_label("Speed").select_option("0.25")
    stage.button("Play").click()
    stage.until(lambda: stage.step > 200)
    pictures = stage.root.evaluate(
        """async (body) => {
          const root = body.getRootNode(), pictures = [];
          for (let i = 0; i < 20; i += 1) {
            await new Promise(requestAnimationFrame);
            const curve = root.querySelector('[data-testid=stage-curve-0]');
            const [line, title] = [".scatterlayer", ".gtitle"].map((name) => curve.querySelector(name));
            pictures.push([Number(body.dataset.step), line.innerHTML, title.textContent]);
          }
          return pictures;
        }"""
    )
    steps, lines, titles = (len(set(seen)) for seen in zip(*pictures, strict=True))
    assert steps > 12, "of 20 frames"
    assert lines == titles == steps, "every step has a picture of its own"
    assert (stage.said("playing"), stage.said("pending")) == ("true", "")
    assert len(stage.visit.sent) == sent
    stage.page.get_by_label("Speed").select_option("8")
    stage.until(lambda: stage.said("playing"), "false")
    assert stage.button("Play").is_visible()
    ended = stage.step
    stage.button("End").click()
    assert stage.step == ended


def test_playing_from_the_end_starts_at_the_beginning_and_sends_nothing(new_stage):
    stage = new_stage("/?n=40&steps=10000")
    last, sent = stage.step, len(stage.visit.sent)
    stage.button("Play").click()
    assert stage.said("pending") == "", "the step at its start is not reported"
    stage.until(lambda: 5 < stage.step < last)
    assert stage.said("playing") == "true"
    assert len(stage.visit.sent) == sent


def test_buttons_keys_and_scrub_bar_lead_from_record_to_record(new_stage):
    stage = new_stage("/?steps=1000&step=7")
    assert stage.step == 7
    for name, expected in [("Step", 8), ("Step back", 7), ("Times ten", 70), ("Restart", 0), ("Times ten", 1)]:
        stage.button(name).click()
        assert stage.step == expected, name
    stage.page.locator(".transport").focus()
    for key, expected in [("ArrowRight", 2), ("Shift+ArrowRight", 20), ("Shift+ArrowLeft", 2), ("ArrowLeft", 1)]:
        stage.page.keyboard.press(key)
        assert stage.step == expected, key
    stage.page.keyboard.press("End")
    last = stage.step
    assert last > 500
    stage.page.keyboard.press("Home")
    assert stage.step == 0
    slider = stage.page.get_by_label("Step slider", exact=True)
    box = slider.bounding_box()
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert 5 < stage.step < 40, "half the log axis"
    stage.page.keyboard.press("l")
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert abs(stage.step - last / 2) < 0.05 * last, "half the linear axis"


def test_space_on_a_button_presses_that_button_only_and_plays_elsewhere(new_stage):
    stage = new_stage("/?step=7")
    stage.button("Step").focus()
    stage.press(" ")
    assert (stage.step, stage.said("playing")) == (8, "false")
    stage.page.locator(".transport").focus()
    stage.press(" ")
    assert stage.said("playing") == "true"
    stage.press(" ")
    assert stage.said("playing") == "false"


def test_keys_that_no_control_of_the_page_has_a_use_for_are_the_stage_s(new_stage):
    stage = new_stage("/?step=7")
    assert stage.page.evaluate("document.activeElement.tagName") == "BODY"
    stage.press("ArrowRight")
    assert stage.step == 8
    stage.press(" ")
    assert stage.said("playing") == "true"
    stage.press(" ")
    here = stage.step
    stage.page.locator(".st-key-n_steps input[type=range]").focus()
    stage.press("l", " ")
    assert (stage.step, stage.said("playing")) == (here, "false"), "the focus is on another control"


def test_a_clicker_on_the_scrub_bar_does_not_move_it(new_stage):
    stage = new_stage("/?step=7")
    stage.page.get_by_label("Step slider", exact=True).focus()
    stage.press("PageDown", "PageUp", "PageUp")
    assert stage.step == 7


@pytest.mark.parametrize("key", [".", "b", "B"])
def test_a_clicker_plays_by_its_button_for_a_black_screen_wherever_the_focus_is(new_stage, key):
    stage = new_stage("/?step=7")
    for focused in (None, stage.page.get_by_label("Step slider", exact=True), stage.root.locator(".box").first):
        if focused:
            focused.focus()
        stage.press(key)
        assert stage.said("playing") == "true"
        stage.press(key)
        assert stage.said("playing") == "false"


def test_the_help_of_the_keys_moves_nothing(new_stage):
    stage = new_stage("/")
    below = stage.page.locator("[data-testid=stCaptionContainer]").last
    before = below.bounding_box()
    stage.press("?")
    note = stage.root.get_by_role("note")
    assert "play or pause" in note.inner_text()
    box = note.bounding_box()
    assert 0 < box["y"] < box["y"] + box["height"] <= stage.button("Restart").bounding_box()["y"]
    assert below.bounding_box() == before
    stage.press("Escape")
    assert not note.is_visible()


def test_hovering_the_cursor_says_the_step_shown_and_its_value(new_stage):
    stage = new_stage("/?steps=1000&step=1")
    stage.button("Times ten").click()
    stage.wait_for_rest()
    at = stage.chart(
        "curve-1",
        """(plot) => {
          const { x, y } = plot._fullData.find(({ meta }) => meta.role === 'cursor' && meta.part === 'marker');
          return [x[0], y[0]];
        }""",
    )
    x, y = stage.pixel(*at, "curve-1")
    stage.page.mouse.move(x + 2, y)
    stage.until(lambda: any("step 10:" in text for text in stage.hovered()))
    assert stage.title("curve-1").split()[-1] in stage.hovered()[0]


def test_a_click_on_a_curve_goes_to_that_step(new_stage):
    stage = new_stage("/?steps=1000")
    box = stage.page.locator("[data-testid=stage-curve-0] .nsewdrag").bounding_box()
    stage.page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    assert 2 < stage.step < 100


def test_the_rest_reaches_python_and_the_link_without_a_history_entry(new_stage):
    stage = new_stage("/?steps=1000")
    entries = stage.page.evaluate("history.length")
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.wait_for_rest()
    assert "step=1" in stage.page.url
    stage.until(lambda: "Rest(step=1, axis='log', at_end=False, seek=" in stage.caption())
    stage.page.locator(".transport").focus()
    stage.press("l")
    stage.wait_for_rest()
    assert "axis=linear" in stage.page.url
    stage.until(lambda: "Rest(step=1, axis='linear', at_end=False, seek=" in stage.caption())
    assert stage.page.evaluate("history.length") == entries
    again = new_stage(stage.page.url.removeprefix(stage.visit.url))
    assert again.step == 1
    assert again.root.get_by_role("button", name="linear axis").is_visible()


def test_a_drag_on_the_empty_plane_pans_and_the_zoom_stays_through_reruns_edits_and_playing(new_stage):
    stage = new_stage("/?n=12&steps=1000")
    x, y = stage.pixel(*stage.empty_place())
    before = stage.ranges()[0]
    stage.drag((x, y), (x + 40, y + 30))
    stage.until(lambda: stage.ranges()[0][0] < before[0])
    panned = stage.ranges()[0]
    assert stage.said("points") == "12"
    stage.visit.act(lambda: stage.page.get_by_text("Something else").click())
    stage.click(*stage.empty_place())
    stage.button("Play").click()
    stage.until(lambda: 0 < stage.step < 1000)
    stage.button("Pause").click()
    assert near(stage.ranges()[0], panned)
    assert stage.said("points") == "13"


def test_a_rerun_while_playing_neither_stops_nor_resets_it(new_stage):
    stage = new_stage("/?n=200&steps=100000&step=10")
    drawn = stage.said("drawn")
    stage.page.get_by_label("Speed").select_option("0.25")
    stage.button("Play").click()
    stage.until(lambda: stage.step > 10)
    before = stage.step
    stage.visit.act(lambda: stage.page.get_by_text("Something else").click())
    stage.page.get_by_role("checkbox", name="Something else", checked=True).wait_for()
    assert stage.said("playing") == "true"
    assert stage.step >= before
    assert stage.said("drawn") == drawn, "nothing was drawn anew"
    stage.page.emulate_media(color_scheme="dark")
    stage.until(stage.colours, DARK_PAGE)
    assert stage.said("playing") == "true"
    assert stage.step >= before


def test_a_resting_stage_follows_a_switch_of_light_and_dark(new_stage):
    stage = new_stage("/?n=40&step=5")
    assert stage.colours() == LIGHT_PAGE
    for scheme, expected in [("dark", DARK_PAGE), ("light", LIGHT_PAGE)]:
        stage.page.emulate_media(color_scheme=scheme)
        stage.until(stage.colours, expected)
        assert stage.step == 5


def test_two_windows_do_not_disturb_each_other(new_stage):
    first, second = new_stage("/?n=12"), new_stage("/?n=12")
    first.click(*first.empty_place())
    second.button("Restart").click()
    second.wait_for_rest()
    second.until(lambda: "Rest(step=0" in second.caption())
    first.until(lambda: first.counts()[0], 13)
    assert second.counts()[0] == 12
    assert first.step > 0


def two_stages(stage):
    both = [Stage(stage.visit, stage.page.get_by_test_id("stage").nth(i)) for i in (0, 1)]
    for each in both:
        each.wait_for_rest()
    return both


def test_two_stages_on_a_page_have_their_own_points_modes_and_keys(new_stage):
    first, second = two_stages(new_stage("/?n=12&twice=1", viewport={"width": 1000, "height": 1700}))
    second.root.locator(".editor").get_by_text("delete", exact=True).click()
    assert (first.said("mode"), second.said("mode")) == ("edit", "delete")
    second.click(*second.lonely_point()[:2])
    assert (first.said("points"), second.said("points")) == ("12", "11")
    assert "pts=" not in first.page.url, "only the first writes into the address"
    second.root.locator(".transport").focus()
    rests = first.step
    first.press("Home")
    assert (first.step, second.step) == (rests, 0)
    first.page.evaluate("document.activeElement.shadowRoot.activeElement.blur()")
    first.press("Home", "ArrowRight")
    assert (first.step, second.step) == (1, 0), "the page's keys are the upper one's"


def test_the_page_s_keys_are_the_uppermost_stage_s_also_where_that_came_later(new_stage):
    stage = new_stage("/?n=12&twice=above", viewport={"width": 1000, "height": 1700})
    stage.page.get_by_text("Something else").click()
    stage.until(stage.page.get_by_test_id("stage").count, 2)
    upper, lower = two_stages(stage)
    rests = lower.step
    stage.page.evaluate("document.activeElement.blur()")
    stage.press("Home", "ArrowRight")
    assert (upper.step, lower.step) == (1, rests)


def test_the_state_is_announced_once_the_stage_rests(new_stage):
    stage = new_stage("/?steps=1000")
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.wait_for_rest()
    assert "step 1 of" in stage.root.get_by_role("status").inner_text()


def test_a_saved_picture_holds_the_probability_field_and_the_page_s_background(new_stage, tmp_path):
    stage = new_stage("/?n=12&steps=10")
    stage.page.locator(PLANE).hover()
    with stage.page.expect_download() as waiting:
        stage.page.locator(f"{PLANE} [data-title='Save as a picture']").click()
    assert waiting.value.suggested_filename == "plane at step 10.png"
    path = tmp_path / "plane.png"
    waiting.value.save_as(path)
    picture = f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
    colours = stage.page.evaluate(
        """async (picture) => {
          const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          const pen = canvas.getContext('2d', { willReadFrequently: true });
          pen.drawImage(bitmap, 0, 0);
          const at = (x, y) => Array.from(pen.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data);
          return [at(0.005, 0.5), at(0.2, 0.5), at(0.8, 0.5)];
        }""",
        picture,
    )
    assert colours[0] == [255, 255, 255, 255]
    assert colours[1] != colours[0] != colours[2] != colours[1]
