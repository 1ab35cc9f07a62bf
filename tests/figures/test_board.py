"""A board: what is drawn on it says what it is where it was given words, and nothing where not."""

import numpy as np

from logreg.figures.board import Axis, Board
from logreg.figures.theme import LIGHT

BOARD = Board(x=Axis(title="x", span=(-1, 3)), y=Axis(title="y", span=(0.1, 10), kind="log"), theme=LIGHT)


def test_a_line_without_words_says_nothing_on_hovering():
    for drawn in (BOARD.line("a", [0, 1], [1, 2], LIGHT.run), BOARD.level("b", 1.0, LIGHT.run)):
        assert drawn["hoverinfo"] == "skip"
        assert "hovertext" not in drawn
        assert len(drawn["x"]) == 2


def test_a_line_with_words_can_be_asked_all_along():
    level = BOARD.level("b", 2.0, LIGHT.run, says="the floor")
    upright = BOARD.upright("c", 1.0, LIGHT.run, says="the truth")
    for drawn, words in ((level, "the floor"), (upright, "the truth")):
        assert (drawn["hoverinfo"], drawn["hovertext"]) == ("text", words)
        assert len(drawn["x"]) == len(drawn["y"]) > 9
    assert (level["x"][0], level["x"][-1], set(level["y"])) == (-1, 3, {2.0})
    assert set(upright["x"]) == {1.0}
    np.testing.assert_allclose(np.diff(np.log(upright["y"])), np.log(100) / 12)  # evenly on a log axis
