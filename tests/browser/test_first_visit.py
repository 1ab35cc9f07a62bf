"""What a first visit sends stays small, and what no page needs is not among it."""

import re

import pytest

from tests.browser.driver import PATIENCE
from tests.browser.first_visit import SEEN, arrivals

PAGES = {"/": 2.2e6, "/observation-3": 2.1e6}  # by https, with the wheel's Plotly: the half of it
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
    assert len(files) > 100
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
