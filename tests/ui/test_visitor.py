"""A reload in the same browser finds its way back; another browser does not, nor one without cookies."""

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
    assert NamedBrowsers.__name__ in (ROOT / "app.py").read_text(encoding="utf-8")
