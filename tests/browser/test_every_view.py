"""Every scene and view of every lesson in projector mode, and on a phone: all fits, nothing is cut off, covered or lies
on something else, pictures move. So on the explorer and on the page of code."""

from pathlib import Path

import pytest

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.browser.stage_driver import GO, HIDDEN
from tests.ui.lessons import LESSONS, lesson_of

pytestmark = pytest.mark.sweep

SIZES = [(1366, 640), (1920, 1080)]
PHONE = (390, 844)
CUT_WORDS = """(main) => Array.from(main.querySelectorAll("button p"))
  .filter((words) => words.scrollWidth > words.clientWidth + 1).map((words) => words.textContent)"""
OVERLAPS = Path(__file__).with_name("overlaps.js").read_text(encoding="utf-8")
MOVING = ("gradient", "descent", "bias")  # lessons of which every picture moves, in every view
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


ALSO = {"observation_3": ["scene=4&with_bias=true", *(f"scene={scene}&view=2&flow=true" for scene in (1, 6, 8))]}
"""Links of views that look different by a switch."""

EXPLORED = ["/?n=20&l2=0.01&pin=n*20*eta*0.1", "/?eta=1000"]
LINES_MEET = """(main) => {
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const lines = [];
  while (words.nextNode()) {
    const { parentElement: element, textContent: says } = words.currentNode;
    if (element.closest(".st-key-projector")) continue; // a button out of sight, which has the key
    if (!says.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const seen = Array.from(range.getClientRects()).filter(({ width, height }) => width > 1 && height > 1);
    const inner = ({ left, right, top, bottom }) => ({ left, right, top: top + 4, bottom: bottom - 4, says });
    lines.push(...seen.map(inner));
  }
  const isOver = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const over = (a, i) => lines.slice(i + 1).filter((b) => isOver(a, b));
  return lines.flatMap((a, i) => over(a, i).map((b) => `“${a.says}” on “${b.says}”`));
}"""


def views(name):
    """Return the links of all scenes and views of a lesson."""
    for number, scene in enumerate(lesson_of(name).scenes, 1):
        yield from (f"scene={number}&view={view}" for view in range(1, 1 + max(1, len(scene.views))))
    yield from ALSO.get(name, [])


def hidden(stage):
    """Return by how many pixels the page would have to be scrolled, down and sideways; on a phone it is, down."""
    return stage.page.get_by_test_id("stMain").evaluate(HIDDEN)


def resize(stage, size):
    """Give the window another size, and wait until all is drawn for it."""
    stage.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    stage.visit.next_frame()
    stage.wait_for_rest()


def curves(stage):
    """Return what every curve's traces are and where."""
    return [stage.chart(f"curve-{at}", PLACES) for at in range(stage.page.locator(".box.curve").count())]


@pytest.mark.parametrize("name", LESSONS)
def test_in_projector_mode_all_fits_no_title_is_cut_off_and_nothing_lies_on_the_sentence(new_page, name):
    first, *others = (f"/{name.replace('_', '-')}?{link}&lecture=1" for link in views(name))
    stage = new_page(first, viewport=dict(zip(("width", "height"), SIZES[0], strict=True)))
    for path in (first, *others):
        if path != first:
            stage.go(path)
        stage.visit.wait_for_page()
        stage.until(lambda: [*stage.root.evaluate(WRONG), *stage.root.evaluate(OVERLAPS)], [])
        if name in MOVING:
            before = curves(stage)
            stage.press("ArrowRight", "ArrowRight")
            stage.wait_for_rest()
            assert all(now != then for now, then in zip(curves(stage), before, strict=True)), path
        stage.press("End")
        stage.wait_for_rest()
        assert "–" not in stage.page.locator(".caption").inner_text(), "a number that is not there"
        stage.until(lambda: stage.root.evaluate(IS_TOLD))
        for size in (PHONE, *reversed(SIZES)):  # the next view comes at the last of them
            resize(stage, size)
            stage.until(lambda: [*stage.root.evaluate(WRONG), *stage.root.evaluate(OVERLAPS)], [])
            stage.until(lambda: stage.page.get_by_test_id("stMain").evaluate(CUT_WORDS), [])
            stage.until(lambda size=size: hidden(stage)[size == PHONE :], [0] if size == PHONE else [0, 0])


def test_the_line_that_says_why_chosen_points_play_no_part_has_room_too(new_page):
    points = encode_points(Dataset([[1, 1], [2, 0.5], [-1, 0.3]], [1, 0, 1]))
    stage, told = new_page("/", viewport=dict(zip(("width", "height"), SIZES[0], strict=True))), 0
    for name in set(LESSONS) - {"observation_3"}:  # which shows any points
        for link in views(name):
            if not link.endswith("view=1"):
                continue
            path = f"/{name.replace('_', '-')}?{link}&points=mine&pts={points}&lecture=1"
            stage.visit.act(lambda path=path: stage.page.evaluate(GO, path))
            stage.visit.wait_for_page()
            if "play no part here" in stage.page.inner_text("[data-testid=stMain]"):
                told += 1
                stage.wait_for_rest()
                stage.until(lambda: hidden(stage), [0, 0])
    assert told > 12


@pytest.mark.parametrize("path", EXPLORED)
@pytest.mark.parametrize("lecture", ["", "&lecture=1"])
def test_on_the_explorer_too_nothing_lies_on_something_else(new_page, path, lecture):
    stage = new_page(path + lecture)
    for size in (*SIZES, PHONE):
        resize(stage, size)
        for key in ("Home", "End"):
            stage.press(key)
            stage.wait_for_rest()
            stage.until(lambda: stage.root.evaluate(OVERLAPS), [])


def test_on_the_page_of_code_no_line_lies_on_another_and_nothing_leads_sideways(new_visit, server):
    visit = new_visit(server.url).open("/in-code?points=overlap&penalty=C+%3D+1")
    main = visit.page.get_by_test_id("stMain")
    visit.until(lambda: visit.page.locator("[data-stale=true]").count(), 0)
    for width, height in (*SIZES, PHONE):
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.until(lambda: main.evaluate(LINES_MEET), [])
        visit.until(lambda: main.evaluate(HIDDEN)[1], 0)


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
