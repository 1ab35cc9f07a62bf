"""Every scene and view of every lesson in projector mode: all fits, nothing is cut or covered, pictures move."""

import pytest

from tests.browser.stage_driver import HIDDEN
from tests.ui.lessons import LESSONS, lesson_of

SIZES = [(1366, 640), (1920, 1080)]
MOVING = ("gradient", "descent", "bias")  # lessons of which every picture moves, in every view
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
WRONG = """(stage) => {
  const shown = Array.from(stage.querySelectorAll(".box")).filter((box) => box.offsetParent);
  const cut = shown.flatMap((box) => {
    const room = box.getBoundingClientRect();
    const titles = Array.from(box.querySelectorAll(".gtitle, .xtitle, .ytitle, .legendtext, .annotation-text"));
    return titles.filter((title) => {
      const { left, right, top, bottom, width } = title.getBoundingClientRect();
      const over = Math.max(room.left - left, right - room.right, room.top - top, bottom - room.bottom);
      return width && over > 3; // a box is as high as its font, and its letters are not
    });
  }).map((title) => title.textContent);
  const rectangles = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Array.from(range.getClientRects());
  };
  const status = stage.querySelector(".status");
  const isSeen = getComputedStyle(status).opacity !== "0";
  const on = [...(isSeen ? rectangles(status) : []),
    ...Array.from(stage.querySelectorAll(".below :is(.button, .choice)"), (it) => it.getBoundingClientRect())];
  const words = Array.from(stage.querySelectorAll(".caption > *")).flatMap(rectangles);
  const covered = words.filter((a) => on.some((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1));
  return [...cut, ...covered.map(() => `covered, perhaps by “${status.textContent}”`)];
}"""
PLACES = "(plot) => plot._fullData.map(({ meta, x, y }) => [meta.part, Array.from(x || []), Array.from(y || [])])"
IS_TOLD = """(stage) => stage.querySelector(".transport").dataset.still === "true"
  || stage.querySelector(".status").textContent !== "" """


def views(lesson):
    """Return the links of all scenes and views."""
    for number, scene in enumerate(lesson.scenes, 1):
        yield from (f"scene={number}&view={view}" for view in range(1, 1 + max(1, len(scene.views))))


def curves(stage):
    """Return what every curve's traces are and where."""
    return [stage.chart(f"curve-{at}", PLACES) for at in range(stage.page.locator(".box.curve").count())]


@pytest.mark.parametrize("name", LESSONS)
def test_in_projector_mode_all_fits_no_title_is_cut_off_and_nothing_lies_on_the_sentence(new_page, name):
    first, *others = (f"/{name.replace('_', '-')}?{link}&lecture=1" for link in views(lesson_of(name)))
    stage = new_page(first, viewport=dict(zip(("width", "height"), SIZES[0], strict=True)))
    for path in (first, *others):
        if path != first:
            stage.go(path)
        stage.page.locator(SETTLED).wait_for()
        stage.until(lambda: stage.root.evaluate(WRONG), [])
        if name in MOVING:
            before = curves(stage)
            stage.press("ArrowRight", "ArrowRight")
            stage.wait_for_rest()
            assert all(now != then for now, then in zip(curves(stage), before, strict=True)), path
        stage.press("End")
        stage.wait_for_rest()
        assert "–" not in stage.page.locator(".caption").inner_text(), "a number that is not there"
        stage.until(lambda: stage.root.evaluate(IS_TOLD))
        for width, height in reversed(SIZES):  # the next view comes at the first of them
            stage.page.set_viewport_size({"width": width, "height": height})
            stage.until(lambda: stage.root.evaluate(WRONG), [])
            stage.until(lambda: stage.page.get_by_test_id("stMain").evaluate(HIDDEN), [0, 0])


SIZES_OF_TITLES = """(stage) => {
  window.sizes = [];
  const look = () => {
    const titles = Array.from(stage.querySelectorAll(".gtitle"), (title) => getComputedStyle(title).fontSize);
    window.sizes.push(titles.join(" "));
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_title_has_its_size_from_the_first_picture_on_and_keeps_it_while_others_follow(new_page, motion):
    size = dict(zip(("width", "height"), SIZES[0], strict=True))
    stage = new_page("/observation-3?scene=2&lecture=1&step=0", viewport=size, reduced_motion=motion)
    assert stage.root.evaluate(WRONG) == []
    stage.root.evaluate(SIZES_OF_TITLES)
    stage.press("End")
    stage.wait_for_rest()
    assert len(set(stage.page.evaluate("window.sizes"))) == 1
