"""Editing on the stage in a real browser: by mouse, touch and keys, into the link and back."""

import math

from tests.browser.stage_driver import near

PLANE = "[data-testid=stage-plane-0]"

SLOW_FRAMES = """() => {
  window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 1000);
  window.cancelAnimationFrame = clearTimeout;
}"""
"""A frame a second, as a browser gives a window that it thinks nobody sees, or a machine with much to do."""


def test_points_are_added_flipped_moved_and_deleted_by_mouse_and_the_step_stays(new_stage):
    stage = new_stage("/?n=12&step=5")
    window = stage.ranges()[0]
    n, ones = stage.counts()
    x, y = stage.empty_place()
    line = stage.boundary()
    stage.click(x, y)
    stage.until(stage.counts, (n + 1, ones + 1))
    assert stage.said("points") == str(n + 1)
    assert stage.boundary() != line
    stage.click(x, y)  # a click on a point flips it
    stage.until(stage.counts, (n + 1, ones))
    x2, y2 = stage.empty_place()
    stage.click(x2, y2, held="Shift")  # with shift it is of the other class
    stage.until(stage.counts, (n + 2, ones))
    stage.click(x2, y2, held="Alt")
    stage.until(stage.counts, (n + 1, ones))
    tx, ty = stage.empty_place()
    stage.drag(stage.pixel(x, y), stage.pixel(tx, ty))
    assert any(abs(a - tx) < 0.05 and abs(b - ty) < 0.05 for a, b, _ in stage.points())
    assert not any(abs(a - x) < 0.05 and abs(b - y) < 0.05 for a, b, _ in stage.points())
    assert stage.step == 5
    assert near(stage.ranges()[0], window), "an edit does not move the window"


NOTE_WHAT_MOVES = """(plot) => {
  const { animate } = Plotly;
  window.moved = [];
  Plotly.animate = (place, frame, options) => {
    if (place === plot) window.moved.push(frame.traces.map((at) => plot.data[at].meta.role));
    return animate(place, frame, options);
  };
}"""


def test_the_points_of_an_edit_are_drawn_once_and_what_python_answers_moves_the_rest(new_stage):
    stage = new_stage("/?n=12&step=5")
    stage.click(*stage.lonely_point()[:2])  # the first edit may draw all: the proof may get other traces
    stage.chart("plane-0", NOTE_WHAT_MOVES)
    stage.click(*stage.lonely_point()[:2])
    at_once, answered = stage.page.evaluate("window.moved")
    assert at_once == ["points", "points"]
    assert "points" not in answered
    assert "boundary" in answered


def test_undo_redo_and_the_preset_go_all_the_way(new_stage):
    stage = new_stage("/?n=12")
    preset = sorted(stage.points())
    assert stage.button("Undo").is_disabled()
    stage.click(*stage.empty_place())
    stage.click(*stage.lonely_point()[:2])
    edited = sorted(stage.points())
    assert edited != preset
    stage.page.locator(PLANE).focus()
    stage.press("Control+z", "Control+z")
    stage.wait_for_rest()
    assert sorted(stage.points()) == preset
    assert stage.button("Undo").is_disabled()
    stage.press("Control+y")
    stage.button("Redo").click()
    stage.wait_for_rest()
    assert sorted(stage.points()) == edited
    stage.button("Back to the preset").click()
    stage.wait_for_rest()
    assert sorted(stage.points()) == preset
    stage.button("Undo").click()
    stage.wait_for_rest()
    assert sorted(stage.points()) == edited


def test_quick_clicks_all_arrive(new_stage):
    stage = new_stage("/?n=12")
    x, y = stage.pixel(*stage.empty_place())
    for shift in (-14, 0, 14, 28):
        stage.page.mouse.click(x + shift, y)
    stage.until(lambda: stage.counts()[0], 16)
    assert stage.said("points") == "16"


CLICKS = """async (box, places) => {
  const how = { pointerType: "mouse", isPrimary: true, button: 0, bubbles: true, composed: true };
  const said = () => Number(box.closest("[data-testid=stage]").dataset.points);
  const { x, y } = box.getBoundingClientRect(), lost = [];
  for (const [clientX, clientY] of places) {
    const before = said();
    for (const kind of ["pointerdown", "pointerup"]) {
      box.querySelector(".nsewdrag").dispatchEvent(new PointerEvent(kind, { clientX, clientY, ...how }));
    }
    const now = box.getBoundingClientRect();
    if (said() !== before + 1) lost.push({ clientX, clientY, points: [before, said()], moved: [now.x - x, now.y - y] });
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return lost;
}"""
"""Click at places; return the clicks that added no point, with what may be the reason."""


def test_three_hundred_clicks_in_a_breath_are_all_kept(new_stage):
    stage = new_stage("/?n=12")
    x0, x1, y0, y1 = stage.ranges()[0]
    grid = [
        [x0 + (x1 - x0) * (0.1 + 0.8 * i / 19), y0 + (y1 - y0) * (0.1 + 0.8 * j / 17)]
        for i in range(20)
        for j in range(18)
    ]
    taken = stage.pixels([point[:2] for point in stage.points()])
    free = [place for place in stage.pixels(grid) if all(math.dist(place, other) > 15 for other in taken)][:300]
    assert stage.page.locator(PLANE).evaluate(CLICKS, free) == []
    stage.until(lambda: stage.counts()[0], 312)
    stage.wait_for_rest()
    assert stage.said("points") == "312"


def test_the_picture_is_that_of_the_last_of_many_quick_edits(new_stage):
    stage = new_stage("/?n=12")
    x, y = stage.pixel(*stage.empty_place())
    for i in range(10):
        stage.page.mouse.click(x + 13 * (i % 4 - 1.5), y + 13 * (i // 4 - 1))
        for _ in range(i):  # some while Python answers the one before, some while that is drawn
            stage.visit.next_frame()
    stage.wait_for_rest()
    assert len(stage.points()) == 22
    fresh = new_stage(stage.page.url.removeprefix(stage.visit.url))
    assert stage.title("curve-1") == fresh.title("curve-1")
    before = stage.boundary()
    stage.click(*stage.lonely_point()[:2])
    assert stage.boundary() != before


def test_points_are_edited_by_keys(new_stage):
    stage = new_stage("/?n=12&step=5")
    n, _ = stage.counts()
    stage.page.locator(PLANE).focus()
    stage.press("ArrowRight")
    assert "Point 1 of 12" in stage.root.get_by_role("status").inner_text()
    stage.press("f")
    stage.wait_for_rest()
    flipped = sorted(stage.points())
    stage.press(*["Shift+ArrowUp"] * 3)
    stage.wait_for_rest()
    assert sorted(stage.points()) != flipped
    stage.press("Delete")
    stage.until(lambda: stage.counts()[0], n - 1)
    stage.wait_for_rest()
    stage.press("a")
    stage.until(lambda: stage.counts()[0], n)
    assert stage.step == 5, "arrows belong to the plane while it has the focus"


def test_edits_come_to_rest_where_frames_are_slow(new_stage):
    stage = new_stage("/?n=12&step=5")
    stage.page.evaluate(SLOW_FRAMES)
    stage.page.locator(PLANE).focus()
    stage.press("ArrowRight")
    for keys in (["f"], ["Shift+ArrowUp", "Shift+ArrowUp"], ["Shift+ArrowLeft"]):
        stage.press(*keys)
        stage.wait_for_rest()


def test_moves_by_keys_are_kept_whatever_is_pressed_next(new_stage):
    stage = new_stage("/?n=12")
    stage.page.locator(PLANE).focus()
    stage.press("ArrowRight")
    before = sorted(stage.points())
    stage.press("f", "Shift+ArrowRight", "Shift+ArrowRight")  # the flip is not answered yet
    stage.wait_for_rest()
    moved = sorted(stage.points())
    assert len({tuple(p[:2]) for p in moved} - {tuple(p[:2]) for p in before}) == 1
    stage.press("Shift+ArrowRight")
    stage.button("Back to the preset").click()  # before the move has been sent
    stage.wait_for_rest()
    assert sorted(stage.points()) == before


def test_touch_adds_flips_and_deletes_by_a_mode_switch(new_stage):
    stage = new_stage("/?n=12", has_touch=True)
    n, ones = stage.counts()
    x, y = stage.empty_place()

    def tap():
        stage.page.touchscreen.tap(*stage.pixel(x, y))
        stage.wait_for_rest()

    tap()
    stage.until(stage.counts, (n + 1, ones + 1))
    tap()
    stage.until(stage.counts, (n + 1, ones))
    stage.root.locator(".editor").get_by_text("delete", exact=True).click()
    tap()
    stage.until(stage.counts, (n, ones))
    stage.root.get_by_text("look", exact=True).click()
    tap()
    assert (stage.said("points"), stage.counts()) == (str(n), (n, ones))


def test_a_finger_scrolls_the_page_over_a_chart_and_drags_a_point_of_the_plane(new_stage):
    phone = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True}
    stage = new_stage("/?n=12", **phone)
    ranges, points = stage.ranges(), sorted(stage.points())
    for name in ("plane-0", "curve-0"):
        before = stage.scrolled()
        box = stage.page.locator(f"[data-testid=stage-{name}] .nsewdrag").bounding_box()
        at = (box["x"] + 3, box["y"] + 0.8 * box["height"])
        stage.swipe(at, (at[0], at[1] - 150))
        stage.until(lambda before=before: stage.scrolled() > before + 60)
    assert stage.ranges() == ranges
    assert sorted(stage.points()) == points
    stage.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 0")
    stage.page.locator(PLANE).scroll_into_view_if_needed()
    x, y, label = stage.lonely_point()
    stage.until(stage.scroll_rests)
    top, (px, py) = stage.scrolled(), stage.pixel(x, y)
    stage.swipe((px, py), (px, py + 40))
    assert stage.scrolled() == top
    assert [x, y, label] not in stage.points()
    assert len(stage.points()) == 12


def test_a_second_finger_gives_up_the_drag_of_the_first(new_stage):
    stage = new_stage("/?n=12", has_touch=True)
    before = stage.points()
    stage.pinch(*stage.pixel(*stage.lonely_point()[:2]))
    stage.until(stage.points, before)
    x, y, label = stage.lonely_point()
    px, py = stage.pixel(x, y)
    stage.swipe((px, py), (px, py + 40))
    assert [x, y, label] not in stage.points(), "one finger drags it as before"


def test_edited_points_travel_in_the_link_exactly(new_stage):
    stage = new_stage("/?n=12")
    entries = stage.page.evaluate("history.length")
    stage.click(*stage.empty_place())
    stage.click(*stage.lonely_point()[:2])
    assert "pts=" in stage.page.url
    assert stage.page.evaluate("history.length") == entries
    other = new_stage(stage.page.url.removeprefix(stage.visit.url))
    assert sorted(other.points()) == sorted(stage.points())
    stage.button("Back to the preset").click()
    stage.wait_for_rest()
    assert "pts=" not in stage.page.url


def test_a_damaged_link_gives_a_sentence_and_the_preset(new_stage):
    stage = new_stage("/?n=12&pts=AAAA")
    assert "damaged" in stage.root.get_by_role("status").inner_text()
    assert stage.counts()[0] == 12


def test_no_edit_blanks_a_chart_and_each_is_drawn_once(new_stage):
    stage = new_stage("/?n=200&steps=1000")
    stage.root.evaluate(
        """(body) => {
          const root = body.getRootNode();
          Object.assign(window, { blank: 0, looks: 0 });
          const look = () => {
            window.looks += 1;
            for (const plot of root.querySelectorAll(".plot")) {
              window.blank += !plot.querySelector(".scatterlayer .trace path");
            }
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    drawn = int(stage.said("drawn"))
    for i in range(5):
        stage.click(*stage.lonely_point()[:2])
        assert int(stage.said("drawn")) == drawn + i + 1
    assert stage.page.evaluate("window.looks") > 5
    assert stage.page.evaluate("window.blank") == 0
