"""The pictures of the sigmoid lesson: the numbers of their columns, and their words."""

import numpy as np
import pytest

from logreg.figures.sigmoid import along_scores, along_x, score_and_probability, steepness
from logreg.figures.theme import LIGHT
from tests.figures.moving import check_moving


def test_the_sigmoid_ends_as_a_step():
    dial = steepness()
    assert (dial.values[0], dial.values[-1]) == (pytest.approx(0.1), pytest.approx(1000.0))
    last = dial.columns["curve"][-1]
    assert set(np.round(last, 6)) == {0.0, 0.5, 1.0}
    assert dial.columns["slope"] == pytest.approx(dial.values / 4)


def test_the_tie_is_named_in_words_and_none_is_where_w_is_0():
    assert "at x = −0.5" in score_and_probability(1.0, 0.5)[1].alt
    level = score_and_probability(0.0, 0.5)
    check_moving(along_x(0.0, 0.5), level, LIGHT)
    assert "there is no tie" in level[1].alt


def test_decisions_follow_the_sign_of_the_score_and_0_is_a_tie():
    dial = along_scores()
    at = dict(zip(dial.values.tolist(), dial.words["decision"], strict=True))
    assert (at[-6.0], at[0.0], at[6.0]) == ("−1 and 0", "tie", "+1 and 1")
    assert not dial.columns["gap"].any()
