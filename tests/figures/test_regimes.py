"""Three regimes hold their numbers and the moment at which they look alike; a single weight has a minimum or none."""

from math import log, nan

import numpy as np
import pytest

from logreg.data.dataset import Dataset
from logreg.figures.one_weight import one_weight_loss
from logreg.figures.regimes import three_regimes
from logreg.figures.series import Series
from logreg.training.objective import mean_cross_entropy
from tests.figures.seen import only, texts, title, traces

TIMES = np.array([0.0, 1, 100, 1e4, 1e6])
NORMS = [np.array([0.0, 2, 14, 26, 40]), np.array([0.0, 2, 14, 27, 41.5]), np.array([0.0, 2, 14, 28, 43])]
NAMES = ["overlap", "touching", "gap"]
CURVES = [Series(name, TIMES, y, target) for name, y, target in zip(NAMES, NORMS, [88.6, None, None], strict=True)]
ALL_PLUS, ONE_MINUS = (Dataset([[1.0]] * 3, labels) for labels in ([1, 1, 1], [1, 1, 0]))


def test_three_regimes_hold_their_numbers_and_the_mark():
    picture = three_regimes(CURVES, mark=1e4)
    for i, row in enumerate(NORMS):
        assert only(picture, "curve", f"run {i}").y[1:] == pytest.approx(row[1:])
        assert np.isnan(only(picture, "curve", f"run {i}").x[0])  # time 0 has no place on the axis
        assert only(picture, "mark", f"dot {i}").y[0] == pytest.approx(26 + i)
    assert set(only(picture, "mark", "line").x) == {1e4}
    assert set(only(picture, "optimum").y) == {88.6}
    assert title(picture) == "‖w‖ at ηt = 10,000: 26, 27, 28"
    assert picture.figure.layout.yaxis.range[1] > 88.6
    assert picture.figure.layout.meta == {"static": True}
    assert "26 at ηt = 10,000, 40 at ηt = 1,000,000. Dashed: ‖w*‖ = 88.6." in picture.alt


def test_a_run_that_ends_early_is_drawn_as_far_as_it_goes():
    early = [
        CURVES[0],
        Series("touching", TIMES, np.where(TIMES > 1e4, nan, NORMS[1])),
        Series("gap", TIMES, [nan] * 5),
    ]
    picture = three_regimes(early, mark=100)
    assert {text.strip() for text in texts(picture)} == {"overlap", "touching", "‖w*‖ = 88.6"}
    assert "27 at ηt = 10,000." in picture.alt
    assert "Gap: none." in picture.alt


def test_a_mark_outside_and_too_many_runs_are_refused():
    with pytest.raises(ValueError, match="mark"):
        three_regimes(CURVES, mark=1e7)
    for curves in ([], [*CURVES, CURVES[0]]):
        with pytest.raises(ValueError, match="curves"):
            three_regimes(curves, mark=100)


def test_a_single_weight_has_its_minimum_at_log_two_or_none():
    picture = one_weight_loss([ALL_PLUS, ONE_MINUS], ["A: + + +", "B: + + −"], [None, log(2)])
    falling, bowl = only(picture, "curve", "run"), only(picture, "curve", "pinned")
    assert falling.y == pytest.approx(np.log1p(np.exp(-falling.x)))
    assert (np.diff(falling.y) < 0).all()
    minimum = only(picture, "optimum")
    assert minimum.x[0] == log(2)
    assert minimum.y[0] == pytest.approx(mean_cross_entropy(np.array([log(2), log(2), -log(2)])))
    assert minimum.y[0] <= min(bowl.y)
    assert "no minimum: falls for ever" in texts(picture)
    assert "minimum at w* = 0.6931" in texts(picture)
    assert "A: + + +: no minimum" in picture.alt
    assert "0.6365 at w* = 0.6931" in picture.alt


def test_a_loss_that_falls_to_the_left_is_shown_there():
    picture = one_weight_loss([Dataset([[2.0]], [0])], ["−"], [None])
    w = only(picture, "curve", "run").x
    assert -w[0] > w[-1]
    assert ("optimum", "point of run") not in traces(picture)
    with pytest.raises(ValueError, match="feature"):
        one_weight_loss([Dataset([[1, 2]], [0])], ["−"], [None])
    with pytest.raises(ValueError, match="datasets"):
        one_weight_loss([ALL_PLUS], ["A", "B"], [None])
