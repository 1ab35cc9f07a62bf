"""Text from outside in a real page: shown letter for letter, and nothing is fetched for it."""

import pytest

from tests.browser.driver import Server
from tests.browser.test_explorer import read, wait_for_change, wait_for_stage
from tests.ui.test_text import HOSTILE

ACTS = "a, img, em, strong, del, h1, h2, h3, li, hr, blockquote, pre, .katex, [role=img], .stMarkdownColoredText"


@pytest.fixture(scope="module")
def text_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("text") / "log.txt", app="tests/browser/apps/text_app.py")
    yield running
    running.stop()


def watched(visit):
    """Return the list of what a visit fetches from elsewhere, from now on."""
    outside, ours = [], (visit.url, visit.url.replace("http", "ws", 1), "data:", "blob:")
    visit.page.on("request", lambda request: None if request.url.startswith(ours) else outside.append(request.url))
    return outside


def test_a_hostile_text_is_shown_as_it_is_wherever_it_stands(new_visit, text_server):
    visit = new_visit(text_server.url)
    outside = watched(visit)
    visit.open()
    for number, text in enumerate(HOSTILE):
        box = visit.page.locator(f".st-key-text_{number}")
        places = box.locator("[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]")
        places.nth(5).wait_for()
        assert places.all_text_contents() == [text, text, text, f"“{text}” is quoted", text, "Column"]
        assert places.locator(ACTS).count() == 0
        assert box.get_by_role("combobox").input_value() == text
    toasts = visit.page.get_by_test_id("stToast")
    toasts.nth(len(HOSTILE) - 1).wait_for()
    assert sorted(toasts.locator("[data-testid=stMarkdownContainer]").all_text_contents()) == sorted(HOSTILE)
    assert toasts.locator("a, img, em, strong").count() == 0
    assert outside == []


def test_a_link_s_values_are_shown_as_text(new_visit):
    visit = new_visit(viewport={"width": 1366, "height": 640})
    outside = watched(visit)
    visit.open("/?eta=http://host.example&n=%26copy%3B")
    toast = visit.page.get_by_test_id("stToast")
    toast.get_by_text("view more").click()
    said = toast.locator("[data-testid=stMarkdownContainer]")
    assert "not “http://host.example”" in said.text_content()
    assert "not “&copy;”" in said.text_content()
    assert said.locator(ACTS).count() == 0
    assert outside == []


def test_a_file_s_names_and_cells_are_shown_as_text(new_visit, tmp_path):
    visit = new_visit(viewport={"width": 1366, "height": 640}).open("/?data=Your+own+points+(CSV)")
    outside = watched(visit)
    named, bad = tmp_path / "named.csv", tmp_path / "bad.csv"
    named.write_text("![a](http://host.example/x.png),*b*,label\n1,2,:smile:\n3,4,$x$\n")
    bad.write_text("a,b,label\n1,2,0\n3,![a](http://host.example/x.png),1\n")
    drop = visit.page.locator("input[type=file]")
    visit.act(lambda: drop.set_input_files(named))
    said = visit.page.get_by_text("The label is")
    said.wait_for()
    wanted = "The label is “label” ($x$ is 0, :smile: is 1); x₁ is “![a](http://host.example/x.png)”, x₂ is “*b*”."
    assert said.text_content() == wanted
    assert said.locator(ACTS).count() == 0
    visit.act(lambda: drop.set_input_files(bad))
    error = visit.page.get_by_test_id("stAlert")
    error.wait_for()
    assert "got '![a](http://host.example/x.png)'" in error.text_content()
    assert error.locator(ACTS).count() == 0
    assert outside == []


def test_other_columns_of_a_file_are_drawn_at_a_click(new_visit, tmp_path):
    visit = new_visit(viewport={"width": 1366, "height": 640}).open("/?data=Your+own+points+(CSV)")
    wait_for_stage(visit)
    file = tmp_path / "three.csv"
    file.write_text("a,b,c,kind\n0,1,5,cat\n2,3,8,dog\n4,5,9,cat\n")
    before = read(visit, "plane", "points")
    visit.act(lambda: visit.page.locator("input[type=file]").set_input_files(file))
    visit.page.get_by_text("x₁ is “a”, x₂ is “b”.").wait_for()
    wait_for_change(visit, "plane", "points", before)
    before = read(visit, "plane", "points")
    visit.page.get_by_role("combobox", name="Up (x₂)").click()
    visit.act(lambda: visit.page.get_by_role("option", name="c").click())
    visit.page.get_by_text("x₁ is “a”, x₂ is “c”.").wait_for()
    wait_for_change(visit, "plane", "points", before)
    assert 9 in read(visit, "plane", "points")["y"]
    assert visit.console == []
