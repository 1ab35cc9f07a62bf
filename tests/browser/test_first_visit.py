"""What a first visit sends stays small, and what no page needs is not among it."""

import re

import numpy as np
import pytest

from tests.browser.driver import PATIENCE, Visit
from tests.browser.first_visit import SEEN, arrivals
from tests.browser.stage_driver import Stage

PAGES = {"/": 1.2e6, "/observation-3": 1.1e6}  # by https
NEVER = r"PlotlyChart|DataFrame\.|katex|FileUploader|VegaLite|SyntaxHighlighter|Serif|Italic|rehype-(raw|katex)"
"""Parts of Streamlit that are large and that no page shows before someone asks for it."""


@pytest.fixture(params=PAGES)
def visit(request, chromium, server):
    """Visit a page with a browser profile that is new."""
    page = chromium.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    yield request.param, page, arrivals(page, server.url, request.param)
    page.context.close()


def test_a_first_visit_sends_no_more_than_it_may_and_no_part_that_nobody_has_asked_for(visit):
    path, _, files = visit
    assert len(files) > 80
    assert sum(files.values()) < PAGES[path], list(files.items())[:12]
    assert [name for name in files if re.search(NEVER, name)] == []
    assert max(size for name, size in files.items() if "/media/" in name) < 80_000


def test_every_icon_of_a_page_is_drawn_as_one(visit):
    icons = visit[1].get_by_test_id("stIconMaterial")
    sizes = icons.evaluate_all(
        "(all) => all.map((one) => [one.scrollWidth, parseFloat(getComputedStyle(one).fontSize)])"
    )
    assert len(sizes) >= 3
    for width, size in sizes:
        assert width <= size + 1, "a word in the place of an icon"


def test_plotly_is_on_its_way_before_the_stage_has_its_style(chromium, server):
    page, held = chromium.new_context().new_page(), []
    page.set_default_timeout(PATIENCE)
    page.route("**/stage.css", lambda route: held.append(route))
    with page.expect_request(lambda asked: "plotly.min.js" in asked.url and asked.resource_type == "script"):
        page.goto(server.url)
    page.route("**/stage.css", lambda route: route.continue_())
    for route in held:
        route.continue_()
    page.locator(SEEN).first.wait_for()
    page.context.close()


SKETCHED = """(body) => {
  const rect = (mark) => mark.getBoundingClientRect();
  return Array.from(body.getRootNode().querySelectorAll(".box.plane"), (box) => {
    const { x, y, width, height } = rect(box.querySelector(".field"));
    return {
      field: [x, y, width, height],
      points: Array.from(box.querySelectorAll(".sketch :is(circle, path)"), (mark) => [
        rect(mark).x + rect(mark).width / 2, rect(mark).y + rect(mark).height / 2, mark.getAttribute("fill")]),
      lines: Array.from(box.querySelectorAll(".sketch polyline"), (line) => line.getAttribute("stroke")),
      shades: new Set(box.querySelector(".field").getContext("2d").getImageData(0, 0, 75, 60).data).size,
    };
  });
}"""
"""Where each plane's field and points are on the screen, in which colours, and how many shades the field has."""
LOOKS = """(plot) => ({
  points: plot._fullData.filter(({ meta }) => meta.role === "points").map(({ marker }) => marker.color),
  lines: plot._fullData.filter(({ meta, x }) => meta.role === "boundary" && x.some((at) => at !== null))
    .map(({ line }) => line.color),
})"""


@pytest.mark.parametrize(
    ("path", "screen", "n_planes"),
    [
        ("/?step=500", {"width": 1366, "height": 640}, 1),
        ("/?step=500", {"width": 390, "height": 844}, 1),
        ("/observation-3?scene=2&step=500", {"width": 1366, "height": 640}, 2),
    ],
)
def test_points_line_and_field_stand_where_plotly_draws_them_before_it_has_come(
    chromium, server, path, screen, n_planes
):
    page, held = chromium.new_context(viewport=screen).new_page(), []
    stage = Stage(Visit(page, server.url))
    page.route("**/plotly.min.js", lambda route: held.append(route))
    page.goto(server.url + path)
    page.locator(".sketch").nth(n_planes - 1).wait_for()
    stage.visit.next_frame()  # by then the page knows its width
    early = stage.root.evaluate(SKETCHED)
    page.route("**/plotly.min.js", lambda route: route.continue_())
    for route in held:
        route.continue_()
    stage.wait_for_rest()
    late = stage.root.evaluate(SKETCHED)
    assert len(early) == len(late) == n_planes
    for number, (before, after) in enumerate(zip(early, late, strict=True)):
        assert before["field"] == pytest.approx(after["field"], abs=0.5)
        assert before["shades"] == after["shades"] > 20
        places = stage.pixels([point[:2] for point in stage.points(f"plane-{number}")], f"plane-{number}")
        assert [at for x, y, _ in before["points"] for at in (x, y)] == pytest.approx(np.ravel(places), abs=0.5)
        looks = stage.chart(f"plane-{number}", LOOKS)
        assert list(dict.fromkeys(colour for *_, colour in before["points"])) == looks["points"]
        assert before["lines"] == looks["lines"] != []
        assert after["points"] == after["lines"] == [], "the sketch is gone"
    page.context.close()
