"""The pictures of the bias' lesson: every column has its numbers."""

import numpy as np
import pytest

from logreg.data.lecture_sets import moved_headline
from logreg.figures.bias import turning_timeline, window_with_origin
from logreg.figures.shifted import centring_bounds, centring_timeline, iris, shift_timeline


def test_the_window_holds_the_points_and_the_origin():
    low, high, bottom, top = window_with_origin(moved_headline())
    assert low < 0 < high
    assert bottom < 0 < top
    assert ([high, top] > moved_headline().X).all()


def test_the_turning_line_has_at_least_four_wrong_and_rings_them():
    dial = turning_timeline(moved_headline())
    assert dial.columns["wrong"].min() == 4
    ringed = np.isfinite(dial.columns["ring_x"]).sum(axis=1)
    assert (ringed == dial.columns["wrong"]).all()


def test_the_numbers_of_the_penalty_and_of_centring_are_those_of_the_notes():
    dial = shift_timeline(iris())
    assert [dial.columns[name][row] for name in ("both", "free") for row in (0, -1)] == [0.91, 0.67, 0.95, 0.95]
    assert centring_bounds(iris()) == pytest.approx((0.279, 8.0), abs=5e-4)
    dial = centring_timeline(iris())
    assert dial.columns["centred"][-1] < dial.columns["raw"][-1]
