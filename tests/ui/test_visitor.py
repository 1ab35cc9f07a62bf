"""A reload in the same browser finds its way back; another browser does not, nor one without cookies."""

import asyncio

import pytest

from logreg.ui import laboratory
from logreg.ui.stage import Edit
from logreg.ui.visitor import NamedBrowsers
from tests.browser.driver import ROOT
from tests.ui.explorer_page import header_of_the_stage, open_page


def edited():
    at = open_page(n="20", seed="41")
    source, history = at.session_state["laboratory_points"]
    for index in (3, 5):
        history = history.apply(Edit("flip", index=index))
    at.session_state["laboratory_points"] = source, history.undo()
    at.run()
    return header_of_the_stage(at)


@pytest.mark.parametrize(("then", "found"), [("mine", True), ("another", False), (None, False)])
def test_a_reload_finds_undo_and_redo_in_the_same_browser_alone(monkeypatch, then, found):
    monkeypatch.setattr(laboratory, "browser", lambda: "mine")
    before = edited()
    assert before["can"] == {"undo": True, "redo": True, "reset": True}
    monkeypatch.setattr(laboratory, "browser", lambda: then)
    header = header_of_the_stage(open_page(n="20", seed="41", pts=before["points"]))
    assert (header["can"]["undo"], header["can"]["redo"]) == (found, found)
    other = header_of_the_stage(open_page(n="20", seed="42"))
    assert not other["can"]["undo"], "other points have another way back"


def test_the_app_names_browsers():
    assert "Middleware(NamedBrowsers)" in (ROOT / "app.py").read_text(encoding="utf-8")


PAGE, SCRIPT = b"text/html,application/xhtml+xml,*/*;q=0.8", b"*/*"


@pytest.mark.parametrize(
    ("status", "kind", "asked", "cookie", "named"),
    [
        (200, b"text/html; charset=utf-8", PAGE, b"", True),
        (304, None, PAGE, b"", True),  # it was closed and opened again, and still has the page
        (304, None, PAGE, b"other=1", True),
        (304, None, PAGE, b"logreg_browser=mine", False),
        (200, b"text/html", PAGE, b"other=1; logreg_browser=mine", False),
        (304, None, SCRIPT, b"", False),
        (200, b"text/javascript", SCRIPT, b"", False),
    ],
)
def test_a_page_names_a_browser_that_has_no_name_also_if_it_has_kept_the_page(status, kind, asked, cookie, named):
    async def answers(scope, receive, send):
        headers = [(b"content-type", kind)] if kind else []
        await send({"type": "http.response.start", "status": status, "headers": headers})

    async def hears(message):
        said.append(message)

    said = []
    asks = [(b"accept", asked), *([(b"cookie", cookie)] if cookie else [])]
    asyncio.run(NamedBrowsers(answers)({"type": "http", "headers": asks}, None, hears))
    (start,) = said
    assert (b"set-cookie" in dict(start["headers"])) == named
