"""Text from outside in a real page: shown letter for letter, and nothing is fetched for it."""

from contextlib import contextmanager

import pytest

from tests.browser.driver import Server
from tests.ui.test_text import HOSTILE

OWN = "/?data=Your+own+points+(CSV)"
MARKDOWN = "[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]"
ACTS = "a, img, em, strong, del, h1, h2, h3, li, hr, blockquote, pre, .katex, [role=img], .stMarkdownColoredText"


@pytest.fixture(scope="module")
def text_server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("text") / "log.txt", app="tests/browser/apps/text_app.py")
    yield running
    running.stop()


@contextmanager
def nothing_from_elsewhere(visit):
    """See that a page fetches nothing but from its own server."""
    fetched, ours = [], (visit.url, visit.url.replace("http", "ws", 1), "data:", "blob:")

    def note(request):
        fetched.append(request.url)

    visit.page.on("request", note)
    yield
    visit.page.remove_listener("request", note)
    assert [url for url in fetched if not url.startswith(ours)] == []


def test_a_hostile_text_is_shown_as_it_is_wherever_it_stands(new_visit, text_server):
    visit = new_visit(text_server.url)
    with nothing_from_elsewhere(visit):
        visit.open()
        for number, text in enumerate(HOSTILE):
            box = visit.page.locator(f".st-key-text_{number}")
            places = box.locator(MARKDOWN)
            visit.until(places.all_text_contents, [text, text, text, f"“{text}” is quoted", text, "Column"])
            assert places.locator(ACTS).count() == 0
            assert box.get_by_role("combobox").input_value() == text
        toasts = visit.page.get_by_test_id("stToast").locator(MARKDOWN)
        visit.until(lambda: sorted(toasts.all_text_contents()), sorted(HOSTILE))
        assert toasts.locator(ACTS).count() == 0


def test_a_link_s_values_are_shown_as_text(new_visit, server):
    visit = new_visit(server.url)
    with nothing_from_elsewhere(visit):
        visit.open("/?eta=http://host.example&n=%26copy%3B")
        toast = visit.page.get_by_test_id("stToast")
        toast.get_by_text("view more").click()
        said = toast.locator(MARKDOWN)
        said.get_by_text("http://host.example", exact=True).wait_for()
        assert "not “http://host.example”" in said.text_content()
        assert "not “&copy;”" in said.text_content()
        assert said.locator(ACTS).count() == 0


def test_a_file_s_names_and_cells_are_shown_as_text(new_page, tmp_path):
    stage = new_page(OWN)
    named, bad = tmp_path / "named.csv", tmp_path / "bad.csv"
    named.write_text("![a](http://host.example/x.png),*b*,label\n1,2,:smile:\n3,4,$x$\n")
    bad.write_text("a,b,label\n1,2,0\n3,![a](http://host.example/x.png),1\n")
    drop = stage.page.get_by_test_id("stFileUploaderDropzoneInput")
    with nothing_from_elsewhere(stage.visit):
        drop.set_input_files(named)
        said = stage.page.locator(MARKDOWN).filter(has_text="The label is")
        names = "“label” ($x$ is 0, :smile: is 1); x₁ is “![a](http://host.example/x.png)”, x₂ is “*b*”"
        stage.until(said.all_text_contents, [f"The label is {names}."])
        assert said.locator(ACTS).count() == 0
        drop.set_input_files(bad)
        error = stage.page.get_by_test_id("stAlert")
        error.get_by_text("![a](http://host.example/x.png)", exact=True).wait_for()
        assert error.locator(ACTS).count() == 0


def test_other_columns_of_a_file_are_drawn_at_a_click(new_page, tmp_path):
    stage = new_page(OWN, viewport={"width": 1366, "height": 640})
    file = tmp_path / "three.csv"
    file.write_text("a,b,c,kind\n0,1,5,cat\n2,3,8,dog\n4,5,9,cat\n")
    stage.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    stage.page.get_by_text("x₁ is “a”, x₂ is “b”.").wait_for()
    stage.until(lambda: sorted(stage.points()), [[0, 1, 0], [2, 3, 1], [4, 5, 0]])
    stage.page.get_by_role("combobox", name="Up (x₂)").click()
    stage.page.get_by_role("option", name="c").click()
    stage.page.get_by_text("x₁ is “a”, x₂ is “c”.").wait_for()
    stage.until(lambda: sorted(stage.points()), [[0, 5, 0], [2, 8, 1], [4, 9, 0]])
