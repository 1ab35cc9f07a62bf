"""Which session a window talks to: one that does not know the window's points takes them from its address."""

import pytest
from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.ui.stage import encode_points
from tests.ui.lessons import FRAME, header

POINTS = Dataset([[0.0, 0.0], [1.0, 1.0], [2.0, -1.0]], [0, 1, 1])


@pytest.fixture
def at():
    return AppTest.from_file(FRAME, default_timeout=600).run()


def come_back(at, before, following="next"):
    """Run the page from an address with these points, as a window does after a cut."""
    at.query_params["pts"] = encode_points(POINTS)
    at.query_params["session"] = f"{before}.{following}"
    at.run()
    assert not at.exception
    assert not at.toast
    assert "session" not in at.query_params
    return header(at)


def test_another_session_takes_the_points_from_the_address(at):
    told = come_back(at, "another")
    assert told["session"] == "next"
    assert told["points"] == encode_points(POINTS)


def test_the_same_session_keeps_its_own_points_and_their_history(at):
    before = header(at)
    told = come_back(at, before["session"])
    assert told["session"] == "next"
    assert (told["points"], told["can"]) == (before["points"], before["can"])


def test_what_another_session_answered_before_it_knew_the_address_is_asked_once_more(at):
    """Streamlit hands an edit to whichever session has come after a cut; its answer to that goes with its points."""
    at.session_state["session_answered"] = {"stage": 7}
    at.run()
    assert header(at)["answered"] == 7
    name = header(at)["session"]
    assert come_back(at, name, "same")["answered"] == 7
    assert come_back(at, "another")["answered"] == 0


@pytest.mark.parametrize("mark", ["", ".", "x", "a.b.c", "a." + "b" * 99, "a.<b>", "日.本"])
def test_any_other_mark_in_an_address_is_taken_out_and_does_no_harm(at, mark):
    before = header(at)["session"]
    at.query_params["session"] = mark
    at.run()
    assert not at.exception
    assert not at.toast
    assert "session" not in at.query_params
    assert header(at)["session"] in (before, mark.partition(".")[2])


def test_two_sessions_have_two_names(at):
    assert header(at)["session"] != header(AppTest.from_file(FRAME, default_timeout=600).run())["session"]
