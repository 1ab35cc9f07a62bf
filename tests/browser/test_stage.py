"""The stage in a real browser: playing, keys, links, zoom, and what must not disturb it."""

from tests.browser.stage_driver import near

PLANE = "[data-testid=stage-plane-0]"


def test_it_plays_to_the_end_frame_by_frame_and_sends_nothing_while_it_plays(new_stage):
    stage = new_stage("/?n=200&steps=10000")
    stage.button("Restart").click()
    assert stage.step == 0
    stage.page.wait_for_timeout(800)  # the rest at step 0 is reported
    sent = len(stage.sent)
    stage.page.get_by_label("Speed").select_option("0.5")
    stage.button("Play").click()
    stage.until(lambda: stage.step > 20)
    frames, lines, titles = stage.root.evaluate(
        """async (body) => {
          const before = Number(body.dataset.frames), root = body.getRootNode(), lines = new Set(), titles = new Set();
          for (let i = 0; i < 60; i += 1) {
            await new Promise(requestAnimationFrame);
            lines.add(root.querySelector('[data-testid=stage-curve-0] .scatterlayer').innerHTML);
            titles.add(root.querySelector('[data-testid=stage-curve-0] .gtitle').textContent);
          }
          return [Number(body.dataset.frames) - before, lines.size, titles.size];
        }"""
    )
    assert frames >= 40, "of the browser's 60"
    assert min(lines, titles) >= 30, "the picture changes from frame to frame"
    assert stage.said("playing") == "true"
    assert 0 < stage.step < 10_000
    assert len(stage.sent) == sent
    stage.page.get_by_label("Speed").select_option("8")
    stage.until(lambda: stage.said("playing") == "false")
    assert stage.button("Play").is_visible()


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
    stage.page.keyboard.press(" ")
    assert (stage.step, stage.said("playing")) == (8, "false")
    stage.page.locator(".transport").focus()
    stage.page.keyboard.press(" ")
    assert stage.said("playing") == "true"
    stage.page.keyboard.press(" ")
    assert stage.said("playing") == "false"


def test_keys_that_no_control_of_the_page_has_a_use_for_are_the_stage_s(new_stage):
    stage = new_stage("/?step=7")
    assert stage.page.evaluate("document.activeElement.tagName") == "BODY"
    stage.page.keyboard.press("ArrowRight")
    assert stage.step == 8
    stage.page.keyboard.press(" ")
    assert stage.said("playing") == "true"
    stage.page.keyboard.press(" ")
    here = stage.step
    stage.page.locator(".st-key-n_steps input[type=range]").focus()
    stage.page.keyboard.press("l")
    stage.page.keyboard.press(" ")
    assert (stage.step, stage.said("playing")) == (here, "false"), "the focus is on another control"


def test_a_clicker_on_the_scrub_bar_does_not_move_it(new_stage):
    stage = new_stage("/?step=7")
    stage.page.get_by_label("Step slider", exact=True).focus()
    for key in ("PageDown", "PageUp", "PageUp"):
        stage.page.keyboard.press(key)
    assert stage.step == 7


def test_the_help_of_the_keys_moves_nothing(new_stage):
    stage = new_stage("/")
    before = stage.page.locator("[data-testid=stCaptionContainer]").last.bounding_box()
    stage.page.keyboard.press("?")
    assert stage.root.get_by_role("note").is_visible()
    box = stage.root.get_by_role("note").bounding_box()
    assert 0 < box["y"] < box["y"] + box["height"] <= stage.button("Restart").bounding_box()["y"]
    assert stage.page.locator("[data-testid=stCaptionContainer]").last.bounding_box() == before
    stage.page.keyboard.press("Escape")
    assert not stage.root.get_by_role("note").is_visible()


def test_hovering_the_cursor_says_the_step_shown_and_its_value(new_stage):
    stage = new_stage("/?steps=1000&step=1")
    stage.button("Times ten").click()
    where = stage.root.evaluate(
        """(body) => {
          const plot = body.getRootNode().querySelector('[data-testid=stage-curve-1] .plot');
          const { xaxis, yaxis } = plot._fullLayout, r = plot.getBoundingClientRect();
          const t = plot._fullData.find(({ meta }) => meta.role === 'cursor' && meta.part === 'marker');
          return [r.left + xaxis._offset + xaxis.d2p(t.x[0]), r.top + yaxis._offset + yaxis.d2p(t.y[0])];
        }"""
    )
    stage.page.mouse.move(where[0] + 2, where[1])
    stage.until(lambda: any("step 10:" in text for text in stage.hovered()))
    title = stage.page.locator("[data-testid=stage-curve-1] .gtitle").text_content()
    assert title.split()[-1] in stage.hovered()[0]


def test_a_click_on_a_curve_goes_to_that_step(new_stage):
    stage = new_stage("/?steps=1000")
    box = stage.page.locator("[data-testid=stage-curve-0] .nsewdrag").bounding_box()
    stage.page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    assert 2 < stage.step < 100


def test_the_rest_reaches_python_and_the_link_without_a_history_entry(new_stage):
    stage = new_stage("/?steps=1000")
    entries = stage.page.evaluate("history.length")
    stage.visit.act(lambda: stage.button("Restart").click())
    stage.visit.act(lambda: stage.button("Step").click())
    assert "step=1" in stage.page.url
    assert "Rest(step=1, axis='log', at_end=False)" in stage.caption()
    stage.page.locator(".transport").focus()
    stage.visit.act(lambda: stage.page.keyboard.press("l"))
    assert "axis=linear" in stage.page.url
    assert stage.page.evaluate("history.length") == entries
    again = new_stage(stage.page.url.removeprefix(stage.visit.url))
    assert again.step == 1
    assert again.root.get_by_role("button", name="Step axis: linear").is_visible()


def test_playing_from_the_end_sends_nothing(new_stage):
    stage = new_stage("/?n=40&steps=10000")
    stage.until(lambda: stage.step == int(stage.step) > 0)
    sent = len(stage.sent)
    stage.button("Play").click()
    stage.page.wait_for_timeout(1200)
    assert stage.said("playing") == "true"
    assert len(stage.sent) == sent


def test_a_drag_on_the_empty_plane_pans_and_the_zoom_stays_through_reruns_edits_and_playing(new_stage):
    stage = new_stage("/?n=12&steps=1000")
    px, py = stage.pixel(*stage.empty_place())
    before = stage.ranges()[0]
    stage.page.mouse.move(px, py)
    stage.page.mouse.down()
    stage.page.mouse.move(px + 40, py + 30, steps=5)
    stage.page.mouse.up()
    stage.page.wait_for_timeout(300)
    panned = stage.ranges()[0]
    assert panned[0] < before[0]
    assert stage.said("points") == "12"
    stage.visit.act(lambda: stage.page.get_by_text("Something else").click())
    stage.click(*stage.empty_place())
    stage.button("Play").click()
    stage.page.wait_for_timeout(300)
    stage.button("Pause").click()
    assert near(stage.ranges()[0], panned)
    assert stage.said("points") == "13"


def test_a_rerun_while_playing_neither_stops_nor_resets_it(new_stage):
    stage = new_stage("/?n=40&steps=100000")
    stage.button("Restart").click()
    stage.page.wait_for_timeout(700)
    drawn = stage.said("drawn")
    stage.button("Play").click()
    stage.page.wait_for_timeout(700)
    before = stage.step
    stage.visit.act(lambda: stage.page.get_by_text("Something else").click())
    assert stage.said("playing") == "true"
    assert stage.step >= before
    assert stage.said("drawn") == drawn, "nothing was drawn anew"
    stage.page.emulate_media(color_scheme="dark")
    stage.page.wait_for_timeout(900)
    assert stage.said("playing") == "true"
    assert stage.step >= before
    assert stage.colours() == DARK_PAGE


LIGHT_PAGE = ["rgb(27, 30, 36)", "#1B1E24", "rgb(255, 255, 255)"]
DARK_PAGE = ["rgb(242, 244, 248)", "#F2F4F8", "rgb(14, 17, 23)"]


def test_a_resting_stage_follows_a_switch_of_light_and_dark(new_stage):
    stage = new_stage("/?n=40&step=5")
    assert stage.colours() == LIGHT_PAGE
    for scheme, expected in [("dark", DARK_PAGE), ("light", LIGHT_PAGE)]:
        stage.page.emulate_media(color_scheme=scheme)
        stage.until(lambda expected=expected: stage.colours() == expected, seconds=5)
        assert stage.step == 5
    finished = stage.visit.finished
    stage.page.wait_for_timeout(800)
    assert stage.visit.finished == finished, "it asks once"


def test_two_windows_do_not_disturb_each_other(new_stage):
    first, second = new_stage("/?n=12"), new_stage("/?n=12")
    first.click(*first.empty_place())
    second.visit.act(lambda: second.button("Restart").click())
    assert first.counts()[0] == 13
    assert second.counts()[0] == 12
    assert (second.step, first.step > 0) == (0, True)


def test_two_stages_on_a_page_have_their_own_points_modes_and_keys(new_stage):
    stage = new_stage("/?n=12&twice=1", viewport={"width": 1000, "height": 1700})
    roots = [stage.page.get_by_test_id("stage").nth(i) for i in (0, 1)]
    stage.until(lambda: roots[1].get_attribute("data-ready") == "true")
    roots[1].locator(".editor").get_by_text("delete", exact=True).click()
    assert [root.get_attribute("data-mode") for root in roots] == ["edit", "delete"]
    place = roots[1].evaluate(
        """(body) => {
          const plot = body.getRootNode().querySelector('[data-testid=stage-plane-0] .plot');
          const { xaxis, yaxis } = plot._fullLayout, r = plot.getBoundingClientRect();
          const t = plot._fullData.find(({ meta }) => meta.part === 'class 1');
          return [r.left + xaxis._offset + xaxis.d2p(t.x[0]), r.top + yaxis._offset + yaxis.d2p(t.y[0])];
        }"""
    )
    stage.visit.act(lambda: stage.page.mouse.click(*place))
    assert [root.get_attribute("data-points") for root in roots] == ["12", "11"]
    assert "pts=" not in stage.page.url, "only the first writes into the address"
    roots[1].locator(".transport").focus()
    steps = [root.get_attribute("data-step") for root in roots]
    stage.page.keyboard.press("Home")
    assert [root.get_attribute("data-step") for root in roots] == [steps[0], "0"]
    stage.page.evaluate("document.activeElement.shadowRoot.activeElement.blur()")
    stage.page.keyboard.press("Home")
    stage.page.keyboard.press("ArrowRight")
    assert [root.get_attribute("data-step") for root in roots] == ["1", "0"], "the page's keys are the upper one's"


def test_the_page_s_keys_are_the_uppermost_stage_s_also_where_that_came_later(new_stage):
    stage = new_stage("/?n=12&twice=above", viewport={"width": 1000, "height": 1700})
    stage.page.get_by_text("Something else").click()
    upper, lower = (stage.page.get_by_test_id("stage").nth(i) for i in (0, 1))
    lower.and_(stage.page.locator("[data-ready=true]")).wait_for()
    upper.and_(stage.page.locator("[data-ready=true]")).wait_for()
    rests = lower.get_attribute("data-step")
    stage.page.evaluate("document.activeElement.blur()")
    for key in ("Home", "ArrowRight"):
        stage.page.keyboard.press(key)
    assert [upper.get_attribute("data-step"), lower.get_attribute("data-step")] == ["1", rests]


def test_without_the_wish_for_motion_nothing_plays_by_itself_and_the_state_is_announced(new_stage):
    stage = new_stage("/?steps=1000", reduced_motion="reduce")
    stage.page.wait_for_timeout(300)
    assert stage.said("playing") == "false"
    stage.button("Restart").click()
    stage.button("Step").click()
    stage.until(lambda: "Step 1 of" in stage.root.get_by_role("status").inner_text())
    stage.button("Keys").click()
    assert "play or pause" in stage.root.get_by_role("note").inner_text()


def test_a_saved_picture_holds_the_probability_field_and_the_page_s_background(new_stage, tmp_path):
    stage = new_stage("/?n=12&steps=10")
    stage.page.locator(PLANE).hover()
    with stage.page.expect_download() as waiting:
        stage.page.locator(f"{PLANE} [data-title='Save as a picture']").click()
    assert waiting.value.suggested_filename == "plane at step 10.png"
    path = tmp_path / "plane.png"
    waiting.value.save_as(path)
    colours = stage.page.evaluate(
        """async (bytes) => {
          const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          const pen = canvas.getContext('2d', { willReadFrequently: true });
          pen.drawImage(bitmap, 0, 0);
          const at = (x, y) => Array.from(pen.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data);
          return [at(0.005, 0.5), at(0.2, 0.5), at(0.8, 0.5)];
        }""",
        list(path.read_bytes()),
    )
    assert colours[0] == [255, 255, 255, 255]
    assert colours[1] != colours[0] != colours[2] != colours[1]
