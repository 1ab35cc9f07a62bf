"""What the server does around the pages: it keeps a whole hall that has lost its Wi-Fi, and so much of each visitor."""

import re

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.ui.shelf import size_of
from logreg.ui.stage import Edit, History
from tests.browser.driver import ROOT, Server
from tests.visitors import Visitor, hall, run

HALL = 140  # Streamlit itself keeps 128
SMALL_APP = """
import streamlit as st
from logreg.ui.server import make_room_for_a_hall

make_room_for_a_hall()
app = st.App("page.py")
"""
PAGE = "import streamlit as st\nst.slider('Place', 0.0, 9.0, key='place')\n"


async def active(visitor):
    """Return how many sessions the server counts as connected."""
    said = await visitor.read("/_stcore/metrics?families=active_sessions")
    return int(re.search(r"(?m)^active_sessions (\d+)", said)[1])


async def came_back(url):
    """Return how many find their session, and their slider where they left it, after all lost their connection."""
    visitors = [Visitor(url) for _ in range(HALL)]
    await hall(HALL, lambda i: visitors[i].enter())
    before = [visitor.session for visitor in visitors]
    await hall(HALL, lambda i: visitors[i].move("place", 3.0))
    for visitor in visitors:
        visitor.drop()
    while await active(visitors[0]):  # until the server has noticed
        pass
    await hall(HALL, lambda i: visitors[i].enter())
    await hall(HALL, lambda i: visitors[i].leave())
    return sum(visitor.session == session for visitor, session in zip(visitors, before, strict=True))


def test_a_hall_that_loses_its_wifi_comes_back_whole(tmp_path):
    """No option of Streamlit says how many it keeps: this fails where its storage is no longer replaced."""
    (tmp_path / "app.py").write_text(SMALL_APP)
    (tmp_path / "page.py").write_text(PAGE)
    server = Server(tmp_path / "log.txt", app=str(tmp_path / "app.py"))
    try:
        assert run(came_back(server.url)) == HALL
    finally:
        server.stop()


@pytest.mark.parametrize(("n_points", "kept"), [(4, 200), (500, 200), (1000, 100), (2000, 50)])
def test_what_a_visitor_can_undo_takes_three_megabytes_at_most(n_points, kept):
    X = np.random.default_rng(0).normal(size=(n_points, 2))
    history = History(preset := Dataset(X, np.arange(n_points) % 2), preset)
    for i in range(250):
        history = history.apply(Edit("flip", index=i % n_points))
    assert len(history.past) == kept
    assert size_of(history) < 3.2e6


def test_the_app_makes_room_before_its_server_is_made():
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    assert source.index("make_room_for_a_hall()") < source.index("st.App(")
